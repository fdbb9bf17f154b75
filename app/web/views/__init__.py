"""What pages show, worked out before the template: typed, documented, without HTML."""
