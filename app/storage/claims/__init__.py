"""Claims at rest: the whole claim as its revision holds it, and the index over it."""

from app.storage.claims.facets import FACETS, FacetCounts, FacetSheet, facet_sheet, sheet_of
from app.storage.claims.index import GAP_KINDS, STATES
from app.storage.claims.lists import (
    SORTS,
    ClaimFilter,
    ClaimItem,
    count_by,
    list_claims,
    stream_claims,
)
from app.storage.claims.reading import StoredClaim, get_claim, get_claims
from app.storage.claims.saving import Reference, save_claim, save_comparison

__all__ = [
    "FACETS",
    "GAP_KINDS",
    "SORTS",
    "STATES",
    "ClaimFilter",
    "ClaimItem",
    "FacetCounts",
    "FacetSheet",
    "Reference",
    "StoredClaim",
    "count_by",
    "facet_sheet",
    "get_claim",
    "get_claims",
    "list_claims",
    "save_claim",
    "save_comparison",
    "sheet_of",
    "stream_claims",
]
