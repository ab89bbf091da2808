"""Figures of other departments in a report, as cases: whole small projects, their text and findings."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from drafter import facts as room
from drafter import period as periods
from drafter import text
from drafter.figure import Figure
from drafter.missing import Missing
from drafter.period import Period
from drafter.project import Project
from drafter.source import Files
from tests.case_files import CASES, Case, load
from tests.project_files import drafted

ALL = load(CASES / "rollup")


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    files = {p: t for p, t in case.parts.items() if p.startswith("data/") or p == "drafter.yaml"}
    files["templates/县政府办/月报/1.txt"] = f"一、情况\n{case.parts['say']}"
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content + "\n", "utf-8")
    draft = drafted(Project(tmp_path), "县政府办/月报", "2022-09")
    found = list(dict.fromkeys(d.code for d in draft.diagnostics if not d.code.startswith("N")))
    assert found == case.lines("says"), [d.line() for d in draft.diagnostics]
    if draft.sound and draft.outline:
        body = text.write(draft.outline, guard=False).splitlines()
        start = body.index("一、情况") + 1
        assert body[start:-2] == case.lines("want")
    elif "want" in case.parts and draft.outline:
        assert case.parts["want"] in text.write(draft.outline, guard=False)
    for one in draft.diagnostics:
        assert (tmp_path / one.span.file).exists(), one.line()
        assert one.hint


# ---- long periods against an independent reckoning ------------------------------------------------------------------


KINDS = {"流量": "总量", "存量": "存量", "起数": "个数"}
YEARS = (2021, 2022)


def all_periods(year: int) -> list[Period]:
    """Months, quarters, half-years, the year and the runs from January of a year."""
    parts = [periods.part(year, length, n) for length in (3, 6, 12) for n in range(1, 12 // length + 1)]
    return [periods.month(year, n) for n in range(1, 13)] + parts + [periods.months(year, 1, n) for n in range(2, 13)]


def worth(months: Mapping[int, Decimal], period: Period, kind: str) -> Decimal:
    """The true value of a period."""
    if kind == "存量":
        return months[period.last]
    return sum((months[m] for m in range(period.first, period.last + 1)), Decimal(0))


def reckoned(stated: set[Period], period: Period, kind: str) -> bool:
    """Whether the value of a period can be told from those that are stated: by hand, month by month."""
    inside = [p for p in stated if period.first <= p.first and p.last <= period.last]
    if kind == "存量":
        return any(p.last == period.last for p in inside)
    reached = {period.first}
    for month in range(period.first, period.last + 1):
        reached |= {p.last + 1 for p in inside if p.first == month and month in reached}
    return period.last + 1 in reached


@pytest.mark.parametrize("seed", range(12))
def test_long_periods_are_the_sums_and_ends_of_short_ones(seed: int, tmp_path: Path) -> None:
    """Whatever overlaps, a month counts once; what cannot be told is missing; 上年同期 is reckoned alike."""
    draw = random.Random(seed)
    everything = [p for year in YEARS for p in all_periods(year)]
    true = {n: {m: Decimal(draw.randrange(400)) / 100 for m in range(2021 * 12, 2023 * 12)} for n in KINDS}
    true["起数"] = {m: Decimal(draw.randrange(3)) for m in true["起数"]}
    stated = {n: {p for p in everything if draw.random() < (0.9 if p.months == 1 else 0.15)} for n in KINDS}
    files = {
        f"data/局/{p}.yaml": "".join(
            f"{n}: {worth(true[n], p, kind):f}\n" for n, kind in KINDS.items() if p in stated[n]
        )
        for p in everything
    }
    files["data/局/指标.yaml"] = "".join(f"{n}: {{单位: 元, 性质: {kind}}}\n" for n, kind in KINDS.items())
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    reader, told = Files(tmp_path), 0
    for period in everything:
        facts = room.load(reader, "局", period)
        for name, kind in KINDS.items():
            told += compared(facts.get(name), true[name], stated[name], period, kind)
        assert not facts.diagnostics, [d.line() for d in facts.diagnostics]
    assert told > 100


def compared(value: object, true: Mapping[int, Decimal], stated: set[Period], period: Period, kind: str) -> bool:
    """Whether there is a value; it and its 上年同期 are what they should be."""
    if not reckoned(stated, period, kind):
        assert isinstance(value, Missing), period
        return False
    assert isinstance(value, Figure), (period, value)
    assert value.known() == worth(true, period, kind)
    before = periods.last_year(period)
    there = before.year in YEARS and reckoned(stated, before, kind)
    assert (value.base is not None) == there, (period, value.base)
    assert value.base is None or value.base.value == worth(true, before, kind)
    return True
