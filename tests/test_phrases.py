"""Every wording vector: facts → expression → text, through the real facts reader and the real sandbox."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import facts as fact_files
from drafter import period as periods
from drafter import phrases
from drafter.draft import Values
from drafter.figure import OPERANDS, Figure, Indicator, Rank, UndecidedError
from drafter.numeral import parse
from drafter.source import Files
from drafter.template import Templates
from tests.case_files import CASES, Case, load

VECTORS = load(CASES / "phrases")


@pytest.mark.parametrize("case", VECTORS, ids=str)
def test_wording(case: Case, tmp_path: Path) -> None:
    period = periods.parse(case.parts.get("period", "2022-09"))
    assert period is not None
    folder = tmp_path / "data" / "测试"
    folder.mkdir(parents=True)
    (folder / "指标.yaml").write_text((CASES / "phrases" / "指标.yaml").read_text("utf-8"), "utf-8")
    (folder / f"{period}.yaml").write_text(f"期间: {period}\n{case.input}\n", "utf-8")
    found = fact_files.load(Files(tmp_path), "测试", period)
    assert found.diagnostics == ()
    values = Values(found, periods.words(period))
    rendered = Templates({}.get).render_text(case.parts["say"], "templates/t.txt", values)
    assert [line.text for line in rendered.text] == [case.parts["want"].strip()]
    faults = [d for d in rendered.diagnostics if d.code == "T104"]
    assert [f"{d.code} {d.message}" for d in faults] == case.lines("says")
    assert all(d.hint and d.span.line == 1 for d in faults)
    assert ("【有误" in case.parts["want"]) == bool(faults)


def test_all_vectors_are_there() -> None:
    assert len(VECTORS) >= 600


ROWS = [f for f in phrases.FILTERS if f.run.__module__ not in ("drafter.phrases", "drafter.phrases.rollup")]
"""Filters that word figures; tables of figures (合计, 排名) and 累计 have tests of their own."""


def test_every_filter_and_every_form_has_a_case() -> None:
    said = "".join(case.parts["say"] for case in VECTORS)
    assert len(ROWS) > 25
    assert [f.name for f in ROWS if f"|{f.name}" not in said] == []
    forms = {case.name.split()[0] for case in VECTORS if case.file.stem == "forms"}
    assert forms >= {f"F{n}" for n in range(1, 33)}


def test_names_of_the_vocabulary_stand_once() -> None:
    names = [name for f in phrases.FILTERS for name in (f.name, f.alias)]
    assert len(set(names)) == len(names)
    assert all("→" in f.example for f in ROWS)


VALUES = st.one_of(
    st.none(),
    st.sampled_from(
        ["0", "1", "-1", "0.04", "-0.04", "100", "100.04", "99.96", "2800余", "近10", "1,752", "0.0", "7.10"]
    ),
    st.decimals(-(10**6), 10**6, places=2, allow_nan=False, allow_infinity=False).map(lambda d: f"{d:f}"),
)
NUMBERS = VALUES.map(lambda text: None if text is None else parse(text))
RANKS = st.none() | st.builds(
    Rank,
    st.integers(1, 12),
    st.sampled_from(["", "全市"]),
    of=st.sampled_from([None, 12]),
    base=st.none() | st.integers(1, 12),
    previous=st.none() | st.integers(1, 12),
    tied=st.booleans(),
)
INDICATORS = st.builds(
    Indicator,
    st.sampled_from(["甲", "乙增速"]),
    st.sampled_from(["", "起", "亿元", "%", "万元"]),
    st.sampled_from(["", "总量", "比率", "个数"]),
    st.sampled_from(["无", "越低越好"]),
    st.sampled_from([None, 0, 1]),
)
PARTS = st.lists(st.tuples(st.sampled_from(["丙", "丁", "戊"]), NUMBERS), max_size=3, unique_by=lambda p: p[0])


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    indicator, when = draw(INDICATORS), draw(st.sampled_from(["2022-09", "2022-01..2022-01", "2022", "2022Q1"]))
    period = periods.parse(when)
    assert period is not None
    parts = tuple(Figure(replace(indicator, name=n), period, v) for n, v in draw(PARTS))
    operands = {field: draw(NUMBERS) for field in OPERANDS.values()}
    return Figure(indicator, period, **operands, parts=parts, rank=draw(RANKS), estimate=draw(st.booleans()))


WAYS: dict[str, list[dict[str, object]]] = {
    "同比": [{"写法": w, "小数": n} for w in ("倍、翻番", "增减量", "零的突破、降至0", "未发生") for n in (None, 0)],
    "环比": [{"写法": "倍"}, {"称": "较上月", "动词": "上升、回落"}],
    "增减": [{"写法": "翻番、增减量"}, {"预计": False}],
    "增减量": [{"比": "上期"}, {"小数": 0}],
    "增速变化": [{"比": "上年同期"}, {"称": "", "小数": 0}],
    "倍数": [{"比": "上期"}, {"比": "目标"}],
    "位次": [{"写法": "前三、汉字"}, {"写法": "简"}],
    "位次变化": [{"比": "上期"}],
    "其中": [{"余项": "其他"}, {"省零": True}, {"附": "占比、同比"}],
    "完成情况": [{"提前": True}],
    "约数": [{"步长": 10}, {"步长": 100, "写法": "近"}, {"写法": "约"}],
    "比例": [{"平衡": True}, {"小数": 0}],
    "列举": [{"和": True, "等": True}, {"数在前": True, "省零": True}],
    "概述": [{"要": "同比、位次、进度"}],
}
NEVER = re.compile(
    r"(增长|下降|提高|增加|减少|收窄|扩大|加快|回落|高于|低于|前移|后移|减亏|增亏|亏损|余|近|约|超)[^\d，；、。]{0,3}"
    r"(-|0(\.0+)?(?![.\d])|余)|-0(?![.\d])|None|E[+-]|下降约?[\d.]+倍|[，；、]{2}|[，；、]$"
)
"""What no wording may hold: a verb with a sign or nothing behind it, a fall in 倍, doubled marks."""


AS_GIVEN = ("数", "值", "换算", "比例", "列举", "概述", "其中")
"""Filters that print values as they are, negative ones and names included."""


@settings(max_examples=200)
@given(figures(), figures(), st.booleans())
def test_no_figure_is_worded_wrongly(one: Figure, other: Figure, together: bool) -> None:
    said: list[tuple[str, str]] = []
    for row in ROWS:
        for named in ({}, *WAYS.get(row.name, [])):
            wanted = [other] if row.name in ("占比", "比重", "占比变化", "较", "除外") else []
            try:
                found = row.run([one, other] if together else one, *wanted, **named)
            except (phrases.PhraseError, UndecidedError) as stop:
                assert str(stop)
                continue
            if isinstance(found, phrases.Phrase):
                said.append((row.name, str(found)))
    assert said or None in (one.value, other.value)
    for name, text in said:
        assert text
        assert name in AS_GIVEN or not NEVER.search(text), f"{name}: {text}"
