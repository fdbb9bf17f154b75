"""Where accounts disagree: the heart of the program."""
