"""What speaks for a section marker where it stands, and against it: tables of weights, above 0 for a boundary."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from drafter import style
from drafter.style import Found, Marker
from drafter.text import slips
from drafter.text.surroundings import ENDS_WITH_ONE, Surroundings

LINE_START, PLAIN, CERTAIN = 8.0, 40.0, 30.0
"""Weight of a line start, and of one with a plain marker that nothing speaks against: what is certain is taken."""
PLACES = {"ended": 2.0, "listed": 1.0, "blank": 1.0, "closed": -2.0, "comma": -8.0, "word": -8.0}
"""Weight of what stands before a marker inside a line: behind 。 (ended), ； or ： (listed), a blank, ） or ” without
a stop (closed), ， or 、 (comma), a digit or Latin letter where they would join the marker (word)."""
FUSED = -40.0
"""Of a marker whose number runs into the one before it: nothing but the rows of a list outweighs it."""
ROW_REACH = 240
"""A row of a table is at most so many characters, and holds no clause."""
LEAST_AT_START, NEVER = -11.0, -20.0
"""What may speak against a digit behind 1. at the start of a line: 16.20万亩 after 15. is an entry of its own; 3.0版 is not."""
INSIDE_SENTENCE = -1.0
"""Of a line start where lines are broken at one width and the line before has no closing mark: the sequence decides."""
LISTED_IN_LINES = -4.0
"""Of ； and ： in a text that is set in lines: there a list inside a paragraph is meant to be one."""
UNMARKED = {1: -2.5, 2: -3.0, 3: -3.5, 4: -4.0, 5: -4.0}
"""Of any other 汉字 before a marker, by depth."""
ROW = {1: 0.0, 2: 1.0, 3: 0.0, 4: 0.5, 5: 0.0}
"""Of the row: brackets are rare in prose."""


@dataclass(frozen=True, slots=True)
class Tell:
    """What tells a marker from what only looks like one: a pattern before or behind it, for some depths."""

    depths: str
    where: str
    pattern: re.Pattern[str]
    weight: float


def _tell(depths: str, where: str, pattern: str, weight: float) -> Tell:
    return Tell(depths, where, re.compile(f"(?:{pattern})$" if where == "before" else pattern), weight)


TELLS = (
    _tell("12345", "behind", r"\s*[，,、；;。：:）)]", -6.0),
    _tell("12345", "behind", r"\s*$", -2.0),
    _tell("123", "behind", r"[ \u3000][^ \u3000\d]", 1.5),
    _tell("1", "before", "[第其之]", -20.0),
    _tell("1", "before", "附[表图件]|[按参依]照|(?<!意)见", -10.0),
    _tell("123", "before", "第[一二三四五六七八九十]+(?:部分|[章篇编节])[^。；]{0,14}", 6.0),
    _tell("23", "before", r"(?:专栏\s?\d+|[Ⅰ-Ⅻ][.．、])[^。；]{0,18}", 6.0),
    _tell("1", "behind", "[^。；]{1,10}[；;，,][二三四五六七八九十]、", -5.0),
    _tell("1", "before", "[；;，,][一二三四五六七八九]、[^。；]{1,10}[；;，,]", -5.0),
    _tell("24", "before", "第", -20.0),
    _tell("24", "before", r"第[一二三四五六七八九十百\d]+[条款项]|(?<!意)见|[按依参]照|[按即如或至和与]", -6.0),
    _tell("24", "before", '[；;：:]"', -9.0),
    _tell("24", "behind", "[项款目](?:[规所的、，。；和或]|$)", -6.0),
    _tell("24", "behind", "期(?![间望货末])|班(?!子)|号(?![召码])|标段|组(?![织建团])", -6.0),
    _tell("45", "before", "[”’》）)]", -3.5),
    _tell("34", "before", "附件?[：:]", -12.0),
    _tell("34", "before", "(?:名词解释|名词注释|注释|有关说明|附注)[：:]?", 5.0),
    _tell("3", "before", r"(?:图|表|附件|专栏|公式|版本?|No|№)\s?", -5.0),
    _tell("3", "before", "[”’》]", -2.5),
    _tell("3", "behind", r"\d", -4.0),
    _tell("3", "behind", r"[12]\d{3}年", 4.0),
    _tell("3", "behind", "0", -20.0),
    _tell("3", "behind", r"\d+\s?[\u4e00-\u9fff]", -1.5),
    _tell("3", "behind", r"\d+(?:[.．]\d+)?\s?(?:[%％‰]|[万亿]|个百分点)", -10.0),
    _tell("3", "behind", r"[1-9]\d?00(?![\d.．])", 9.0),
    _tell("3", "behind", r"\d+(?:[所家座处户条件辆场栋宗支]|名(?!义)|项(?!目)|个(?!百分|小时|月|工作日|学时|点))", 4.0),
    _tell("3", "behind", r"\d+[、.．\-—～~至:：/]", -6.0),
    _tell("3", "behind", r"\d{1,2}(?:[日号]|活动|宣传|晚会|事件|地震|行动|精神)", -4.0),
)
"""Every pattern that matches adds its weight. Some take back what a digit behind 20. costs: a year (20.2026年…), what no
decimal counts (8.2所, 10.12个) and hundreds (5.100万吨…)."""
BEFORE, BEHIND = 24, 14
"""Characters that the patterns see."""
JOINS_NUMBERS = {"surely": -16.0, "perhaps": -10.0, "": 0.0}
"""Of 一、 before another numeral: 一、二、三产业 surely; 一、二季度 perhaps."""
WORD_BEFORE, WORD_WITH_ONE = (
    re.compile(f"(?:{ENDS_WITH_ONE}|(?<![名清])单|[多三二两四五]合|个|归|专|(?<![规计])划)$"),
    -12.0,
)
"""统一、 唯一、 合一、 五个一、 are words."""
LOOSE, IN_BRACKETS = -5.0, -12.0
"""Of a form that only real files have (三）, 一.), and of a lost bracket that is none: （三年行动）."""
UNNUMBERED = -2.0
"""Of 〇、, which only templates have."""
INSIDE = {"quoted": -9.0, "perhaps": -2.0, "": 0.0}
"""Inside “…”, 《…》 or （…）; perhaps when a sentence has ended since it was opened."""
LATE_CIRCLE = -9.0
"""Of ① inside a line: ①②③ belong in one paragraph. Source: official-style 2.3 N13."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that looks like a marker, weighed by all but the sequence and what was taken before it."""

    line: int
    found: Found
    weight: float
    place: float = 0.0
    """The part of the weight that the character before it gave."""
    stop: int = 0
    """Offset behind the last sentence end before it in its line; of a clause where it is fused."""
    colon: int = -1
    """Offset of the last ： before it in its line."""
    decimal: bool = False
    """Whether a digit stands right behind 1., so that only the sequence can tell it from a decimal."""
    bare: bool = False
    """Whether a 汉字 or the like stands right before it, so that it may follow a heading without mark."""
    fused: bool = False
    """Whether its number runs into the one before it: 132.其他."""


