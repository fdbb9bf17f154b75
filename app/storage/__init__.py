"""The record at rest: the only floor that knows SQL.

    database    engines and transactions; what differs between SQLite and PostgreSQL
    schema      bringing a database to this program's schema, and telling whether it is there
    tables      columns and constraints
    revisions   the chain of accepted changes: appending, reading, verifying
    claims      claims with their index: saving, reading whole, listing
    registers   sides, bodies, publishers, speakers, documents, dossiers and places
    citations   what publishers, speakers and documents are cited for
    former_ids  where renamed ids live now
    paging      pages of a list, and their cursors
    search      what a search reads
    pages       how rows about a page of the web are found
    following   what became of following the links of documents

Functions take a session that a caller opened with `Database.reading()` or `Database.writing()`;
none of them commits.
"""
