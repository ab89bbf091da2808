"""Two reports side by side: figures apart from wording, what was copied over, what still names the earlier period."""

from drafter.diff.compare import Comparison, Pair, Side, compare
from drafter.diff.guess import guessed
from drafter.diff.show import as_json, lines

__all__ = ["Comparison", "Pair", "Side", "as_json", "compare", "guessed", "lines"]
