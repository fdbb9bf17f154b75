"""Results of following the links of the record's documents.

    check_queue     which pages are to be checked next, and by which worker now
    checks          checks of pages, and of quotations on them; passages that pages changed;
                    which snapshots and archived copies there are
    snapshots       the files of snapshots
    link_health     all documents with the last check of their pages

A page is an address without its fragment; several documents may share one.
"""
