"""Whether quoted words are on a page, where, and what was changed in them.

In the order of use: `folding` says what is set aside, `words` what is never cut, `pages` leads
from a folded text back to the page's own, `standing` finds words as they were quoted, `nearest`
the passage that is them reworded, `differences` sets two wordings against each other, `contexts`
shows the context, and `checking` combines these.
"""
