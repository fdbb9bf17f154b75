"""Records as YAML text: read strictly, with the line of every value, and written in one layout."""
