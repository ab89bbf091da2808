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
from drafter.diagnostic import Diagnostic, DraftError, Severity
from drafter.figure import OPERANDS, Figure, Indicator, Rank
from drafter.lookup import Values
from drafter.missing import UndecidedError
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
    for name, facts in case.parts.items():
        if name.endswith(".yaml"):
            (folder / name).write_text(f"{facts}\n", "utf-8")
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
    assert len(VECTORS) >= 850
    assert len(UNDECIDED) > 90


def rendered(facts: str, say: str, tmp_path: Path) -> tuple[list[str], list[Diagnostic]]:
    """The lines of a template with facts of September 2022, and what is told; no lines when it stops."""
    folder = tmp_path / "data" / "测试"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "指标.yaml").write_text((CASES / "phrases" / "指标.yaml").read_text("utf-8"), "utf-8")
    (folder / "2022-09.yaml").write_text(f"{facts}\n", "utf-8")
    period = periods.month(2022, 9)
    found = fact_files.load(Files(tmp_path), "测试", period)
    try:
        made = Templates({}.get).render_text(say, "t.txt", Values(found, periods.words(period)))
    except DraftError as stop:
        return [], list(stop.diagnostics)
    return [line.text for line in made.text], list(made.diagnostics)


UNDECIDED = [(case, say) for case in load(CASES / "conditions") for say in case.lines("say")]


@pytest.mark.parametrize(("case", "say"), UNDECIDED)
def test_what_is_missing_decides_nothing(case: Case, say: str, tmp_path: Path) -> None:
    text, told = rendered(case.input, say, tmp_path)
    assert text == []
    stops = [d for d in told if d.code == "T105"]
    assert [d.message.startswith(f"“{lacks}”") for lacks in case.lines("lacks") for d in stops] == [True]
    assert stops[0].span.line == 1
    asked = re.search(r"\{% if (.+) is 已填 %\}", stops[0].hint)
    assert asked
    if not asked[1].startswith("项."):
        text, _ = rendered(case.input, f"{asked[0]}甲{{% else %}}乙{{% endif %}}", tmp_path)
        assert text == ["乙"]


@pytest.mark.parametrize(
    ("facts", "say", "want"),
    [
        ("起数: 6\n人数:", "[起数, 人数] is 已填", "乙"),
        ("起数: 6\n人数: 5", "[起数, 人数] is 已填", "甲"),
        ("起数: {上年同期: 5, 目标: 9}", "起数 is 已填", "乙"),
        ("起数: {本期: , 其中: {工贸: }}", "起数 is 已填", "乙"),
        ("起数: {本期: , 其中: {工贸: 2}}", "起数 is 已填", "甲"),
        ("起数: {增幅: 5%}", "起数 is 已填", "甲"),
        ("起数: {增幅: 5%}", "起数.本期 is 已填", "乙"),
        ("起数: {增幅: 5%}", "起数", "甲"),
        ("起数: 0", "起数", "乙"),
        ("起数: 0", "起数 is 已填", "甲"),
        ("起数: 6", "起数.其中 is 已填", "乙"),
        ("景区: []", "景区 is 已填", "乙"),
    ],
)
def test_what_is_filled_in_is_known(facts: str, say: str, want: str, tmp_path: Path) -> None:
    assert rendered(facts, f"{{% if {say} %}}甲{{% else %}}乙{{% endif %}}", tmp_path) == ([want], [])


@pytest.mark.parametrize("say", ['"起数"', "not '起数'", '"起数" is 已填', "[起数, 人数]", '起数 and "人数"'])
def test_a_condition_on_typed_words_is_refused(say: str, tmp_path: Path) -> None:
    text, told = rendered("起数: 6\n人数: 5", f"{{% if {say} %}}甲{{% else %}}乙{{% endif %}}", tmp_path)
    assert text == []
    assert [d.code for d in told] == ["T104"]


