"""Following links: checking pages and quotations.

check_page         reads a page, and checks quotations on it
check_quotation    checks one quotation on one page, for a person who is about to cite it
page_context       what is known of a page before it is checked
visit              one visit to a page that is due, and storing its result
worker             leases what is due, and visits it
verify_quotations  checks the quotations of files, and stores nothing
setup              what all of these need, from the settings
"""
