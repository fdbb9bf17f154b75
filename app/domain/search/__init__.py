"""What a search reads and asks for: words without case, marks and apostrophes, in any script."""
