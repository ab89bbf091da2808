"""编号: 自动: Word's own numbers are the markers of the outline, to the reader, to Word and to LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from drafter import layout as layouts
from drafter import style, text
from drafter.document import Attachment, Document
from drafter.layout.model import AUTOMATIC, LITERAL, Layout
from drafter.outline import Outline
from drafter.source import Line, typed
from drafter.typeset import compose
from drafter.word import multilevel
from drafter.word import write as room
from drafter.word.element import W as WORD
from drafter.word.multilevel import FORMS, MOST_LISTS, PART, Plan, planned
from drafter.word.parts import Parts
from drafter.word.read import read
from drafter.word.reading.counting import written
from tests.case_files import CASES, Case, load
from tests.docx_check import W, problems
from tests.test_laws import ENDS, WORDS
from tests.test_page import lines as page_lines
from tests.test_page import pages
from tests.test_word import part, text_of, value

SUMMARY = layouts.named("总结")
AUTO = replace(SUMMARY, numbering=AUTOMATIC)


def write(report: Document | Outline, layout: Layout) -> bytes:
    """The writer, checked by the fixture of all tests."""
    return room.write(report, layout)


def outline(source: str) -> Outline:
    return text.read(typed(source, "t.txt"))[0]


def lines(data: bytes) -> list[str]:
    return [line.text for line in read(data, "t.docx")[0]]


def marker(line: str) -> style.Marker | None:
    if line == "附件":
        return None
    at = style.read(line)
    assert at is not None, line
    return at[0]


@pytest.mark.parametrize("case", load(CASES / "lists"), ids=str)
def test_plan(case: Case) -> None:
    plan = planned(marker(line) for line in case.input.split("\n"))
    markers = [marker(line) for line in case.input.split("\n")]
    shown = [
        f"{p.number}/{p.level}" if p else "" if m is None else "照写" for m, p in zip(markers, plan.places, strict=True)
    ]
    assert shown == case.parts["places"].split("\n")
    assert [f"{n} {at}={start}" for n, (at, start) in enumerate(plan.starts, start=2)] == case.lines("starts")


NUMBERS = st.sampled_from(
    ["一、", "二、", "三、", "七、", "十、", "十一、", "二十、", "一百零一、", "（一）", "（二）", "（五）", "（十二）", "1.", "2.", "3.", "9.", "120.",
     "（1）", "（2）", "（21）", "①", "②", "⑩", "⑳", "㉑", "㊿", "〇、", "（〇）", "0.", "", "一是", "表：", "| 甲 | 乙 |"]
)  # fmt: skip
FIRST = st.sampled_from(["", "6起", "2022年", "“", "^", "(", " "])
TEXTS = st.lists(st.builds(lambda m, f, w, e: m + f + w + e, NUMBERS, FIRST, WORDS, ENDS), min_size=1, max_size=25).map(
    "\n".join
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS)
def test_both_ways_read_back_the_same(source: str) -> None:
    report = outline(source)
    by_hand, counted = write(report, SUMMARY), write(report, AUTO)
    assert problems(counted) == []
    assert lines(counted) == lines(by_hand)
    assert write(report, AUTO) == counted


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS)
def test_l3_through_word_and_back(source: str) -> None:
    """Whatever the numbers are: what the text says, both documents say."""
    first = outline(text.write(outline(source), guard=False))
    for layout in (SUMMARY, AUTO):
        assert text.read(read(write(first, layout), "t.docx")[0])[0] == outline(text.write(first, guard=False))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 30)), max_size=40))
def test_the_plan_counts_as_the_reader_does(steps: list[tuple[int, int]]) -> None:
    """Every marker that a list prints is the one that was planned, whatever the order."""
    markers = [style.Marker(style.LEVELS[level], number) for level, number in steps]
    source = "\n".join(f"{style.write(m)}甲" for m in markers)
    plan = planned(markers)
    assert all((place is not None) == multilevel.is_counted(m) for m, place in zip(markers, plan.places, strict=True))
    if source:
        assert lines(write(outline(source), AUTO)) == lines(write(outline(source), SUMMARY))


def test_formats_write_what_the_table_of_styles_writes() -> None:
    for row, (form, shape, most) in zip(style.LEVELS, FORMS, strict=True):
        for number in {1, 9, 10, 11, 19, 20, 21, 99, 100, 101, 110, 111, 199} & set(range(most + 1)):
            shown = shape.replace(f"%{row.depth}", written(number, form) or "")
            assert shown == style.write(style.Marker(row, number))


REPORT = """\
县应急管理局2022年9月工作总结
一、安全形势
（一）安全生产方面：截至9月底，发生事故6起。
（二）自然灾害。启动响应1次。
二、工作开展
1.逐级梳理责任清单。各类责任人2800余人。
（1）抓培训。全年举办12期。
①重点抓好负责人的培训
2. 6起事故挂牌督办，逐起查明原因，追究责任，举一反三，警钟长鸣，把教训变成制度，把制度落到现场。
"""


def numbered(data: bytes) -> dict[str, tuple[str | None, str | None]]:
    """First words of a paragraph with a number → (list, level)."""
    found = ((p, p.find(f"{W}pPr/{W}numPr")) for p in part(data).iter(f"{W}p"))
    return {text_of(p)[:6]: (value(n, "numId"), value(n, "ilvl")) for p, n in found if n is not None}


def test_the_lists_of_a_report() -> None:
    data = write(outline(REPORT), AUTO)
    assert numbered(data) == {
        "安全形势": ("1", "0"), "安全生产方面": ("1", "1"), "自然灾害。启": ("1", "1"), "工作开展": ("1", "0"),
        "逐级梳理责任": ("1", "2"), "抓培训。全年": ("1", "3"), "重点抓好负责": ("1", "4"), " 6起事故挂": ("1", "2"),
    }  # fmt: skip
    (definition,) = part(data, PART).findall(f"{W}abstractNum")
    shown = [
        (value(level, "numFmt"), value(level, "lvlText"), value(level, "suff"), value(level, "rPr/rFonts", "hint"))
        for level in definition.findall(f"{W}lvl")
    ]
    assert shown == [(form, shape, "nothing", "eastAsia") for form, shape, _ in FORMS]
    assert not list(definition.iter(f"{W}ind", f"{W}tab"))
    assert not list(part(data, "word/styles.xml").iter(f"{W}numPr"))
    assert all(p.find(f"{W}ind") is not None for p in part(data).iter(f"{W}pPr") if p.find(f"{W}numPr") is not None)


def test_the_navigation_pane_is_the_same() -> None:
    styles = [[value(p, "pPr/pStyle") for p in part(write(outline(REPORT), a)).iter(f"{W}p")] for a in (SUMMARY, AUTO)]
    assert styles[0] == styles[1]
    assert {"Heading1", "RunIn2", "RunIn3", "Heading5"} < set(styles[1])


def test_numbers_look_as_the_words_behind_them() -> None:
    """A run-in heading's number takes its face from the end of the paragraph; others have that of their style."""
    data = write(outline(REPORT), AUTO)
    faces = {
        text_of(p)[:4]: value(p, "pPr/rPr/rFonts", "eastAsia")
        for p in part(data).iter(f"{W}p")
        if value(p, "pPr/numPr/numId")
    }
    assert (faces["安全形势"], faces["安全生产"], faces["逐级梳理"], faces[" 6起事"]) == (
        None,
        "楷体_GB2312",
        "仿宋_GB2312",
        None,
    )
    bold = replace(SUMMARY.looks["二级标题"], bold=True, color="FF0000")
    told = write(outline(REPORT), replace(AUTO, looks=dict(SUMMARY.looks) | {"二级标题": bold}))
    (mark,) = (p.find(f"{W}pPr/{W}rPr") for p in part(told).iter(f"{W}p") if text_of(p).startswith("自然灾害"))
    assert value(mark, "b", "val") is None and mark.find(f"{W}b") is not None and value(mark, "color") == "FF0000"


