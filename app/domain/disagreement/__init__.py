"""Where accounts disagree: the heart of the program."""

from app.domain.disagreement.comparison import ENGINE, Comparison
from app.domain.disagreement.engine import compare

__all__ = ["ENGINE", "Comparison", "compare"]
