"""Everything that is stored in the database: the only floor that knows SQL.

    database      engines, transactions and the schema; what differs between SQLite and PostgreSQL
    tables        columns and constraints
    revisions     the chain of accepted changes: appending, reading, verifying
    search        what a search reads, and finding it
    registers     sides, bodies, publishers, speakers, documents, dossiers and places
    claims        claims with their index: saving, reading whole, listing, counting
    contributing  submissions, keys, rate limits, answers to repeated requests
    following     checks of pages and quotations, snapshots, what is due
    backup        one file with everything, and restoring it
    redaction     redacting words in all of these

Functions take a session that a caller opened with `Database.reading()` or `Database.writing()`;
none of them commits.
"""
