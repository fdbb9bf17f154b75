"""The tables: columns and constraints, no behaviour.

The whole claim, register entry or dossier is stored as text, as its revision holds it; the other
columns are the index over it. Declared once as SQLModel tables, used as Core tables.
"""

from app.storage.tables import chain, contributions, following, index
from app.storage.tables.columns import Base

__all__ = ["Base", "chain", "contributions", "following", "index"]

# As Core tables: ORM objects took 13,000 rows a second on SQLite, Core 111,000.
_tables = Base.metadata.tables
head = _tables["head"]
revisions = _tables["revisions"]
revision_bodies = _tables["revision_bodies"]
register_entries = _tables["register_entries"]
claims = _tables["claims"]
accounts = _tables["accounts"]
citations = _tables["citations"]
citation_speakers = _tables["citation_speakers"]
claim_places = _tables["claim_places"]
claim_flags = _tables["claim_flags"]
claim_sides = _tables["claim_sides"]
claim_pairs = _tables["claim_pairs"]
claim_losses = _tables["claim_losses"]
claim_facets = _tables["claim_facets"]
facet_bits = _tables["facet_bits"]
claim_references = _tables["claim_references"]
dossier_documents = _tables["dossier_documents"]
former_ids = _tables["former_ids"]
filed_bodies = _tables["filed_bodies"]
checks_head = _tables["checks_head"]
snapshots = _tables["snapshots"]
page_checks = _tables["page_checks"]
last_page_checks = _tables["last_page_checks"]
quote_checks = _tables["quote_checks"]
wording_changes = _tables["wording_changes"]
archived_copies = _tables["archived_copies"]
declared_addresses = _tables["declared_addresses"]
hosts = _tables["hosts"]
due_checks = _tables["due_checks"]
workers = _tables["workers"]
api_keys = _tables["api_keys"]
submissions = _tables["submissions"]
submission_quotes = _tables["submission_quotes"]
remembered_answers = _tables["remembered_answers"]
rate_windows = _tables["rate_windows"]
search_rows = _tables["search_rows"]
