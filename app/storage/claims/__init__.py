"""Claims at rest: the whole claim as its revision holds it, and the index over it."""
