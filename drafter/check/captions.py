"""Rules of captions: what the text refers to is there. Source: official-style 2.6."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.chain import dangling
from drafter.diagnostic import Diagnostic, warning
from drafter.outline import Outline
from drafter.source import Span


def references(outline: Outline) -> Iterator[Diagnostic]:
    """N111: 见表3, and no caption has that number."""
    for found in dangling(outline):
        place = found.line.at(found.start) or Span("", 1, 1)
        hint = f"核对{found.kind}题的编号：{found.kind}题按先后编为{found.kind}1、{found.kind}2……"
        yield warning("N111", f"正文提到“{found.words}”，却没有这个{found.kind}", place, hint, found.words)
