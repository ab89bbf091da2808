"""What templates ask of the facts, by cases; and that every word of the vocabulary says what it asks."""

from __future__ import annotations

import pytest

from drafter import period as periods
from drafter import phrases
from drafter.template import Templates, asks, needs
from drafter.template.needs import ITEM, Use
from tests.case_files import CASES, Case, accept, load

FILES = {
    "templates/公共/尾.txt": "{{ 结束语 }}{{ x.收入 }}\n",
    "templates/公共/环.txt": '{{ 乙 }}{% include "公共/环.txt" %}\n',
}
OWN = {*periods.words(periods.month(2022, 9)), "单位", "部门", "报告"}
FOUND = load(CASES / "needs")


def said(use: Use) -> str:
    place = str(use.span).removeprefix("templates/t.txt:")
    scope = f"部门({use.department})" if use.department else ""
    scope += f"期({use.period})" if use.period else ""
    path = "".join("[]" if key == ITEM else f".{key}" for key in use.path)
    return f"{place} {scope}{'.' if scope else ''}{use.name}{path} {use.asked}{' 可能' if use.maybe else ''}"


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_needs(case: Case, accept: bool) -> None:
    uses = needs.of_text(Templates(FILES.get), case.input, "templates/t.txt", OWN)
    lines = [said(use) for use in uses]
    if len(lines) > 30:
        lines = list(dict.fromkeys(lines))
    if accept:
        _accept(case, "needs", "\n".join(lines))
    else:
        assert lines == case.lines("needs")


_accept = accept


def test_every_word_says_what_it_asks() -> None:
    words = {w for f in phrases.FILTERS for w in (f.name, f.alias)} | {w for t in phrases.TESTS for w in t[:2]}
    assert words
    assert words <= asks.words()


def test_gathered_by_fact() -> None:
    source = '{{ 甲 }}{{ 甲|同比 }}{% if 乙 is 已填 %}{{ 乙.子 }}{% endif %}{{ 期("上期").甲 }}'
    found = needs.gathered(needs.of_text(Templates(FILES.get), source, "t.txt", OWN))
    assert [(n.name, n.period, n.asked, n.fields, n.maybe) for n in found] == [
        ("甲", "", ("本期", "同比"), (), False),
        ("乙", "", ("已填",), (("子",),), True),
        ("甲", "上期", ("本期",), (), False),
    ]


def test_a_section_that_is_not_there() -> None:
    assert needs.of_section(Templates(FILES.get), "没有.txt", OWN) == ()
    assert [u.name for u in needs.of_section(Templates(FILES.get), "公共/尾.txt", OWN)] == ["结束语", "x"]
