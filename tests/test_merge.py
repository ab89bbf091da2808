"""Merging what was generated, what stands in the file and what is generated now."""

from __future__ import annotations

import pytest

from drafter.merge import merge
from drafter.trace import Printed
from tests.case_files import CASES, Case, load
from tests.merge_text import conflicts, done, printed, record

ALL = load(CASES / "merge")


@pytest.mark.parametrize("case", ALL, ids=str)
def test_merge(case: Case) -> None:
    before, now = record(case.input), record(case.parts["现在"])
    here = printed(case.parts.get("手里", case.input), before)
    plan = merge(before, here, now)
    assert "\n".join(done(plan, here, now)) == case.parts["结果"]
    assert conflicts(plan) == case.lines("冲突")


@pytest.mark.parametrize("case", ALL, ids=str)
def test_untouched_file_becomes_what_is_generated_now(case: Case) -> None:
    before, now = record(case.input), record(case.parts["现在"])
    plan = merge(before, before.paragraphs, now)
    assert not plan.conflicts
    assert done(plan, before.paragraphs, now) == done(merge(now, now.paragraphs, now), now.paragraphs, now)
    assert [p.text for p in plan.record.paragraphs] == [p.text for p in now.paragraphs]
    assert {plan.names[name]: v for name, v in now.figures.items()} == plan.record.figures


@pytest.mark.parametrize("case", ALL, ids=str)
def test_nothing_new_changes_nothing(case: Case) -> None:
    before = record(case.input)
    here = printed(case.parts.get("手里", case.input), before)
    plan = merge(before, here, before)
    assert plan.idle
    assert plan.record == before


def test_every_name_of_a_record_stands_in_its_paragraphs() -> None:
    seen = 0
    for case in ALL:
        before, now = record(case.input), record(case.parts["现在"])
        plan = merge(before, printed(case.parts.get("手里", case.input), before), now)
        names = [spot.name for p in plan.record.paragraphs for spot in p.spots]
        assert len(names) == len(set(names))
        assert set(names) == set(plan.record.figures)
        assert all(isinstance(p, Printed) for p in plan.record.paragraphs)
        seen += len(names)
    assert seen > 35
