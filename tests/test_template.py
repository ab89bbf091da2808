"""Templates by cases, and hostile ones by the hundred."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drafter import facts as fact_files
from drafter import period as periods
from drafter.diagnostic import Diagnostic, DraftError
from drafter.lookup import Values
from drafter.template import Templates
from tests.case_files import CASES, Case, load
from tests.project_files import make

FOUND = load(CASES / "template")
FILES = {
    "data/某局/指标.yaml": "\n".join(
        f"{name}: {{单位: {unit}, 性质: 个数}}"
        for name, unit in [("事故起数", "起"), ("死亡人数", "人"), ("工贸", "起"), ("道路", "起"), ("满意度", '"%"')]
    ),
    "data/某局/2022-08.yaml": "期间: 2022-08\n事故起数: 4\n",
    "data/某局/2022-09.yaml": """期间: 2022-09
事故起数: {本期: 6, 上年同期: 11, 其中: {工贸领域: 4, 道路交通: 2}}
死亡人数: {本期: 6, 上年同期: 12}
生产总值: {本期: 60.2亿元, 增幅: 3.9%}
R&D经费: 3亿元
工贸: 4
道路: 2
满意度:
巡查: 2
应急响应: [{灾种: 低温, 级别: Ⅲ, 次数: 1次}, {灾种: 防汛, 级别: Ⅳ, 次数: 2次}]
长: [LONG]
""".replace("LONG", ", ".join("1" for _ in range(100))),
    "templates/公共/尾.txt": "{{ 期间 }}结束\n",
    "templates/公共/坏.txt": "甲\n乙{{ 事故起数|同币 }}\n",
    "templates/公共/环.txt": '{% include "公共/环.txt" %}\n',
}


@pytest.fixture
def room(tmp_path: Path) -> tuple[Templates, Values]:
    project = make(tmp_path, FILES)
    period = periods.parse("2022-09")
    assert period is not None
    facts = fact_files.load(project.files, "某局", period)
    assert facts.diagnostics == ()

    def load_text(name: str) -> str | None:
        return project.files.text(name)[0] if project.files.exists(name) else None

    return Templates(load_text), Values(facts, periods.words(period))


def places(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.span.line}:{d.span.column} {d.code}" for d in diagnostics]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_template(case: Case, room: tuple[Templates, Values]) -> None:
    templates, values = room
    try:
        rendered = templates.render_text(case.input, "templates/t.txt", values)
        said, text = rendered.diagnostics, [line.text for line in rendered.text]
    except DraftError as stop:
        said, text = stop.diagnostics, []
    assert places(said) == case.lines("says")
    assert "text" in case.parts or "says" in case.parts
    if "text" in case.parts:
        assert text == case.lines("text")
    for one in said:
        assert one.message
        assert one.line().startswith("templates/")


ATTACKS = (
    "{{ self }}", "{{ self.__init__ }}", "{{ loop }}", "{{ cycler }}", "{{ lipsum }}", "{{ range(9) }}", "{{ namespace() }}",
    "{{ ''.__class__.__mro__ }}", "{{ [].append(1) }}", "{{ {}.items() }}", "{{ ().__class__.__base__.__subclasses__() }}",
    "{{ '%s'|format(1) }}", "{{ 'a'.format }}", "{{ '{0.__class__}'.format(1) }}", "{{ x|attr('__class__') }}",
    "{{ 事实('事故起数').indicator }}", "{{ 事实.__call__ }}", "{{ 期('上期').facts }}", "{{ 期('上期').facts.__class__ }}",
    "{{ 应急响应.__class__ }}", "{{ 应急响应[0].__class__ }}", "{{ 应急响应[0].items }}", "{{ 应急响应[0].get }}", "{{ 应急响应.append }}",
    "{{ 事故起数.indicator }}", "{{ 事故起数.known }}", "{{ 事故起数._sum }}", "{{ 满意度.__class__ }}", "{{ 期间.upper() }}",
    "{% set x = 期间.__class__ %}{{ x }}", "{% for a in ''.__class__.__mro__ %}{{ a }}{% endfor %}", "{{ none }}", "{{ true }}", "{{ 1.5 }}",
    "{{ {'a': 1} }}", "{{ [1,2] }}", "{{ dict(a=1) }}", "{{ caller() }}", "{{ varargs }}", "{{ 事故起数|map('attr') }}",
    "{{ '\\ufdd1999\\ufdd2\\ufdd0x' }}", "{{ 9**9**9 }}", "{{ '啊'*999999999 }}", "{{ '%999999999d' % 1 }}", "{{ 事故起数 ~ 死亡人数 }}", "{{ '\\u0000' }}",
)  # fmt: skip
INTERNAL = (
    "<class",
    "<function",
    "<built-in",
    "object at 0x",
    "None",
    "Undefined",
    "<bound",
    "Decimal(",
    "Figure(",
    "Missing(",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_python_is_printed(attack: str, room: tuple[Templates, Values]) -> None:
    refused_or_safe(attack, room)


def refused_or_safe(attack: str, room: tuple[Templates, Values]) -> None:
    templates, values = room
    try:
        rendered = templates.render_text(attack, "templates/t.txt", values)
    except DraftError as stop:
        assert stop.diagnostics
        return
    shown = "".join(line.text for line in rendered.text)
    assert not [word for word in INTERNAL if word in shown], shown


def test_known_payloads(room: tuple[Templates, Values]) -> None:
    corpus = Path(__file__).parents[2] / "shared" / "corpus" / "hostile" / "ssti_payloads.json"
    if not corpus.exists():
        pytest.skip("the payload corpus is not beside this checkout")
    payloads = json.loads(corpus.read_text("utf-8"))
    texts = [p for key in payloads if key != "source" for p in payloads[key]]
    assert len(texts) > 20
    for payload in texts:
        refused_or_safe(payload, room)


@pytest.mark.parametrize(
    "source", ["(" * 250 + ")" * 250, "{% if 1 %}" * 150 + "{% endif %}" * 150, "{{ " + "-" * 3000 + "1 }}"]
)
def test_deep_nesting_is_told(source: str, room: tuple[Templates, Values]) -> None:
    templates, values = room
    text = source if source.startswith("{") else "{{ " + source + " }}"
    try:
        templates.render_text(text, "templates/t.txt", values)
    except DraftError as stop:
        assert stop.diagnostics[0].code in ("T101", "T109", "T104")