@pytest.mark.parametrize(
    ("say", "want"),
    [
        ("月 == 9", "甲"),
        ("月 != 9", "乙"),
        ("9 == 月", "甲"),
        ("月 == '9'", "甲"),
        ("月 == '9月'", "乙"),
        ("月 < 10 and 月 <= 9", "甲"),
        ("月 > '10' or 月 >= 10", "乙"),
        ("月 in [3, 6, 9, 12]", "甲"),
        ("月 not in ['3', '6', '9', '12']", "乙"),
        ("年 >= 2020 and 上年 == 2021 and 下年 > 年", "甲"),
        ("主题 == '丰收节'", "甲"),
        ("主题 != '丰收节'", "乙"),
    ],
)
def test_months_and_years_compare_with_numbers(say: str, want: str, tmp_path: Path) -> None:
    say = f"{{% if {say} %}}甲{{% else %}}乙{{% endif %}}{{{{ 年 }}}}-{{{{ 月 }}}}"
    assert rendered("主题: 丰收节", say, tmp_path) == ([f"{want}2022-9"], [])


@pytest.mark.parametrize("word", ["否", "无", "没有", "暂无", "不"])
def test_a_text_that_says_no_is_no_yes(word: str, tmp_path: Path) -> None:
    text, told = rendered(f"灾情: {word}", "{% if 灾情 %}甲{% else %}乙{% endif %}", tmp_path)
    assert text == []
    assert [d.code for d in told] == ["T104"]


@pytest.mark.parametrize("say", ["电话 == 12345", "电话 != 12345", "12345 == 电话", "电话 > 5", "月 > 电话 - 1"])
def test_a_text_is_no_number(say: str, tmp_path: Path) -> None:
    text, told = rendered('电话: "12345"', f"{{% if {say} %}}甲{{% else %}}乙{{% endif %}}", tmp_path)
    assert text == []
    assert [d.code for d in told] == ["T104"]


def test_names_parted_by_the_wrong_mark(tmp_path: Path) -> None:
    text, told = rendered("起数: 6\n人数: 5", "{{ [起数、人数]|列举 }}", tmp_path)
    assert text == []
    assert [(d.message, d.hint) for d in told] == [("名称之间写了顿号", "改成逗号，如 [事故起数, 死亡人数]")]


def test_a_loop_over_an_unknown_name_is_an_error(tmp_path: Path) -> None:
    text, told = rendered("起数: 6", "{% for 项 in 重点项木 %}有项目。{% endfor %}", tmp_path)
    assert text == ["有项目。"]
    assert [(d.code, d.severity) for d in told] == [("T102", Severity.ERROR)]


ELSEWHERE = ("drafter.phrases", "drafter.phrases.rollup", "drafter.phrases.chart", "drafter.phrases.course")
ROWS = [f for f in phrases.FILTERS if f.run.__module__ not in ELSEWHERE]
"""Filters that word figures; tables of figures (合计, 排名), charts and 累计 have tests of their own."""


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
    period = draw(st.sampled_from([period, periods.same_months(period, 2019)]))
    parts = tuple(Figure(replace(indicator, name=n), period, v) for n, v in draw(PARTS))
    operands = {field: draw(NUMBERS) for field in OPERANDS.values()}
    return Figure(indicator, period, **operands, parts=parts, rank=draw(RANKS), estimate=draw(st.booleans()))


WAYS: dict[str, list[dict[str, object]]] = {
    "同比": [{"写法": w, "小数": n} for w in ("倍、翻番", "增减量", "零的突破、降至0", "未发生") for n in (None, 0)],
    "环比": [{"写法": "倍"}, {"称": "较上月", "动词": "上升、回落"}],
    "增减": [{"写法": "翻番、增减量"}, {"预计": False}],
    "增减量": [{"比": "上期"}, {"小数": 0}],
    "比": [{"量": True}, {"写法": "倍、增减量", "称": "较2020年"}],
    "增减到": [{"动词": "上升、回落"}],
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


AS_GIVEN = ("数", "值", "换算", "比例", "列举", "概述", "其中", "增减到")
"""Filters that print values as they are, negative ones and names included."""


@settings(max_examples=200)
@given(figures(), figures(), st.booleans())
def test_no_figure_is_worded_wrongly(one: Figure, other: Figure, together: bool) -> None:
    said: list[tuple[str, str]] = []
    for row in ROWS:
        for named in ({}, *WAYS.get(row.name, [])):
            wanted: list[object] = [other] if row.name in ("占比", "比重", "占比变化", "较", "除外") else []
            if row.name in ("比", "年均", "增减到"):
                wanted = [[other, one]] if together else [other]
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
