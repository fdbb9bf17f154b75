"""What HTTP needs and no page knows."""
