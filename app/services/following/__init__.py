"""Following sources: is the page there, does it say so, did it change.

tools      a fetcher as the settings have it
looking    a page, and how quotations stand on it
checking   one quotation on one page, for somebody who is about to cite it
knowing    what is known of a page before it is looked at
visiting   one visit to a page that is due, and what is kept of it
working    the worker that makes the visits
"""
