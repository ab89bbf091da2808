"""The laws of the house as property tests."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter import canonical, chain, check, numeral, outline, text
from drafter.diagnostic import DraftError
from drafter.source import Line, typed
from drafter.template import Templates
from drafter.word import read as word_read
from drafter.word import write as word_write
from tests.docx_check import problems

WORDS = st.text("安全生产工作推进落实重点项目45.5%6起，、“”（）是一二", min_size=1, max_size=30)
MARKERS = st.sampled_from(
    ["一、", "二、", "十一、", "（一）", "(二)", "1.", "2．", "3、", "（1）", "①", "一是", "二是", "三要", "首先，", "其一，",
     "亮点一：", "〇、", "（〇）", "0.", "〇是", "", "表：", "| 甲 | 乙 |", "| --- | --- |", "县政府："]
)  # fmt: skip
ENDS = st.sampled_from(["", "。", "；", "：", "。一是甲；二是乙。", "：一是甲。再说。二是乙；"])
LINES = st.lists(st.builds(lambda m, w, e: m + w + e, MARKERS, WORDS, ENDS), max_size=12)
REPORTS = LINES.map("\n".join)
TABLE_LINES = st.sampled_from(
    ["表1 甲", "表：乙", "单位：万元", "（单位：人）", "| 甲 | 乙 |", "| --- | ---: |", "| :---: | --- |", "| < | ^ |",
     "| ^ | \\< |", "| 1 | \\--- |", "| a\\|b | c\\ |", "图1 丙（柱状图）", "![丁](a.png)", "一、情况", "好。"]
)  # fmt: skip
WITH_TABLES = st.lists(TABLE_LINES | LINES.map("\n".join), max_size=10).map("\n".join)
ANY = st.text(max_size=200) | REPORTS


def read(source: str) -> outline.Outline:
    return text.read(typed(source, "t.txt"))[0]


@given(ANY | WITH_TABLES)
def test_l1_reading_what_was_written_gives_the_same_outline(source: str) -> None:
    first = read(source)
    assert read(text.write(first)) == first


@given(REPORTS | WITH_TABLES)
def test_l2_formatting_twice_is_formatting_once(source: str) -> None:
    once = canonical.formatted(source)
    assert canonical.formatted(once) == once


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(REPORTS)
def test_l3_through_word_and_back(source: str) -> None:
    first = read(text.write(chain.renumber(read(source)), guard=False))
    data = word_write.write(first)
    assert problems(data) == []
    lines, _ = word_read.read(data, "t.docx")
    assert text.read(lines)[0] == first


NAMES = st.sampled_from(["甲", "乙", "丙"])
PIECES = st.one_of(
    WORDS,
    st.just("\n"),
    st.sampled_from(
        ["{{ 甲 }}", "{{乙}}", "{{- 甲 }}", "{{ 乙 -}}", "{% if 甲 %}", "{% if 乙 -%}", "{%- endif %}", "{# 注 #}", " "]
    ),
)


class Plain:
    """Names for both engines: 甲 is text, 乙 is empty."""

    values = {"甲": "数", "乙": ""}

    def get(self, name: str) -> object:
        return self.values.get(name, "")

    def period(self, said: str) -> object:
        return said


@given(st.lists(PIECES, max_size=12).map("".join))
def test_l4_marks_stripped_is_a_plain_render(source: str) -> None:
    import jinja2

    depth = source.count("{% if") - source.count("endif")
    source += "{% endif %}" * max(depth, 0)
    try:
        rendered = Templates({}.get).render_text(source, "templates/t.txt", Plain())
    except DraftError:
        return
    plain = jinja2.Environment(keep_trailing_newline=True).from_string(source).render(Plain.values)
    assert [line.text for line in rendered.text] == [line.text for line in typed(plain, "t")]
    for line in rendered.text:
        for piece, mark in line.pieces():
            assert mark is not None
            row = source.split("\n")[mark.span.line - 1]
            if not row[mark.span.column - 1 :].startswith("{"):
                assert row[mark.span.column - 1 :].startswith(piece)


@given(st.integers(1, numeral.ORDINAL_LIMIT))
def test_l5_ordinals_invert(number: int) -> None:
    assert numeral.ordinal(numeral.chinese(number)) == number


@given(st.decimals(-(10**15), 10**15, places=3, allow_nan=False, allow_infinity=False))
def test_l5_written_numbers_invert(value: Decimal) -> None:
    found = numeral.parse(f"{value:f}万元")
    assert found is not None
    assert (found.value, found.unit) == (value, "万元")
    assert Decimal(found.written) == value


@settings(max_examples=25, deadline=None)
@given(REPORTS)
def test_l6_same_inputs_same_bytes(source: str) -> None:
    assert word_write.write(read(source)) == word_write.write(read(source))


@given(ANY)
def test_l7_every_diagnostic_points_into_an_existing_line(source: str) -> None:
    found = check.file_rules(read(source))
    rows = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in found:
        assert one.span.file == "t.txt"
        assert 1 <= one.span.line <= len(rows)
        assert 1 <= one.span.column <= len(rows[one.span.line - 1]) + 1


@given(st.text() | WITH_TABLES)
def test_l8_reading_any_text_ends_and_raises_nothing(source: str) -> None:
    done = chain.settle(chain.renumber(read(source)))
    assert isinstance(text.write(done, guard=False), str)


@given(st.text("甲乙一、（）1.是；。", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_lines_cut_and_join(source: str, start: int, end: int) -> None:
    line = typed("x" + source, "t")[0] if source.strip() else Line("x")
    a, b = sorted((min(start, len(line)), min(end, len(line))))
    parts = line.cut(0, a).then(line.cut(a, b)).then(line.cut(b))
    assert parts.text == line.text
    for offset in range(len(line)):
        assert parts.at(offset) == line.at(offset)


def test_the_shipped_schema_laws_have_a_text() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    assert all(f"L{n} " in readme for n in (1, 2, 3, 4, 5, 6, 7, 8, 10))
