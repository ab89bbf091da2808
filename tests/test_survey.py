"""What templates use and what is wrong with them before a build: structure, names, unused facts, options, by cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.diagnostic import Diagnostic
from drafter.forms.desk import Desk
from drafter.phrases import FILTERS
from drafter.survey import reports, structure
from drafter.survey.offered import Offered
from drafter.survey.shape import WORD, shape
from drafter.template import Templates, options
from tests.case_files import CASES, Case, load
from tests.case_files import accept as rewrite
from tests.project_files import make

FIRST = "templates/甲局/月报/1.txt"
FOLDER = CASES / "template_check"
STRUCTURE, FACTS = load(FOLDER / "structure.txt"), load(FOLDER / "facts.txt")


def said(one: Diagnostic) -> str:
    place = str(one.span).removeprefix(f"{FIRST}:").removeprefix("templates/")
    word = {"error": "错误", "warning": "提醒", "note": "说明"}[one.severity.value]
    also = "".join(f"（{words}{span}）" for span, words in one.also)
    return f"{place} {one.code} {word} {one.message}{also}" + (f" ➜ {one.hint}" if one.hint else "")


def files(case: Case) -> dict[str, str]:
    """The files of a case: the input is the first section, parts with a / are others."""
    others = {name: text for name, text in case.parts.items() if "/" in name}
    return {FIRST: case.input + "\n", **{name: text + "\n" for name, text in others.items()}}


def compare(case: Case, part: str, lines: list[str], *, accept: bool) -> None:
    if accept:
        rewrite(case, part, "\n".join(lines))
    else:
        assert lines == case.lines(part)


@pytest.mark.parametrize("case", STRUCTURE, ids=str)
def test_structure(case: Case, accept: bool) -> None:
    found = files(case)
    sections = sorted(name.removeprefix("templates/") for name in found if "甲局" in name)
    seen = structure.findings(shape(sections, Templates(found.get).source, "templates"))
    compare(case, "says", [said(d) for d in seen], accept=accept)


@pytest.mark.parametrize("case", FACTS, ids=str)
def test_against_facts(case: Case, tmp_path: Path, accept: bool) -> None:
    project = make(tmp_path, files(case))
    offered = Offered(Desk(project))
    every = [reports.of_report(offered, report) for report in project.reports()]
    unused = reports.of_departments(offered, offered.departments, every)
    compare(
        case, "says", [said(d) for one in every for d in one.diagnostics] + [said(d) for d in unused], accept=accept
    )
    if "names" in case.parts:
        rows = (f"{n.shown} {'、'.join(n.asked)} {n.remark}".strip() for one in every for n in one.names)
        compare(case, "names", list(rows), accept=accept)


def test_every_code_fires_and_stays_silent() -> None:
    """Each rule of the structure, and T121–T124, is said in one case; and a case without findings has the same words."""
    cases = [*STRUCTURE, *FACTS]
    fired = {word for case in cases for line in case.lines("says") for word in line.split()[1:2]}
    assert {rule.code for rule in structure.RULES} | {"T121", "T122", "T123", "T124", "T102", "T103", "T104"} <= fired
    assert sum(not case.lines("says") for case in cases) > 15


def test_a_shape_knows_its_places() -> None:
    source = "一、情况\n{% for 项 in 甲 %}\n（一）{{ 项.名称 }}：好。\n{% endfor %}\n"
    found = shape(("1.txt",), {"1.txt": source}.get, "t")
    assert [line.text for line in found.text] == ["一、情况", *[f"（一）{WORD}：好。"] * 2]
    line = found.text[1]
    assert [str(line.at(n)) for n in (0, 3, 5)] == ["t/1.txt:3:1", "t/1.txt:3:4", "t/1.txt:3:14"]
    assert [(loop.names, loop.varies) for loop in found.loops] == [(("项",), True)]
    assert found.loops[0].holds(line.at(0))
    assert not found.loops[0].holds(found.text[0].at(0))


PIECES = (
    "{% for 项 in 甲 %}", "{% endfor %}", "{% if 甲 is 已填 %}", "{% else %}", "{% endif %}", "{% set 甲 = 乙 %}", "{% set 甲 %}",
    "{% endset %}", "{% macro 句(x) %}", "{% endmacro %}", '{% include "1.txt" %}', "{{ 项.名称 }}", "{{ 甲|同笔('倍') }}", "{{ 甲",
    "{%", "｛｛", "{# 注 #}", "一、", "（一）", "1.", "（1）", "三）", "一是", "二是", "^", "标题", "正文。", "；", "\n", "\r\n", "| 甲 | 乙 |\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_template_is_read_and_every_place_is_there(source: str) -> None:
    """Laws L7 and L8: nothing raises, and every finding points into an existing line."""
    templates = Templates({"templates/1.txt": source}.get)
    seen = [
        *structure.findings(shape(("1.txt",), templates.source, "templates")),
        *options.problems(templates.environment, source, "templates/1.txt"),
        *templates.check("1.txt"),
    ]
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in seen:
        assert one.span.file == "templates/1.txt"
        assert 1 <= one.span.line <= len(lines)
        assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1, one


OPTIONS = (
    ("同比(写发='倍')", "“同比”没有“写发”这个选项"),
    ("同比('五倍')", "没有“五倍”这种写法"),
    ("增减(动词='上升')", "动词要写两个"),
    ("换算('亿元', 小数='二')", "小数位数要写0到12的整数"),
    ("数(1, 2, 3, 4, 5, 6, 7, 8, 9)", "“数”括号里写得太多"),
    ("增减量('去年')", "要写同什么比"),
)
GOOD = (
    "同比", "同比(写法='倍')", "同比('倍')", "增减(动词='上升、回落', 小数=1)", "换算('亿元', 小数=2)", "占比(乙)", "比重(乙, 1)",
    "占比", "值(预计=false)", "合计('收入')", "增减量('上期')", "不认识的", "换算(单位)",
)  # fmt: skip


@pytest.mark.parametrize(("filter_", "message"), OPTIONS)
def test_options_that_are_wrong(filter_: str, message: str) -> None:
    [found] = options.problems(Templates({}.get).environment, f"一、情况\n{{{{ 甲|{filter_} }}}}", "t.txt")
    assert (found.code, found.span.line) == ("T104", 2)
    assert message in found.message
    assert found.hint


@pytest.mark.parametrize("filter_", GOOD)
def test_options_that_are_right(filter_: str) -> None:
    assert options.problems(Templates({}.get).environment, f"{{{{ 甲|{filter_} }}}}", "t.txt") == []


def test_the_examples_of_every_filter_are_right() -> None:
    environment = Templates({}.get).environment
    assert len(FILTERS) > 30
    for row in FILTERS:
        assert options.problems(environment, row.example.split(" → ")[0], "t.txt") == [], row.name
