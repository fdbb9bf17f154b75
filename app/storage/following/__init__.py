"""What became of following the links of the record's documents.

    records      what is kept of a look at a page, as values
    due_work     which pages are to be looked at next, and who looks at them now
    checks       looks at pages and how quotations stood on them
    taken        which snapshots were taken of a page
    snapshots    the files of those snapshots
    wordings     passages that pages word otherwise than before
    copies       copies of pages that web archives have
    link_health  all documents with the last look at their pages

A page is an address without its fragment; several documents may share one.
"""
