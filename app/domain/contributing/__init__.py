"""What contributors send, and the keys they send it with."""
