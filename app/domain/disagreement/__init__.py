"""Where accounts disagree: the heart of the program."""

from app.domain.disagreement.comparison import ENGINE, Comparison, Segment
from app.domain.disagreement.dated import as_known_on
from app.domain.disagreement.engine import compare
from app.domain.disagreement.timeline import timeline

__all__ = ["ENGINE", "Comparison", "Segment", "as_known_on", "compare", "timeline"]
