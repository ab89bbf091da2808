"""笔误: a marker of the wrong kind in a list that goes on before and behind it: （三）, 四、, （五）; 一是, 二、, 三是."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafter import style
from drafter.style import LEVELS, Found, Level, Marker

TWINS = {1: 2, 2: 1, 3: 4, 4: 3}
"""Depths whose markers hold the same numerals, so that one is typed for the other."""
DEPTHS = len(LEVELS) + 1


def mended(markers: Sequence[Marker]) -> list[Marker]:
    """The section markers of a text, in order; one that is out of its own list is put into the list it stands in.

    It is, when that list has come to the number before it and goes on right behind it with the next one.
    """
    opened, past = [0] * DEPTHS, [0] * DEPTHS
    done = []
    for at, typed in enumerate(markers):
        marker = typed
        if _breaks(typed, opened, past) and _goes_on(markers, at):
            marker = replace(typed, level=LEVELS[TWINS[typed.level.depth] - 1])
        depth = marker.level.depth
        opened[depth:] = [marker.number, *[0] * (DEPTHS - depth - 1)]
        past[depth] = marker.number
        done.append(marker)
    return done


def _breaks(marker: Marker, opened: list[int], past: list[int]) -> bool:
    """Whether a marker does not follow in its own list, and does in the one of the twin depth."""
    depth, before = marker.level.depth, marker.number - 1
    twin = TWINS.get(depth, depth)
    if before < 1 or opened[twin] != before or before in (opened[depth], past[depth]):
        return False
    return depth < twin or not opened[depth]


def _goes_on(markers: Sequence[Marker], at: int) -> bool:
    """Whether the next marker that is no deeper is the next one of the twin depth."""
    depth, number = markers[at].level.depth, markers[at].number
    twin = TWINS[depth]
    behind = (markers[n] for n in range(at + 1, len(markers)))
    following = next((m for m in behind if m.level.depth <= max(depth, twin)), None)
    return following is not None and (following.level.depth, following.number) == (twin, number + 1)


def in_chain(text: str, items: Sequence[Found]) -> list[Found]:
    """二、 behind a mark between 一是 and 三是, as the item it should be; `items` are what looks like items."""
    last: dict[tuple[Level, str], Found] = {}
    found = []
    for item in items:
        row = (item[1].level, item[1].noun)
        before = last.get(row)
        if before is not None and item[1].number == before[1].number + 2:
            found += _between(text, before, item)
        last[row] = item
    return found


def _between(text: str, first: Found, last: Found) -> list[Found]:
    """The only section marker between two items, if it is the one that they lack."""
    start, number = first[2], first[1].number + 1
    between = [f for f in style.sections(text[start : last[0]]) if f[1].level.depth in TWINS]
    if len(between) != 1 or between[0][1].number != number or between[0][1].level.depth != 1:
        return []
    at, typed, end = between[0]
    marked = at > 0 and text[start + at - 1] in "；;，,。"
    return [(start + at, replace(first[1], number=number, written=typed.written), start + end)] if marked else []
