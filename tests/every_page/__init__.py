"""Every kind of page, a site that has them all, and the ways in which readers meet them."""