class Scanned:
    """One line with what looks like markers in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = _without_slips(text, list(style.sections(text)))

    @property
    def begins(self) -> bool:
        """Whether the line starts with what looks like a marker."""
        return bool(self.found) and self.found[0][0] == 0

    def marked(self) -> int:
        """How many stand behind a stop inside the line."""
        return sum(at > 0 and self.text[at - 1] in "。；：;:" for at, _, _ in self.found)

    def _rows(self, line: int) -> Iterator[Candidate]:
        """What may be a row behind the value of the row before: 13｜2.其他."""
        clauses: list[int] = []
        for found in style.fused(self.text):
            clauses = clauses or [0, *(m.end() for m in _CLAUSE.finditer(self.text))]
            clause = clauses[bisect_right(clauses, found[0]) - 1]
            yield Candidate(line, found, FUSED, stop=max(clause, found[0] - ROW_REACH), fused=True)

    def candidates(self, line: int, listed: float, *, goes_on: bool) -> list[Candidate]:
        """Each of them weighed; `listed` is the weight of ； and ：, `goes_on`: the line begins inside a sentence."""
        return sorted([*self._plain(line, listed, goes_on=goes_on), *self._rows(line)], key=lambda c: c.found[0])

    def _plain(self, line: int, listed: float, *, goes_on: bool) -> Iterator[Candidate]:
        starts = frozenset(at for at, _, _ in self.found)
        around = Surroundings(self.text, starts) if starts - {0} else None
        for found in self.found:
            told = _told(self.text, found)
            if found[0] == 0 or around is None:
                yield _first(line, found, told, decimal=self.is_decimal(found), goes_on=goes_on)
            else:
                yield self.inner(line, found, told, listed, around)

    def inner(self, line: int, found: Found, told: float, listed: float, around: Surroundings) -> Candidate:
        at, marker, end = found
        depth, name = marker.level.depth, around.place(at)
        unmarked = name not in PLACES or (name == "word" and depth != 3)
        place = UNMARKED[depth] if unmarked else listed if name == "listed" else PLACES[name]
        weight = told + place + INSIDE[around.inside(at, end)] + LATE_CIRCLE * (depth == 5 and marker.number <= 1)
        bare = unmarked or name == "word" or (name == "closed" and depth < 3)
        return Candidate(line, found, weight, place, around.stop(at), around.colon(at), self.is_decimal(found), bare)

    def is_decimal(self, found: Found) -> bool:
        return found[1].level.depth == 3 and bool(_DIGITS.match(self.text, found[2]))


def _without_slips(text: str, found: list[Found]) -> list[Found]:
    """The markers but those that are items of a chain: 二、 between 一是 and 三是."""
    if not any(at and marker.level.depth == 1 for at, marker, _ in found):
        return found
    items = {at for at, _, _ in slips.in_chain(text, list(style.items(text)))}
    return [f for f in found if f[0] not in items] if items else found


_CLAUSE = re.compile("[。；，！？;,]|(?<!其中)[：:]")
_DIGITS = re.compile(r"(?![12]\d{3}年)\d")


def _first(line: int, found: Found, told: float, *, decimal: bool, goes_on: bool) -> Candidate:
    if goes_on:
        return Candidate(line, found, told + INSIDE_SENTENCE, decimal=decimal)
    if told >= ROW[found[1].level.depth] and not decimal:
        return Candidate(line, found, told + PLAIN)
    return Candidate(
        line, found, (max(told, LEAST_AT_START) if decimal and told > NEVER else told) + LINE_START, decimal=decimal
    )


def _told(text: str, found: Found) -> float:
    """Weight of the row, of the marker's form, and of the words before and behind it."""
    at, marker, end = found
    depth = str(marker.level.depth)
    before, behind = text[max(at - BEFORE, 0) : at], text[end : end + BEHIND]
    weight = ROW[marker.level.depth] + _form(text, marker, end)
    if marker.number == 1 and depth == "1" and WORD_BEFORE.search(before):
        weight += WORD_WITH_ONE
    for tell in TELLS:
        if depth in tell.depths and (
            tell.pattern.search(before) if tell.where == "before" else tell.pattern.match(behind)
        ):
            weight += tell.weight
    return weight


_CLOSED = re.compile("[^（(）)]{0,30}[）)]")


def _form(text: str, marker: Marker, end: int) -> float:
    weight = JOINS_NUMBERS[style.joins(marker, text, end)] + UNNUMBERED * (not marker.number)
    if style.is_loose(marker):
        bracket = marker.written[-1] not in "）)、.．" and _CLOSED.match(text, end)
        return weight + (IN_BRACKETS if bracket else LOOSE)
    return weight
