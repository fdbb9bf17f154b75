"""What a search reads and asks for: words without case, marks and apostrophes, in any script."""

from app.domain.searching.asking import MOST_LETTERS, Query, Term, query_of
from app.domain.searching.marking import Stretch, held, mark, snippet
from app.domain.searching.words import Word, normalise, normalise_all, words, words_in

__all__ = [
    "MOST_LETTERS",
    "Query",
    "Stretch",
    "Term",
    "Word",
    "held",
    "mark",
    "normalise",
    "normalise_all",
    "query_of",
    "snippet",
    "words",
    "words_in",
]
