"""Whether quoted words stand on a page, where, and what was changed in them.

In the order of use: `folding` says what is set aside, `words` what is never cut, `pages` leads
from a folded text back to the page's own, `standing` finds words as they were quoted, `nearest`
the passage that is them reworded, `differences` sets two wordings against each other, `contexts`
shows what stands around, and `checking` puts these together.
"""

from app.domain.quotations.checking import QuoteCheck, Verdict, check_quote
from app.domain.quotations.contexts import Context, context_of
from app.domain.quotations.differences import Difference, reworded
from app.domain.quotations.folding import fold
from app.domain.quotations.pages import Page, Selector
from app.domain.quotations.standing import find_place, stands_in

__all__ = [
    "Context",
    "Difference",
    "Page",
    "QuoteCheck",
    "Selector",
    "Verdict",
    "check_quote",
    "context_of",
    "find_place",
    "fold",
    "reworded",
    "stands_in",
]
