"""Records, answers, dates, disagreement, quotations: no I/O."""
