"""Records, answers, dates, disagreement, quotations: no input or output, no web, no database."""
