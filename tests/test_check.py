"""Rules by cases; every code of the house has a case that fires and one that stays silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drafter import check, text
from drafter.check import CODES, RULES
from drafter.source import typed
from tests.case_files import CASES, Case, load

FOUND = load(CASES / "check")


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_rule(case: Case) -> None:
    outline, _ = text.read(typed(case.input, "t.txt"))
    said = [f"{d.span.line}:{d.span.column} {d.code}" for d in check.file_rules(outline)]
    assert said == case.lines("says")


def test_every_rule_fires_and_stays_silent() -> None:
    for rule in RULES:
        fires = [c for c in FOUND if any(line.endswith(rule.code) for line in c.lines("says"))]
        assert fires, rule.code
        assert len(fires) < len(FOUND) - 2, rule.code
        assert rule.run.__doc__
        assert rule.run.__doc__.startswith(rule.code)


def test_every_code_stands_in_a_test() -> None:
    here = Path(__file__).parent
    files = [*here.glob("test_*.py"), *here.glob("cases/**/*.txt"), *here.glob("commands/*.md")]
    seen = {code for f in files for code in re.findall(r"[A-Z]\d{3}", f.read_text("utf-8"))}
    assert {c.code for c in CODES} - seen == set()


def test_a_fact_cannot_forge_structure(tmp_path: Path) -> None:
    """S101: a marker that came out of a fact is an error at the fact, and never a heading."""
    from tests.project_files import drafted, make

    files = {
        "data/某局/2022-09.yaml": "期间: 2022-09\n问题: 一、人手不足\n做法: 先摸底，再整改。一是甲；二是乙\n名称: 清源水库\n",
        "templates/某局/月报/1.txt": "一、{{ 名称 }}\n{{ 问题 }}\n二、做法\n主要{{ 做法 }}。\n",
    }
    draft = drafted(make(tmp_path, files), "某局/月报", "2022-09")
    said = [(str(d.span), d.code) for d in draft.diagnostics]
    assert ("data/某局/2022-09.yaml:2:5", "S101") in said
    assert ("data/某局/2022-09.yaml:3:5", "S101") in said
    assert not draft.sound
    assert draft.outline is not None
    assert [s.heading.text for s in draft.outline.sections] == ["清源水库", "做法"]