@pytest.mark.parametrize("layout", [SUMMARY, replace(AUTO)], ids=["照写", "没有序数"])
def test_without_numbers_there_is_no_part(layout: Layout) -> None:
    report = outline("工作总结\n一、甲\n做了。" if layout.numbering == LITERAL else "工作总结\n做了。")
    with pytest.raises(KeyError):
        part(write(report, layout), PART)


def test_attachments_count_for_themselves() -> None:
    inner = outline("清单\n一、矿山\n逐矿过筛子。\n二、道路")
    report = Document(outline(REPORT), attachments=(Attachment(Line("清单"), inner), Attachment(Line("表"), inner)))
    official = replace(layouts.named("公文"), numbering=AUTOMATIC)
    data = write(report, official)
    lists = [value(n, "numId") for n in part(data).iter(f"{W}numPr") if value(n, "ilvl") == "0"]
    assert lists == ["1", "1", "2", "2", "3", "3"]
    by_hand = write(report, replace(official, numbering=LITERAL))
    assert read(data, "t.docx")[0] == read(by_hand, "t.docx")[0]


OWN = f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"/></w:abstractNum>{{}}</w:numbering>'


@pytest.mark.parametrize(
    "nums", ['<w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>', ""], ids=["有列表", "无列表"]
)
def test_the_lists_of_a_base_stay(nums: str) -> None:
    """A 底稿 with lists of its own: ours come behind them, in the order of the schema, with other ids."""
    there = OWN.format(nums).encode()
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    parts = Parts({PART: there, "[Content_Types].xml": types})
    sheet = compose(outline(REPORT), AUTO)
    plan = Plan(sheet, AUTO, parts)
    given_ = [plan.number(item) for item in sheet.items if getattr(item, "marker", None)]
    first = 8 if nums else 1
    assert {value(n, "numId") for n in given_} == {str(first)}
    root = etree.fromstring(parts.members()[PART])
    kinds = [etree.QName(one).localname for one in root]
    assert kinds == ["abstractNum", "abstractNum", *(["num"] if nums else []), "num"]
    assert root[-1].get(f"{W}numId") == str(first) and value(root[-1], "abstractNumId") == "5"


def test_more_lists_than_word_knows_are_written_out() -> None:
    row = style.LEVELS[0]
    plan = planned(style.Marker(row, 1 + at % 2 * 7) for at in range(MOST_LISTS + 50))
    assert len(plan.starts) == MOST_LISTS - 1
    assert plan.places[-1] is None


@pytest.mark.parametrize(
    "source",
    [REPORT, "总结\n三、起头\n（五）甲\n（六）乙\n三、重号\n（一）丙\n（七）丁\n⑲圈\n⑳圈\n㉑圈"],
    ids=["报告", "乱号"],
)
def test_libreoffice_shows_the_same(source: str, tmp_path: Path) -> None:
    """Word for word and line for line."""
    shown = []
    for name, layout in (("手", SUMMARY), ("自", AUTO)):
        folder = tmp_path / name
        folder.mkdir()
        shown.append([page_lines(page) for page in pages(write(outline(source), layout), folder)])
    assert shown[0] == shown[1] != []
