"""分界: where sections begin, inside a line too: markers weighed by their surroundings and by the sequence they make.

Every place that looks like a marker is taken or left; the reading with the greatest sum of weights wins. What a line
starts with is nearly always taken, as a reader of the page would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.style import Found
from drafter.text import slips, wrapped
from drafter.text.contents import without_contents
from drafter.text.evidence import CERTAIN, LISTED_IN_LINES, PLACES, Candidate, Scanned

SEQUENCE = {
    "next": 4.0, "first": 1.0, "across": 2.0, "fragment": -0.5, "skip": -2.0,
    "again": -5.0, "gap": -2.5, "far": -2.8, "repeat": -0.8, "back": -7.0,
}  # fmt: skip
"""Weight of the number: one more than the last (next), 1 below a section (first), going on from an earlier part (across),
the first number that is seen (fragment), a level left out (skip), 1 once more in its own list (again); one number left
out (gap), several (far), the same again (repeat), a smaller one (back)."""
AFTER_HEADING = ("next", "first", "across", "again")
"""Relations of a number that may stand right behind a heading without mark: the 汉字 before it then weighs nothing."""
HEADING_REACH = 45
"""A heading without mark is at most so long."""
DECIMAL = -6.0
"""Of 1. before a digit where the number does not follow the one before: 1.5公里."""
AGAIN_LISTED = -4.0
"""Of 一、 once more behind ； or ： in a text that is set in lines: …十件实事：一、…；二、… below 三、."""
UPWARD = -30.0
"""Of 一、 that begins inside a sentence of （一） or 1. behind its ：: …“六张网”：一、综合交通网；二、….
Why so much: each that follows such a 一、 has the weight of the next number."""
ROW = 39.0
"""Of a fused marker that is the next row of a list: no clause stands between it and the row before."""
BEAM, MARGIN = 8, 16.0
"""Readings that are followed at once; one that has fallen so far behind the best is given up."""

Numbers = tuple[int, int, int, int, int]
"""The last number of each level."""
NONE: Numbers = (0, 0, 0, 0, 0)


class _Reading(NamedTuple):
    """What was taken so far: open and earlier numbers by level, and the last marker taken.

    Why a tuple: one is made for every candidate, in a third of the time of a frozen dataclass.
    """

    weight: float
    opened: Numbers
    past: Numbers
    taken: tuple[Candidate, _Reading] | None = None


def boundaries(lines: Sequence[str]) -> list[list[Found]]:
    """The section markers of each line, in order. An empty string is a line that holds none (a table row).

    Time: linear in the text, whatever it holds.
    """
    taken = list(_taken_by(_best(_candidates(lines))))[::-1]
    found: list[list[Found]] = [[] for _ in lines]
    for candidate, marker in zip(taken, slips.mended([c.found[1] for c in taken]), strict=True):
        found[candidate.line].append((candidate.found[0], marker, candidate.found[2]))
    return found


def _taken_by(reading: _Reading) -> Iterator[Candidate]:
    """What a reading has taken, the last first."""
    while reading.taken is not None:
        candidate, reading = reading.taken
        yield candidate


def _candidates(lines: Sequence[str]) -> list[Candidate]:
    every = [Scanned(text) for text in lines]
    listed = LISTED_IN_LINES if _set_in_lines(every) else PLACES["listed"]
    goes_on = wrapped.goes_on(lines)
    found = [
        c for number, scanned in enumerate(every) for c in scanned.candidates(number, listed, goes_on=number in goes_on)
    ]
    return without_contents(lines, found)


def _set_in_lines(every: list[Scanned]) -> bool:
    """Whether the line breaks of the text are its paragraphs: at least as many markers start lines as stand inside."""
    firsts = sum(scanned.begins for scanned in every)
    return firsts > 1 and firsts >= sum(scanned.marked() for scanned in every)


def _best(candidates: list[Candidate]) -> _Reading:
    """The reading with the greatest weight; of two alike the one that takes less."""
    readings = [_Reading(0.0, NONE, NONE)]
    for candidate in candidates:
        taken = [_taken(reading, candidate) for reading in readings]
        readings = _kept(taken if candidate.weight > CERTAIN else [*readings, *taken])
    return readings[0]


def _kept(readings: list[_Reading]) -> list[_Reading]:
    """The best readings that differ in what matters for what follows."""
    if len(readings) == 1:
        return readings
    best: dict[object, _Reading] = {}
    for reading in readings:
        key = (reading.opened, reading.past, reading.taken and id(reading.taken[0]))
        known = best.get(key)
        if known is None or reading.weight > known.weight:
            best[key] = reading
    order = sorted(best.values(), key=lambda r: -r.weight)
    return [r for r in order[:BEAM] if r.weight > order[0].weight - MARGIN]


def _taken(reading: _Reading, candidate: Candidate) -> _Reading:
    """The reading with one more marker taken."""
    marker = candidate.found[1]
    depth, number = marker.level.depth, marker.number
    kind = _relation(reading, depth, number)
    weight = reading.weight + candidate.weight + SEQUENCE[kind]
    if candidate.fused and kind == "next" and _is_row(reading, candidate):
        weight += ROW
    if candidate.decimal and kind != "next":
        weight += DECIMAL
    if kind not in ("next", "across") and depth == 1 and _is_upward(reading, candidate):
        weight += UPWARD
    if kind == "again" and depth == 1 and candidate.place == LISTED_IN_LINES:
        weight += AGAIN_LISTED
    if _leans(reading, candidate, kind):
        weight -= candidate.place
    elif kind == "next" and _goes_on(reading, candidate):
        weight += PLACES["listed"] - candidate.place
    at = depth - 1
    opened, past = reading.opened, reading.past
    closed = past[depth:]
    if any(opened[depth:]):
        closed = tuple(o or p for o, p in zip(opened[depth:], closed, strict=True))
    begun, seen = (*opened[:at], number, *NONE[depth:]), (*past[:at], number, *closed)
    return _Reading(weight, begun, seen, (candidate, reading))  # type: ignore[arg-type]


def _leans(reading: _Reading, candidate: Candidate, kind: str) -> bool:
    """Whether the marker follows the one before, or the start of the line, with nothing or a heading without mark between.

    What stands right before it then says nothing.
    """
    last = reading.taken[0] if reading.taken else None
    start = last.found[2] if last is not None and last.line == candidate.line else 0
    between = candidate.found[0] - start
    if not between:
        return bool(start)
    return candidate.bare and kind in AFTER_HEADING and candidate.stop <= start and 1 < between <= HEADING_REACH


def _is_row(reading: _Reading, candidate: Candidate) -> bool:
    """Whether nothing but the words and the value of one row stand between it and the marker before, typed alike."""
    last = reading.taken[0] if reading.taken else None
    if last is None or last.line != candidate.line or candidate.stop > last.found[2]:
        return False
    return last.found[1].written[-1] == candidate.found[1].written[-1]


def _is_upward(reading: _Reading, candidate: Candidate) -> bool:
    """Whether the sentence of a deeper marker holds it, behind a ：."""
    last = reading.taken[0] if reading.taken else None
    if last is None or last.line != candidate.line or last.found[1].level.depth == 1:
        return False
    return candidate.stop <= last.found[2] <= candidate.colon


def _goes_on(reading: _Reading, candidate: Candidate) -> bool:
    """Whether the marker goes on behind ； with a list that began in its line: 1.…；2.…；3.…."""
    last = reading.taken[0] if reading.taken else None
    listed = candidate.place == LISTED_IN_LINES and last is not None and last.line == candidate.line
    return listed and last is not None and last.found[1].level == candidate.found[1].level


def _relation(reading: _Reading, depth: int, number: int) -> str:
    """How a number stands to those before it: a key of SEQUENCE."""
    here, past = reading.opened[depth - 1], reading.past[depth - 1]
    if here:
        return _in_list(here, number)
    if number <= 1:
        above = max((d for d in range(1, depth) if reading.opened[d - 1]), default=0)
        return "first" if not above or depth == above + 1 or (above, depth) == (1, 3) else "skip"
    if past:
        return "across" if number == past + 1 else "far"
    return "fragment"


def _in_list(here: int, number: int) -> str:
    if number == here + 1:
        return "next"
    if number == here:
        return "repeat"
    if number <= 1:
        return "again"
    return "back" if number < here else "gap" if number == here + 2 else "far"
