"""What is acknowledged survives: kills at any moment, and power that fails."""
