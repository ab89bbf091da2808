"""目录: what Word fills in, what it finds the headings by, and that it is no text of the report."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from drafter import layout as layouts
from drafter import text
from drafter.document import Attachment, Document
from drafter.layout.model import AUTOMATIC, LITERAL, Layout
from drafter.outline import Outline
from drafter.source import Line, typed
from drafter.word import contents
from drafter.word import write as room
from drafter.word.read import read, read_all
from tests.docx_check import W, problems
from tests.test_auto_numbering import TEXTS
from tests.test_page import lines as page_lines
from tests.test_page import pages
from tests.test_word import changed, part, text_of, value

SUMMARY = layouts.named("总结")


def layout(levels: int = 3, numbering: str = LITERAL, name: str = "总结") -> Layout:
    return replace(layouts.named(name), contents=levels, numbering=numbering)


def write(report: Document | Outline, look: Layout, *, live: bool = True) -> bytes:
    """The writer, checked by the fixture of all tests."""
    return room.write(report, look, live=live)


def outline(source: str) -> Outline:
    return text.read(typed(source, "t.txt"))[0]


REPORT = """\
县应急管理局2022年9月工作总结
县人民政府：
今年以来，各项工作有序推进。
一、安全形势
（一）安全生产方面：截至9月底，发生事故6起。
（二）“双重预防”机制。覆盖率达到100%。
二、工作开展
1.逐级梳理责任清单。各类责任人2800余人。
（1）抓培训。全年举办12期。
县应急管理局
2022年9月30日"""
ENTRIES = ["一、安全形势", "（一）安全生产方面", "（二）“双重预防”机制", "二、工作开展", "1.逐级梳理责任清单"]


def codes(data: bytes) -> list[str]:
    """The codes of the fields, in order."""
    return [(code.text or "").strip() for code in part(data).iter(f"{W}instrText")]


def styled(data: bytes, *names: str) -> list[str]:
    found = ((value(p, "pPr/pStyle") or "", p) for p in part(data).iter(f"{W}p"))
    return [text_of(p) for name, p in found if name.startswith(names)]


def test_the_field_and_its_entries() -> None:
    data = write(outline(REPORT), layout())
    assert styled(data, "ContentsHeading") == ["目  录"]
    assert styled(data, "TOC") == ENTRIES
    assert codes(data) == [
        'TOC \\o "1-3" \\f \\h \\z',
        *(f"PAGEREF _Toc00000000{n} \\h" for n in range(1, 6)),
        'TC "（一）安全生产方面" \\f C \\l "2"',
        'TC "（二）\\“双重预防\\”机制" \\f C \\l "2"',
        'TC "1.逐级梳理责任清单" \\f C \\l "3"',
    ]
    signs = [(s.get(f"{W}fldCharType"), s.get(f"{W}dirty")) for s in part(data).iter(f"{W}fldChar")]
    assert signs[0] == ("begin", "true")
    assert sum(kind == "begin" for kind, _ in signs) == sum(kind == "end" for kind, _ in signs) == 9
    assert [n for _, n in signs].count("true") == 1


def test_every_entry_leads_to_its_heading() -> None:
    data = write(outline(REPORT), layout())
    root = part(data)
    links = [link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")]
    marked = {b.get(f"{W}name"): text_of(b.getparent()) for b in root.iter(f"{W}bookmarkStart")}
    assert list(marked) == links
    assert all(marked[link].startswith(entry) for link, entry in zip(links, ENTRIES, strict=True))


def test_a_run_in_heading_is_named_by_hidden_text() -> None:
    """Why hidden: Word shows the code of a TC field that is not."""
    root = part(write(outline(REPORT), layout()))
    fields = [run for run in root.iter(f"{W}r") if "TC" in "".join(c.text or "" for c in run.iter(f"{W}instrText"))]
    named = [one for one in fields if not "".join(one.itertext()).startswith(" TOC")]
    assert len(named) == 3
    for run in named:
        around = (run.getprevious(), run, run.getnext())
        assert all(one.find(f"{W}rPr/{W}vanish") is not None for one in around)


def test_entries_stand_on_dots_and_further_in() -> None:
    root = part(write(outline(REPORT), layout()), "word/styles.xml")
    looks = {s.get(f"{W}styleId"): s for s in root.iter(f"{W}style")}
    for depth in (1, 2, 3, 4, 5):
        made = looks[f"TOC{depth}"]
        assert value(made, "name") == f"toc {depth}"
        assert [value(made, "pPr/tabs/tab", what) for what in ("val", "leader", "pos")] == ["right", "dot", "8844"]
        assert value(made, "pPr/ind", "leftChars") == str(100 * depth)
        assert value(made, "pPr/ind", "rightChars") is None


def test_the_text_begins_on_page_one() -> None:
    """目录 counts Ⅰ, Ⅱ; sections of landscape pages behind it go on counting."""
    wide = "| " + " | ".join(f"第{n}项" for n in range(14)) + " |"
    data = write(
        outline(f"{REPORT[: REPORT.index('县应急管理局' + chr(10))]}{wide}\n{wide}\n三、打算\n再说。"), layout()
    )
    setups = list(part(data).iter(f"{W}sectPr"))
    assert [(value(s, "pgNumType", "fmt"), value(s, "pgNumType", "start")) for s in setups] == [
        ("upperRoman", "1"), ("decimal", "1"), (None, None), (None, None),
    ]  # fmt: skip
    closing = setups[0].getparent().getparent()
    assert text_of(closing) == "" and value(closing, "pPr/spacing", "line") == "20"
    following = closing.getnext()
    assert text_of(following) == "县人民政府："


@pytest.mark.parametrize("levels", [1, 2, 3, 5])
def test_levels(levels: int) -> None:
    data = write(outline(REPORT), layout(levels))
    entries = styled(data, "TOC")
    assert entries == [e for e in [*ENTRIES, "（1）抓培训"] if _depth(e) <= levels]
    assert len([c for c in codes(data) if c.startswith("TC ")]) == len([e for e in entries if _depth(e) > 1])


def _depth(entry: str) -> int:
    found = re.match("(一、|二、)|(（[一二]）)|(1\\.)|(（1）)", entry)
    assert found is not None and found.lastindex is not None
    return found.lastindex


@pytest.mark.parametrize("source", ["工作总结\n没有标题的一段。", "工作总结\n一、^编了号的一段没有标题。"])
def test_without_headings_there_is_none(source: str) -> None:
    data = write(outline(source), layout())
    assert (styled(data, "TOC", "ContentsHeading"), len(list(part(data).iter(f"{W}sectPr")))) == ([], 1)


def test_headings_of_attachments_are_left_out() -> None:
    """Word looks for headings within the bookmark around the text alone."""
    report = Document(outline(REPORT), attachments=(Attachment(Line("清单"), outline("清单\n一、矿山\n逐矿过筛子。")),))
    data = write(report, layout(name="公文"))
    assert styled(data, "TOC") == ENTRIES
    assert codes(data)[0].endswith(f"\\b {contents.MAIN}")
    root = part(data)
    opening = next(b for b in root.iter(f"{W}bookmarkStart") if b.get(f"{W}name") == contents.MAIN)
    closing = next(b for b in root.iter(f"{W}bookmarkEnd") if b.get(f"{W}id") == opening.get(f"{W}id"))
    assert text_of(opening.getparent()) == "一、安全形势"
    assert text_of(closing.getparent()) == "附件"
    assert contents.MAIN not in write(outline(REPORT), layout()).decode("latin-1")


def test_problems_sees_planted_faults() -> None:
    data = write(outline(REPORT), layout(3, AUTOMATIC))
    plants = {
        "list 9 has no level": ("word/document.xml", b'<w:numId w:val="1"/>', b'<w:numId w:val="9"/>'),
        "has no level 7": ("word/document.xml", b'<w:ilvl w:val="2"/>', b'<w:ilvl w:val="7"/>'),
        "are mixed": ("word/numbering.xml", b"</w:num>", b'</w:num><w:abstractNum w:abstractNumId="8"/>'),
        "not unique": ("word/numbering.xml", b"</w:num>", b'</w:num><w:num w:numId="1"/>'),
        "a field does not end": ("word/document.xml", b'fldCharType="end"', b'fldCharType="separate"'),
        "did not begin": ("word/document.xml", b'<w:fldChar w:fldCharType="begin" w:dirty="true"/>', b""),
        "no bookmark _Toc000000001": ("word/document.xml", b'w:name="_Toc000000001"', b'w:name="_Toc9"'),
        "not hidden": ("word/document.xml", b"<w:vanish/>", b""),
    }
    for fault, (member, old, new) in plants.items():
        assert any(fault in found for found in problems(changed(data, member, old, new))), fault


BAD = '一、引“号”和"直号"\\反斜\n（一）甲"乙\\“丙”。正文。\n（二）尖<&>\x01号。正文。'


def test_no_heading_breaks_the_field() -> None:
    data = write(outline(f"总结\n{BAD}"), layout())
    assert codes(data)[-2:] == [
        'TC "（一）甲\\"乙\\\\\\“丙\\”" \\f C \\l "2"',
        'TC "（二）尖<&>\ufffd号" \\f C \\l "2"',
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS)
def test_the_text_reads_as_without(source: str) -> None:
    report = outline(source)
    wanted = read(write(report, SUMMARY), "t.docx")[0]
    for numbering in (LITERAL, AUTOMATIC):
        for live in (True, False):
            data = write(report, layout(3, numbering), live=live)
            assert problems(data) == []
            assert [line.text for line in read(data, "t.docx")[0]] == [line.text for line in wanted]


def test_contents_are_told_apart() -> None:
    data = write(outline(REPORT), layout())
    found = read_all(data, "t.docx")
    assert [(one.kind, one.text.split("\n")) for one in found.apart] == [("目录", ["目  录", *ENTRIES])]
    assert [d.code for d in found.diagnostics] == ["D117"]


def test_libreoffice_counts_the_pages(tmp_path: Path) -> None:
    """Only of plain lines; of a field it shows what is there, which is no number."""
    long = REPORT.replace("二、工作开展", "补充一段。\n" * 30 + "二、工作开展")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = page_lines(pages(write(outline(long), layout(), live=False), tmp_path / "a")[0])
    entries = [line.replace(".", "") for line in first if "...." in line]
    assert entries == [
        "一、安全形势1",
        "（一）安全生产方面1",
        "（二）“双重预防”机制1",
        "二、工作开展2",
        "1逐级梳理责任清单2",
    ]
    shown = page_lines(pages(write(outline(long), layout()), tmp_path / "b")[0])
    assert [line.replace(".", "") for line in shown if "...." in line] == [e.replace(".", "") for e in ENTRIES]
