"""起稿: an old report → section templates, facts, indicators and settings of a report. Pure; nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from drafter import text
from drafter.diagnostic import Diagnostic
from drafter.lift.fact import Fact
from drafter.lift.keys import Keys
from drafter.lift.lines import Lifter
from drafter.outline import Outline
from drafter.period import Period
from drafter.source import Span, typed

__all__ = ["Fact", "Keys", "Lifted", "Sheet", "lift"]

CANONICAL, CONTINUED, VERBATIM = "规范", "接续", "原样"
"""体例: how a report is written out: numbered anew, numbered on from where it begins, or left as it is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One section file: its name without .txt, its template, the heading it is called after, the facts it introduces."""

    name: str
    template: str
    heading: str
    facts: tuple[Fact, ...]
    told: tuple[Diagnostic, ...] = ()
    """What was unsure, by its place in the template."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """What an old report became; `seen` and `lifted` count figures with a unit, and those that became facts."""

    sheets: tuple[Sheet, ...]
    settings: tuple[tuple[str, str], ...]
    told: tuple[Diagnostic, ...]
    seen: int
    lifted: int

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact in the order met."""
        return tuple(fact for sheet in self.sheets for fact in sheet.facts)


def lift(
    source: str,
    file: str,
    period: Period,
    keys: Keys,
    manner: str = CANONICAL,
    plain: frozenset[int] = frozenset(),
) -> Lifted:
    """Lift a report of a period. `source`: its text, one paragraph a line (canonical unless `manner` is 原样).

    `keys` knows the names that are taken; lines whose number (from 1) is in `plain` keep their figures and dates as
    text. Law L9: built with the facts found, the templates give `source` again. Never raises.
    """
    rows = source.split("\n")
    outline = text.read(typed(source, file))[0]
    lifter = Lifter(period, keys)
    settings, left = _settings(outline, rows, lifter, manner)
    starts = _starts(outline, rows)
    stretches = list(_stretches(left, starts))
    sheets = []
    for number, (first, last) in enumerate(stretches, start=1):
        known, told = len(lifter.facts), len(lifter.told)
        heading = starts.get(first, "")
        name = _name(heading, number, len(stretches))
        template = _template(lifter, rows, range(first, last), f"{name}.txt", plain, heading)
        facts = tuple(lifter.facts)[known:]
        sheets.append((Sheet(name, template, heading, (), tuple(lifter.told[told:])), facts))
    whole = (replace(one, facts=tuple(lifter.facts[key] for key in facts)) for one, facts in sheets)
    return Lifted(tuple(whole), settings, tuple(lifter.told), lifter.seen, lifter.lifted)


def _settings(
    outline: Outline, rows: list[str], lifter: Lifter, manner: str
) -> tuple[tuple[tuple[str, str], ...], range]:
    """The settings of 报告.yaml, and the rows (from 0) that are left for the sections."""
    first, last = 0, len(rows) - (1 if rows and not rows[-1] and manner != VERBATIM else 0)
    found = {"标题": "", "署名": "", "成文日期": "", "体例": manner}
    if manner != VERBATIM and outline.title and last > 1 and rows[0] == outline.title.text:
        found["标题"] = lifter.line(rows[0], _SETTINGS, figures=False)
        first = 1
    if manner == CANONICAL and outline.addressee and rows[first] == outline.addressee.text:
        found["主送"] = lifter.line(rows[first].removesuffix("："), _SETTINGS, figures=False)
        first += 1
    signature = [line.text for line in outline.signature]
    if manner == CANONICAL and len(signature) == 2 and rows[last - 2 : last] == signature:
        found["署名"] = lifter.line(signature[0], _SETTINGS, figures=False)
        found["成文日期"] = signature[1]
        last -= 2
    return tuple(found.items()), range(first, last)


def _starts(outline: Outline, rows: list[str]) -> dict[int, str]:
    """Row (from 0) of every section of level 1 that begins a row, and its heading."""
    found = {}
    for section in outline.sections:
        if section.marker.level.depth == 1 and section.span:
            row = section.span.line - 1
            if not rows[row][: section.span.column - 1].strip():
                found[row] = section.heading.text
    return found


def _stretches(left: range, starts: dict[int, str]) -> Iterator[tuple[int, int]]:
    """(first row, row behind the last) of every section file; what stands before the first section is one of its own."""
    edges = sorted({left.start, *(row for row in starts if row in left)})
    yield from zip(edges, [*edges[1:], left.stop], strict=True)


def _template(
    lifter: Lifter, rows: Sequence[str], stretch: range, file: str, plain: frozenset[int], heading: str
) -> str:
    words = "" if _DIGIT.search(heading) else _words(heading)
    done = []
    for number, row in enumerate(stretch, start=1):
        place = Span(file, number, 1)
        if row + 1 in plain:
            done.append(lifter.kept(rows[row], place))
        else:
            done.append(lifter.line(rows[row], place, words, figures=_has_figures(rows[row])))
    return "\n".join(done) + ("" if stretch.stop == len(rows) else "\n")


_ENOUGH, _ROOM = 4, 14
"""Characters of a heading that tell it from others, and those that a name has room for."""
_DIGIT = re.compile(r"\d(?![\d年月季-])")
_RULE = re.compile(r"\|?[\s:|-]+\|?")


def _has_figures(row: str) -> bool:
    """Whether a row may hold figures: the rule of a table does not."""
    return _RULE.fullmatch(row) is None


_PUNCTUATION = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_YEAR = re.compile(
    r"[0-9〇一二三四五六七八九]{2,4}年度?(?:[0-9一二三四五六七八九十—-]+月份?|[上下]半年|[一二三四]季度|前三季度)?(?:以来)?"
)

_DATED = re.compile(
    "^(?:今年以来|“?十[一二三四五六七八九]五”?时期|和|与|及|的|[一二三四五六七八九十]+月份|上半年|全年)+"
)


def _words(heading: str) -> str:
    """The words of a heading that name a file or widen a key, without dates: 今年以来工作开展情况 → 工作开展情况."""
    bare = _DATED.sub("", _YEAR.sub("", heading))
    clauses = [clause for clause in _PUNCTUATION.sub("，", bare).split("，") if clause]
    first = next((n for n in range(1, len(clauses)) if len("".join(clauses[:n])) >= _ENOUGH), len(clauses))
    return "".join(clauses[:first])[:_ROOM]


def _name(heading: str, number: int, count: int) -> str:
    """The name of a section file, so that they sort in their order: 1-工作回顾, or 01-… where there are ten or more."""
    fallback = "前言" if number == 1 and count > 1 else "正文"
    return f"{number:0{len(str(count))}}-{_words(heading) or fallback}"


_SETTINGS = Span("报告.yaml", 1, 1)
