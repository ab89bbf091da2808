"""分界: where sections begin, inside a line too: markers weighed by their surroundings and by the sequence they make.

Every place that looks like a marker is taken or left; the reading with the greatest sum of weights wins. A weight
above 0 speaks for a boundary. What a line starts with is nearly always taken, as a reader of the page would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafter import style
from drafter.style import LEVELS, Found, Marker
from drafter.text.surroundings import Surroundings

LINE_START, PLAIN = 8.0, 40.0
"""Weight of a line start, and of one with a plain marker that nothing speaks against: it is always taken."""
PLACES = {"ended": 2.0, "listed": 1.0, "blank": 1.0, "headed": 0.0, "loose": -4.0, "comma": -8.0, "word": -8.0}
"""Weight of what stands before a marker inside a line: behind 。 (ended), ； or ： (listed), a blank, right behind a
heading without mark (headed), any other 汉字 (loose), ， or 、 (comma), a digit or Latin letter (word)."""
LISTED_IN_LINES = -4.0
"""Of ； and ： in a text that is set in lines: there a list inside a paragraph is meant to be one."""
ROW = {1: 0.0, 2: 1.0, 3: 0.0, 4: 0.5, 5: 0.0}
"""Weight of the row: brackets are rare in prose."""
SEQUENCE = {
    "next": 4.0,
    "first": 1.0,
    "across": 2.0,
    "fragment": -1.5,
    "skip": -2.0,
    "again": -5.0,
    "gap": -2.5,
    "far": -4.0,
    "repeat": -2.5,
    "back": -7.0,
}
"""Weight of the number: one more than the last (next), 1 below a section (first), going on from an earlier part (across),
the first number that is seen (fragment), a level left out (skip), 1 once more in its own list (again); one number left
out (gap), several (far), the same again (repeat), a smaller one (back)."""
HEADING_REACH = 45
"""A heading without mark is at most so long."""


@dataclass(frozen=True, slots=True)
class Tell:
    """What tells a marker from what only looks like one: a pattern before or behind it, for some depths."""

    depths: str
    where: str
    pattern: re.Pattern[str]
    weight: float


def _tell(depths: str, where: str, pattern: str, weight: float) -> Tell:
    return Tell(depths, where, re.compile(pattern + ("$" if where == "before" else "")), weight)


TELLS = (
    _tell("12345", "behind", r"[，,、；;。：:）)]", -6.0),
    _tell("12345", "behind", r"\s*$", -2.0),
    _tell("1", "before", "[第其之]", -20.0),
    _tell("1", "before", "附[表图件]", -10.0),
    _tell("24", "before", r"第[一二三四五六七八九十百\d]+[条款项]|(?<!意)见|[按依参]照|[按即如或至和与]", -6.0),
    _tell("24", "behind", "[项款目](?:[规所的、，。；和或]|$)", -6.0),
    _tell("24", "behind", "期(?![间望货末])|班(?!子)|号(?![召码])|标段|组(?![织建团])", -6.0),
    _tell("3", "before", r"(?:图|表|附件|专栏|公式|版本?|No|№)\s?", -5.0),
    _tell("34", "before", "附件[：:]", -12.0),
    _tell("34", "before", "(?:名词解释|名词注释|注释|有关说明|附注)[：:]?", 5.0),
    _tell("3", "behind", r"[12]\d{3}年", 6.0),
    _tell("3", "behind", r"\d+(?:[.．]\d+)?\s?(?:[%％‰]|[万亿]|个百分点)", -10.0),
    _tell("3", "behind", r"\d+\s?[\u4e00-\u9fff]", -3.0),
    _tell("3", "behind", r"\d+[、.．\-—～~至:：/]", -6.0),
    _tell("3", "behind", r"\d", -7.0),
)
"""Every pattern that matches adds its weight. The year takes back what the digit behind 20. costs: `20.2026年…`."""
JOINS_NUMBERS = {"surely": -16.0, "perhaps": -10.0}
"""Of 一、 before another numeral: 一、二、三产业 surely; 一、二季度 perhaps."""
LOOSE, IN_BRACKETS = -5.0, -12.0
"""Of a form that only real files have (三）, 一.), and of a lost bracket that is none: （三年行动）."""
INSIDE = {"quoted": -9.0, "perhaps": -2.0}
"""Inside “…”, 《…》 or （…）; perhaps when a sentence has ended since it was opened."""
LATE_CIRCLE = 9.0
"""Against ① inside a line: ①②③ belong in one paragraph. Source: official-style 2.3 N13."""
BEAM = 24
"""Readings that are followed at once."""
MARGIN = 16.0
"""A reading that has fallen so far behind the best one is given up."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place that looks like a marker, with the weight of its surroundings but for the sequence and the heading before."""

    line: int
    found: Found
    weight: float
    stop: int
    """Offset behind the last sentence end before it in its line."""
    bare: bool
    """Whether a 汉字 or the like stands right before it, so that it may follow a heading without mark."""


Numbers = tuple[int, int, int, int, int]
"""The last number of each level."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was taken so far: open and earlier numbers by level, and the last marker taken."""

    weight: float
    opened: Numbers
    past: Numbers
    taken: tuple[_Candidate, _Reading] | None = None


NONE: Numbers = (0, 0, 0, 0, 0)


