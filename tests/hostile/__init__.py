"""What comes from outside × where it is shown, each with text that means harm."""
