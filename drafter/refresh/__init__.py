"""刷新: new facts into a file that a clerk edited, whose words all stay."""

from drafter.refresh.model import HEAD, Refreshed, rows, summary
from drafter.refresh.run import refresh

__all__ = ["HEAD", "Refreshed", "refresh", "rows", "summary"]
