"""Claims at rest: the whole claim as its revision holds it, and the index over it."""

from app.storage.claims.facets import (
    FACETS,
    FacetCounts,
    FacetSheet,
    facet_sheet,
    facet_words,
    sheet_of,
)
from app.storage.claims.index import ANSWERING, GAP_KINDS, STATES
from app.storage.claims.lists import (
    MOST_COUNTED,
    SORTS,
    ClaimFilter,
    ClaimItem,
    count_before,
    count_by,
    count_within_events,
    cut_claims,
    list_claims,
    stream_claims,
)
from app.storage.claims.reading import StoredClaim, get_claim, get_claims
from app.storage.claims.saving import Reference, save_claim, save_comparison

__all__ = [
    "ANSWERING",
    "FACETS",
    "GAP_KINDS",
    "MOST_COUNTED",
    "SORTS",
    "STATES",
    "ClaimFilter",
    "ClaimItem",
    "FacetCounts",
    "FacetSheet",
    "Reference",
    "StoredClaim",
    "count_before",
    "count_by",
    "count_within_events",
    "cut_claims",
    "facet_sheet",
    "facet_words",
    "get_claim",
    "get_claims",
    "list_claims",
    "save_claim",
    "save_comparison",
    "sheet_of",
    "stream_claims",
]
