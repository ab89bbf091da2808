"""Rules of charts: what is drawn is what the rows say."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.diagnostic import Diagnostic, warning
from drafter.outline import Chart, Outline, blocks
from drafter.source import Span
from drafter.typeset.plot import faults


def charts(outline: Outline) -> Iterator[Diagnostic]:
    """T119: everything in the charts of a report that cannot be drawn as it is meant."""
    for chart in (block for block in blocks(outline) if isinstance(block, Chart)):
        for cell, message, hint in faults(chart):
            place = cell.at(0) or chart.caption.at(0) or Span("", 1, 1)
            yield warning("T119", message, place, hint, cell.text)
