"""What contributors send, by whom, how often, and what became of it.

records      keys and submissions as values
keys         who may write, by the hash of a secret
submissions  saving submissions, finding and deciding them
quotes       their words on the pages of the web: which pages are wanted, and how they stood
answers      what a request was answered, so that it can be sent twice
waiting      what waits for a claim, briefly
limits       how often something may be done, counted for all processes together
"""

from app.storage.contributions.answers import remember_answer, remembered_answer
from app.storage.contributions.keys import (
    find_key,
    get_key,
    list_keys,
    new_key,
    revoke_key,
    touch_key,
)
from app.storage.contributions.limits import hit
from app.storage.contributions.quotes import (
    bring_forward_pending,
    pending_at,
    pending_mark,
    pending_pages,
    save_submission_check,
)
from app.storage.contributions.records import (
    KeyOnRecord,
    PendingQuote,
    RememberedAnswer,
    SubmissionCheck,
    SubmissionOnRecord,
    SubmittedQuote,
)
from app.storage.contributions.submissions import (
    decide,
    find_statement,
    get_submission,
    list_submissions,
    new_submission_id,
    save_submission,
)
from app.storage.contributions.waiting import Waiting, waiting_for

__all__ = [
    "KeyOnRecord",
    "PendingQuote",
    "RememberedAnswer",
    "SubmissionCheck",
    "SubmissionOnRecord",
    "SubmittedQuote",
    "Waiting",
    "bring_forward_pending",
    "decide",
    "find_key",
    "find_statement",
    "get_key",
    "get_submission",
    "hit",
    "list_keys",
    "list_submissions",
    "new_key",
    "new_submission_id",
    "pending_at",
    "pending_mark",
    "pending_pages",
    "remember_answer",
    "remembered_answer",
    "revoke_key",
    "save_submission",
    "save_submission_check",
    "touch_key",
    "waiting_for",
]
