"""Figures that a hand typed again: the bookmark is gone, the words around still say which figure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.merge.clauses import MARKS
from drafter.trace import Printed, Spot

CONTEXT = 8
"""Characters on either side that tell a figure."""
LONGER = 10
"""By how much what was typed may be longer than what was generated."""
_DIGIT = re.compile("[0-9０-９一二三四五六七八九十百千万亿零两]")
_MARK = f"[{re.escape(''.join(sorted(MARKS)))}]"


def find(paragraph: Printed, spot: Spot, here: Sequence[tuple[int, Printed]]) -> tuple[int, int, int] | None:
    """(paragraph of the file, start, end) of what stands now where a figure was generated; None where its words are gone,
    or stand there more than once. `here` are paragraphs of the file with their indices.
    """
    pattern = _pattern(paragraph, spot)
    if pattern is None:
        return None
    found = [place for at, one in here for place in _places(at, one, pattern, paragraph.of(spot))]
    return found[0] if len(found) == 1 else None


def _pattern(paragraph: Printed, spot: Spot) -> re.Pattern[str] | None:
    """The words around a figure up to its neighbours, and what may stand between; None where they say too little."""
    before = max([s.end for s in paragraph.spots if s.end <= spot.start], default=0)
    behind = min([s.start for s in paragraph.spots if s.start >= spot.end], default=len(paragraph.text))
    left = re.split(_MARK, paragraph.text[before : spot.start])[-1][-CONTEXT:]
    right = re.split(_MARK, paragraph.text[spot.end : behind])[0][:CONTEXT]
    if len(left) + len(right) < 2:
        return None
    longest = spot.end - spot.start + LONGER
    start = re.escape(left) if left else f"(?:^|(?<={_MARK}))"
    end = re.escape(right) if right else f"(?=$|{_MARK})"
    return re.compile(f"{start}([^{_MARK[1:-1]}]{{1,{longest}}}?){end}")


def _places(at: int, one: Printed, pattern: re.Pattern[str], generated: str) -> Iterator[tuple[int, int, int]]:
    for found in pattern.finditer(one.text):
        start, end = found.span(1)
        is_number = _DIGIT.search(generated) is None or _DIGIT.search(found[1]) is not None
        if is_number and not any(s.start < end and start < s.end for s in one.spots):
            yield at, start, end