def boundaries(lines: Sequence[str]) -> list[list[Found]]:
    """The section markers of each line, in order. An empty string is a line that holds none (a table row).

    Time: linear in the text, whatever it holds.
    """
    candidates = _candidates(lines)
    best = _best(candidates)
    found: list[list[Found]] = [[] for _ in lines]
    while best.taken is not None:
        candidate, best = best.taken
        found[candidate.line].append(candidate.found)
    return [line[::-1] for line in found]


def _candidates(lines: Sequence[str]) -> list[_Candidate]:
    every = [_Scanned(text) for text in lines]
    listed = LISTED_IN_LINES if _set_in_lines(every) else PLACES["listed"]
    return [c for number, scanned in enumerate(every) for c in scanned.candidates(number, listed)]


def _set_in_lines(every: list[_Scanned]) -> bool:
    """Whether the line breaks of the text are its paragraphs: at least as many markers start lines as stand inside."""
    firsts = sum(bool(scanned.found and scanned.found[0][0] == 0) for scanned in every)
    insides = sum(at > 0 and scanned.text[at - 1] in "。；：;:" for scanned in every for at, _, _ in scanned.found)
    return firsts > 1 and firsts >= insides


class _Scanned:
    """One line with what looks like markers in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = list(style.sections(text))

    def candidates(self, line: int, listed: float) -> Iterator[_Candidate]:
        around = Surroundings(self.text) if any(at for at, _, _ in self.found) else None
        for found in self.found:
            at, marker, end = found
            told = _tells(self.text, at, marker, end)
            weight = ROW[marker.level.depth] + told
            if at == 0 or around is None:
                yield _Candidate(line, found, weight + (PLAIN if told >= 0 else LINE_START), 0, bare=False)
                continue
            place = around.place(at)
            weight += listed if place == "listed" else PLACES[place]
            weight += INSIDE.get(around.inside(at, end), 0.0) - LATE_CIRCLE * (
                marker.level.depth == 5 and marker.number <= 1
            )
            yield _Candidate(line, found, weight, around.stop(at), bare=place in ("loose", "word"))


def _tells(text: str, at: int, marker: Marker, end: int) -> float:
    depth = str(marker.level.depth)
    before, behind = text[max(at - 8, 0) : at], text[end : end + 14]
    weight = sum(
        tell.weight
        for tell in TELLS
        if depth in tell.depths
        and (tell.pattern.search(before) if tell.where == "before" else tell.pattern.match(behind))
    )
    if depth == "1":
        weight += _joining(text, end, marker)
    if style.is_loose(marker):
        weight += IN_BRACKETS if marker.written[-1] not in "）)、.．" and _CLOSED.match(text, end) else LOOSE
    return weight - 2.0 * (not marker.number)


_CLOSED = re.compile("[^（(）)]{0,30}[）)]")


def _joining(text: str, end: int, marker: Marker) -> float:
    joined = style.joins(marker, text, end)
    return JOINS_NUMBERS[joined] if joined else 0.0


def _best(candidates: list[_Candidate]) -> _Reading:
    """The reading with the greatest weight; of two alike the one that takes less."""
    readings = [_Reading(0.0, NONE, NONE)]
    for candidate in candidates:
        taken = [_taken(reading, candidate) for reading in readings]
        readings = _kept([*readings, *taken])
    return readings[0]


def _kept(readings: list[_Reading]) -> list[_Reading]:
    """The best readings that differ in what matters for what follows."""
    best: dict[object, _Reading] = {}
    for reading in readings:
        key = (reading.opened, reading.past, reading.taken and id(reading.taken[0]))
        known = best.get(key)
        if known is None or reading.weight > known.weight:
            best[key] = reading
    order = sorted(best.values(), key=lambda r: -r.weight)
    return [r for r in order[:BEAM] if r.weight > order[0].weight - MARGIN]


def _taken(reading: _Reading, candidate: _Candidate) -> _Reading:
    _, marker, _ = candidate.found
    depth, number = marker.level.depth, marker.number
    kind = _relation(reading, depth, number)
    weight = reading.weight + candidate.weight + SEQUENCE[kind]
    if candidate.bare and _follows_heading(reading, candidate):
        weight += PLACES["headed"] - PLACES["loose"]
    at = depth - 1
    opened = (*reading.opened[:at], number, *NONE[depth:])
    past = (
        *reading.past[:at],
        number,
        *(o or p for o, p in zip(reading.opened[depth:], reading.past[depth:], strict=True)),
    )
    return _Reading(weight, opened, past, (candidate, reading))  # type: ignore[arg-type]


def _follows_heading(reading: _Reading, candidate: _Candidate) -> bool:
    """Whether a marker of the same line, or its start, stands so near before that a heading may lie between."""
    last = reading.taken[0] if reading.taken else None
    start = last.found[2] if last is not None and last.line == candidate.line else 0
    return candidate.stop <= start and 1 < candidate.found[0] - start <= HEADING_REACH


def _relation(reading: _Reading, depth: int, number: int) -> str:
    """How a number stands to those before it: a key of SEQUENCE."""
    here, past = reading.opened[depth - 1], reading.past[depth - 1]
    if here:
        return _in_list(here, number)
    above = max((d for d in range(1, depth) if reading.opened[d - 1]), default=0)
    if number <= 1:
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


assert len(LEVELS) == len(NONE)
