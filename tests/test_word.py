"""word/: what is written is valid, looks as the standard says and reads back; what is hostile is refused."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from drafter.diagnostic import DraftError
from drafter.layout import NAMES, named
from drafter.outline import Outline, Paragraph, Point, Section, Table
from drafter.source import Line, Mark, Origin, Span, typed
from drafter.style import ROWS, Marker
from drafter.text import read as read_text
from drafter.word import write as room
from drafter.word.read import read
from tests.docx_check import W, need, problems

SUMMARY = named("总结")


def write(*args, **named):
    """The writer, checked by the fixture of all tests."""
    return room.write(*args, **named)


REPORT = """\
县应急管理局2022年9月工作总结
县人民政府：
今年以来，我局坚持“预防为主”，各项工作有序推进。
一、安全形势
（一）安全生产方面：截至9月底，发生事故6起、死亡6人——均为一般事故。
（二）自然灾害方面：一是启动Ⅲ级应急响应1次；二是启动Ⅳ级应急响应2次。
表1：项目完成情况
| 项目 | 总投资 | 完成率 |
| 排水设施 | 922 | 45.5% |
| 学校 | 1,830 | — |
二、工作开展
1.逐级梳理责任清单。各类责任人2800余人。
（1）抓培训。全年举办12期。
①重点抓好负责人的培训
共培训320人次。
2.培训率达到100%，比上年提高3个百分点。
县应急管理局
2022年9月30日
"""
OUTLINE, _ = read_text(typed(REPORT, "报告.txt"))


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def text_of(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def value(element: etree._Element | None, path: str, attribute: str = "val") -> str | None:
    """Attribute of the element at a path of w: names, None when it is not there."""
    found = None if element is None else element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return None if found is None else found.get(f"{W}{attribute}")


def paragraph(data: bytes, start: str) -> etree._Element:
    return next(p for p in part(data).iter(f"{W}p") if text_of(p).startswith(start))


class Looks:
    """The paragraph and run properties that hold in the end, styles resolved."""

    def __init__(self, data: bytes) -> None:
        self.styles = {s.get(f"{W}styleId"): s for s in part(data, "word/styles.xml").iter(f"{W}style")}

    def of(self, style: str | None, path: str, attribute: str = "val") -> str | None:
        while style is not None:
            found = value(self.styles[style], path, attribute)
            if found is not None:
                return found
            style = value(self.styles[style], "basedOn")
        return None

    def paragraph(self, p: etree._Element, path: str, attribute: str = "val") -> str | None:
        direct = value(p, f"pPr/{path}", attribute)
        return direct or self.of(value(p, "pPr/pStyle") or "Normal", f"pPr/{path}", attribute)

    def run(self, p: etree._Element, index: int, path: str, attribute: str = "val") -> str | None:
        """Of the run at `index`: its character style, else the paragraph's."""
        style = value(p.findall(f"{W}r")[index], "rPr/rStyle")
        found = self.of(style, f"rPr/{path}", attribute) if style else None
        return found or self.of(value(p, "pPr/pStyle") or "Normal", f"rPr/{path}", attribute)


DATA = write(OUTLINE, author="县应急管理局", date=(2022, 9, 30))
LOOKS = Looks(DATA)


def test_document_is_whole_and_opens() -> None:
    assert problems(DATA) == []
    document = Document(BytesIO(DATA))
    assert document.paragraphs[0].text == "县应急管理局2022年9月工作总结"
    assert document.core_properties.author == "县应急管理局"
    assert document.core_properties.created is not None and document.core_properties.created.year == 2022


def test_problems_sees_planted_faults() -> None:
    plants = {
        "sectPr is not last": (b"</w:body>", b"<w:p/></w:body>"),
        "Heading9 is no style": (b'w:val="Heading1"', b'w:val="Heading9"'),
        "no relationship rId33": (b'r:id="rId3"', b'r:id="rId33"'),
        "has ['jc', 'pStyle'": (b"<w:pPr><w:pStyle ", b'<w:pPr><w:jc w:val="left"/><w:pStyle '),
        "cell without paragraph": (b"</w:p></w:tc>", b"</w:p><w:tbl/></w:tc>"),
        "another number of cells": (b"</w:tc></w:tr>", b"</w:tc><w:tc><w:p/></w:tc></w:tr>"),
        "not preserved": (b"<w:t>", b"<w:t> "),
        "DTD": (b"<w:document ", b"<!DOCTYPE a><w:document "),
        "not paired": (b"<w:r>", b'<w:bookmarkStart w:id="1" w:name="_a"/><w:r>'),
    }
    for fault, (old, new) in plants.items():
        assert any(fault in found for found in problems(changed(DATA, "word/document.xml", old, new))), fault
    assert problems(DATA[:-9]) and problems(DATA.replace(b"word/footer1.xml", b"word/footer9.xml"))


def changed(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """The package with a replacement in one member, otherwise as it was."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(stream, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == member:
                assert old in content
                content = content.replace(old, new)
            target.writestr(entry, content)
    return stream.getvalue()


def test_same_inputs_give_same_bytes() -> None:
    again, _ = read_text(typed(REPORT, "报告.txt"))
    assert write(again, author="县应急管理局", date=(2022, 9, 30)) == DATA
    assert write(OUTLINE) == write(OUTLINE) != DATA


def test_page_and_grid() -> None:
    section = part(DATA).find(f".//{W}sectPr")
    margins = [value(section, "pgMar", side) for side in ("top", "bottom", "left", "right", "header", "footer")]
    assert margins == ["2098", "1984", "1588", "1474", "851", "1452"]
    assert [value(section, "pgSz", side) for side in "wh"] == ["11906", "16838"]
    assert (value(section, "docGrid", "type"), value(section, "docGrid", "linePitch")) == ("lines", "579")
    assert SUMMARY.page.text_width == 8844
    assert 22 * SUMMARY.body.line <= 16838 - 2098 - 1984 < 22 * (SUMMARY.body.line + 1)


def test_body_paragraphs() -> None:
    body = [p for p in part(DATA).iter(f"{W}p") if value(p, "pPr/pStyle") in ("BodyText", "Heading1", "RunIn2")]
    assert len(body) > 5
    for p in body:
        spacing = [LOOKS.paragraph(p, "spacing", a) for a in ("before", "after", "line", "lineRule")]
        assert spacing == ["0", "0", "579", "exact"]
        assert [LOOKS.paragraph(p, "ind", a) for a in ("firstLineChars", "firstLine")] == ["200", "630"]
        assert [LOOKS.paragraph(p, name) for name in ("jc", "snapToGrid", "widowControl")] == ["both", "0", "0"]
        assert [LOOKS.run(p, 0, name) for name in ("sz", "spacing")] == ["32", "-5"]


def test_title() -> None:
    title = paragraph(DATA, "县应急管理局2022年")
    assert LOOKS.paragraph(title, "jc") == "center"
    assert LOOKS.styles["Title"].find(f"{W}pPr/{W}keepNext") is not None
    assert LOOKS.run(title, 0, "sz") == "44"
    assert LOOKS.run(title, 0, "spacing") == "0"
    assert LOOKS.run(title, 0, "rFonts", "eastAsia") == "方正小标宋简体"
    assert LOOKS.run(title, 0, "b") is None
    following = title.getnext()
    assert following is not None and text_of(following) == ""


@pytest.mark.parametrize(
    ("start", "runs", "level"),
    [
        ("一、安全形势", ["黑体"], "0"),
        ("（一）安全生产方面：", ["楷体_GB2312", "仿宋_GB2312"], "1"),
        ("1.逐级", ["仿宋_GB2312", "仿宋_GB2312"], "2"),
        ("（1）抓培训。", ["仿宋_GB2312", "仿宋_GB2312"], "3"),
        ("①重点抓好", ["仿宋_GB2312"], "4"),
        ("2.培训率", ["仿宋_GB2312"], None),
        ("共培训", ["仿宋_GB2312"], None),
    ],
)
def test_fonts_of_levels(start: str, runs: list[str], level: str | None) -> None:
    p = paragraph(DATA, start)
    assert [LOOKS.run(p, i, "rFonts", "eastAsia") for i in range(len(p.findall(f"{W}r")))] == runs
    assert {LOOKS.run(p, i, "rFonts", "ascii") for i in range(len(runs))} == {"Times New Roman"}
    assert LOOKS.paragraph(p, "outlineLvl") == level


def test_headings_stand_in_the_navigation_pane() -> None:
    styles = Document(BytesIO(DATA)).styles
    for depth in range(1, 6):
        style = styles[f"Heading {depth}"]
        assert style.style_id == f"Heading{depth}"
        assert value(style.element, "pPr/outlineLvl") == str(depth - 1)
        assert style.element.find(f"{W}pPr/{W}keepNext") is not None


def test_page_number() -> None:
    assert part(DATA, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        footer = part(DATA, name)
        assert text_of(footer) == "— 1 —"
        assert [i.text for i in footer.iter(f"{W}instrText")] == ["PAGE"]
        runs = list(footer.iter(f"{W}r"))
        assert len(runs) == 7
        for run in runs:
            assert {value(run, "rPr/rFonts", a) for a in ("ascii", "eastAsia", "hAnsi", "cs")} == {"宋体"}
            assert value(run, "rPr/sz") == "28"
        p = footer.find(f"{W}p")
        assert (value(p, "pPr/jc"), value(p, "pPr/ind", side)) == (side, "280")
    references = [r.get(f"{W}type") for r in part(DATA).iter(f"{W}footerReference")]
    assert references == ["default", "even"]


def test_only_the_blank_lines_of_the_standard() -> None:
    blank = [p for p in part(DATA).iter(f"{W}p") if not text_of(p)]
    assert len(blank) == 2, "one below the title, one above the signature"
    assert not any(text_of(p).startswith((" ", "\u3000")) for p in part(DATA).iter(f"{W}p"))
    assert not list(part(DATA).iter(f"{W}tab", f"{W}numPr", f"{W}color"))


@pytest.mark.parametrize(
    ("name", "date", "rights"),
    [
        ("县应急管理局", "2022年9月30日", ["450", "200"]),
        ("清河县人民政府办公室", "2022年9月30日", ["200", "350"]),
        ("县档案馆", "2022年10月8日", ["650", "200"]),
    ],
)
def test_signature_without_seal(name: str, date: str, rights: list[str]) -> None:
    data = write(Outline(blocks=(Paragraph(Line("完。")),), signature=(Line(name), Line(date))))
    signed = [paragraph(data, name), paragraph(data, date)]
    assert [LOOKS.paragraph(p, "ind", "rightChars") for p in signed] == rights
    assert [int(str(LOOKS.paragraph(p, "ind", "right"))) for p in signed] == [int(r) * 315 // 100 for r in rights]
    assert {LOOKS.paragraph(p, "jc") for p in signed} == {"right"}
    blank = signed[0].getprevious()
    assert blank is not None and not text_of(blank)
    kept = [paragraph(data, "完。"), blank, signed[0]]
    assert all(p.find(f"{W}pPr/{W}keepNext") is not None for p in kept)


def test_punctuation_takes_the_chinese_font() -> None:
    p = paragraph(DATA, "今年以来")
    assert value(p.findall(f"{W}r")[0], "rPr/rFonts", "hint") == "eastAsia"
    assert value(paragraph(DATA, "共培训").findall(f"{W}r")[0], "rPr/rFonts", "hint") is None


def test_table() -> None:
    table = next(part(DATA).iter(f"{W}tbl"))
    caption = table.getprevious()
    assert caption is not None and text_of(caption) == "表1：项目完成情况"
    assert LOOKS.paragraph(caption, "jc") == "center"
    first, *rows = table.findall(f"{W}tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows)
    sides = [[value(cell, "p/pPr/jc") for cell in row.findall(f"{W}tc")] for row in rows]
    assert sides == [[None, "right", "right"]] * 2


def test_wide_ragged_and_empty_tables() -> None:
    wide = tuple(Line(f"第{i}列") for i in range(80))
    tables = [(wide, wide), ((Line("甲"), Line("乙")), (Line("1"),)), (), ((),)]
    blocks = tuple(Table(Line(""), rows) for rows in tables)
    data = write(Outline(blocks=blocks))
    assert problems(data) == []
    assert "第79列" in text_of(part(data))


def test_narrow_columns_keep_their_width() -> None:
    rows = (("序号", "单位", "内容"), ("1", "应急局", "清理整治" * 20))
    table = Table(Line(""), tuple(tuple(map(Line, row)) for row in rows))
    widths = [int(str(c.get(f"{W}w"))) for c in part(write(Outline(blocks=(table,)))).iter(f"{W}gridCol")]
    assert widths == [740, 980, 7124], "two and three 字 of 240 with 260 for the margins; the rest is the third's"


def test_equal_values_side_by_side_keep_their_runs() -> None:
    place = Span("数据.yaml", 3, 1)
    six = Line("6起", (Mark(0, place, Origin("事故起数", place)),))
    point = Point(Marker(ROWS[5], 1), six, six)
    data = write(Outline(blocks=(Paragraph(Line("共"), (point,)),)))
    assert [text_of(run) for run in paragraph(data, "共").findall(f"{W}r")] == ["共一是", "6起", "6起"]


def test_missing_facts_are_highlighted() -> None:
    place = Span("数据.yaml", 3, 1)
    known, unknown = Origin("事故起数", place), Origin("满意度", None, missing=True)
    marks = (Mark(0, place), Mark(2, place, known), Mark(4, place), Mark(8, place, unknown), Mark(16, place))
    data = write(Outline(blocks=(Paragraph(Line("发生6起，满意度【待补：满意度】。", marks)),)))
    runs = paragraph(data, "发生").findall(f"{W}r")
    assert [text_of(run) for run in runs] == ["发生", "6起", "，满意度", "【待补：满意度】", "。"]
    assert [value(run, "rPr/highlight") for run in runs] == [None, None, None, "yellow", None]


def test_hostile_characters() -> None:
    text = "".join(chr(c) for c in range(0x20)) + "\ud800\ufffe\uffff\u202e<w:p>&amp;]]>{{ x }}\x7f😀"
    data = write(Outline(title=Line(text), blocks=(Paragraph(Line(text)),)), author=text)
    assert problems(data) == []
    shown = Document(BytesIO(data)).paragraphs[0].text
    assert "<w:p>&amp;]]>{{ x }}\x7f😀" in shown
    assert "\ufffd" in shown and "\t" in shown and "\n" in shown


def test_reads_back() -> None:
    lines, diagnostics = read(DATA, "报告.docx")
    assert diagnostics == ()
    assert read_text(lines)[0] == OUTLINE
    assert "".join(f"{line}\n" for line in lines) == REPORT
    assert [line.at(0) for line in lines][:3] == [Span("报告.docx", n, 1) for n in (1, 3, 4)]


def test_pipe_in_a_cell_reads_back() -> None:
    table = Table(Line("表1：甲"), ((Line("a|b"), Line("")), (Line("1"), Line("x"))))
    lines, _ = read(write(Outline(blocks=(table,))), "a.docx")
    assert [line.text for line in lines] == ["表1：甲", "| a\\|b |  |", "| 1 | x |"]


WORDS = st.text(alphabet=st.sampled_from("今年全县6起，。；：“”—·×1a|\\ \t\x00\ud8ff表一、（）①"), max_size=12)
LINES = st.builds(Line, WORDS)
MARKERS = st.builds(Marker, st.sampled_from(ROWS), st.integers(0, 120))
POINTS = st.builds(Point, MARKERS, LINES, LINES)
PARAGRAPHS = st.builds(Paragraph, LINES, st.lists(POINTS, max_size=2).map(tuple))
TABLES = st.builds(Table, LINES, st.lists(st.lists(LINES, max_size=4).map(tuple), max_size=3).map(tuple))
BLOCKS = st.lists(PARAGRAPHS | TABLES, max_size=3).map(tuple)
LEVELS = st.builds(Marker, st.sampled_from(ROWS[:5]), st.integers(0, 120))


def sections(below: st.SearchStrategy[tuple[Section, ...]]) -> st.SearchStrategy[tuple[Section, ...]]:
    return st.lists(st.builds(Section, LEVELS, LINES, st.booleans(), BLOCKS, below), max_size=2).map(tuple)


OUTLINES = st.builds(
    Outline, LINES, LINES, BLOCKS, sections(sections(st.just(()))), st.lists(LINES, max_size=3).map(tuple)
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(OUTLINES)
def test_any_outline_is_written_whole(outline: Outline) -> None:
    data = write(outline)
    assert problems(data) == []
    Document(BytesIO(data))
    read(data, "a.docx")


@pytest.mark.parametrize("outline", [Outline(), OUTLINE], ids=["empty", "report"])
def test_openxml_audit(outline: Outline, tmp_path: Path) -> None:
    try:
        from openxml_audit import OpenXmlValidator
    except ImportError:
        need(False, "openxml-audit is not installed")
    path = tmp_path / "a.docx"
    path.write_bytes(write(outline))
    result = OpenXmlValidator().validate(str(path))
    assert [str(e) for e in result.errors] == []


def test_layouts_are_data() -> None:
    assert NAMES == ("总结", "公文", "函", "纪要", "命令")
    for name in NAMES:
        assert named(name) is named(name), "the base package is kept by layout"
        assert named(name).name == name


def test_doors_are_light() -> None:
    program = (
        "import sys, drafter.layout.model, drafter.word.write, drafter.word.read;"
        "print([m for m in ('docx', 'lxml') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


# reading what others wrote


def package(document: str, **others: bytes) -> bytes:
    """A .docx of ours with another main part and more members."""
    stream = BytesIO()
    with ZipFile(BytesIO(DATA)) as source, ZipFile(stream, "w") as target:
        for entry in source.infolist():
            content = document.encode() if entry.filename == "word/document.xml" else source.read(entry)
            target.writestr(entry.filename, content)
        for name, content in others.items():
            target.writestr(name, content)
    return stream.getvalue()


def wrapped(body: str, namespace: str = W[1:-1]) -> str:
    return (
        f'<w:document xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        f' xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{body}</w:body></w:document>'
    )


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


BOX = f"<w:txbxContent>{p(r('框'))}</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (p(r("甲"), f"<w:ins>{r('乙')}</w:ins>", f"<w:del>{r('丙')}</w:del>"), ["甲乙"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('控'))}</w:sdtContent></w:sdt>", ["控"]),
        (p(f"<w:smartTag>{r('智')}</w:smartTag><w:hyperlink>{r('链')}</w:hyperlink>"), ["智链"]),
        (p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"), ["甲\t乙", "丙"]),
        (
            p(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>',
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                r("5"),
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            ),
            ["5"],
        ),
        (
            p(
                r("文"),
                f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
                f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback>"
                "</mc:AlternateContent></w:r>",
            ),
            ["文", "框"],
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p(r('a|b'))}{p(r('c'))}</w:tc></w:tr>"
            f"<w:tr><w:tc>{p(r('1'))}</w:tc><w:tc><w:tbl><w:tr><w:tc>{p(r('内'))}</w:tc></w:tr></w:tbl>{p()}</w:tc>"
            "</w:tr></w:tbl>",
            ["| a\\|b c | < |", "| 1 | 内 |"],
        ),
    ],
    ids=["inserted", "control", "inline", "breaks", "field", "textbox", "table"],
)
def test_text_that_a_plain_loop_loses(body: str, lines: list[str]) -> None:
    text, diagnostics = read(package(wrapped(body)), "旧.docx")
    assert [line.text for line in text] == lines
    assert [d.code for d in diagnostics] == (["D121"] if "<w:ins>" in body else [])


HOSTILE = {
    "empty": ("D101", lambda: b""),
    "text": ("D101", lambda: b"plain text"),
    "ole": ("D102", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "cut": ("D103", lambda: DATA[:3000]),
    "no xml": ("D103", lambda: package("")),
    "entity": ("D105", lambda: package('<!DOCTYPE a [<!ENTITY b "c">]>' + wrapped(p(r("&b;"))))),
    "deep": ("D104", lambda: package(wrapped("<w:sdt>" * 400 + "</w:sdt>" * 400))),
    "paragraphs": ("D104", lambda: package(wrapped("<w:p/>" * 1_000_001))),
    "entries": ("D104", lambda: package(wrapped(""), **{f"x{n}": b"" for n in range(1001)})),
    "zeros": ("D104", lambda: package(wrapped(""), zeros=bytes(101 << 20))),
    "twice": ("D105", lambda: package(wrapped(""), **{"word/DOCUMENT.xml": b"<a/>"})),
    "no body": ("D106", lambda: package(f'<w:document xmlns:w="{W[1:-1]}"/>')),
    "escape": ("D105", lambda: changed(DATA, "word/_rels/document.xml.rels", b'"styles.xml"', b'"../../../etc/a"')),
    "dtd": ("D105", lambda: changed(DATA, CORE, b"<cp:core", b"<!DOCTYPE a SYSTEM 'http://127.0.0.1/a'><cp:core")),
}
CORE = "docProps/core.xml"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str) -> None:
    code, data = HOSTILE[name]
    with pytest.raises(DraftError) as refused:
        read(data(), "坏.docx")
    assert [d.code for d in refused.value.diagnostics] == [code]
    assert refused.value.diagnostics[0].hint


ODD = {
    "junk in front": ("D111", lambda: b"junk" + DATA),
    "macro": ("D112", lambda: package(wrapped(p(r("正文"))), **{"word/vbaProject.bin": b"x"})),
    "lost part": ("D113", lambda: changed(DATA, "word/_rels/document.xml.rels", b'"styles.xml"', b'"../NULL"')),
    "strict": ("D114", lambda: package(wrapped(p(r("正文")), "http://purl.oclc.org/ooxml/wordprocessingml/main"))),
    "hidden": ("D115", lambda: package(wrapped(p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>", r("正文"))))),
    "numbered": (
        "D116",
        lambda: package(wrapped(p("<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>", r("正文")))),
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_read_with_a_warning(name: str) -> None:
    code, data = ODD[name]
    text, diagnostics = read(data(), "怪.docx")
    assert text and all("密" not in line.text for line in text)
    assert [d.code for d in diagnostics] == [code]


def test_deep_but_legal_nesting_is_read() -> None:
    depth = 120
    body = "<w:sdt><w:sdtContent>" * depth + p(r("深")) + "</w:sdtContent></w:sdt>" * depth
    assert [line.text for line in read(package(wrapped(body)), "深.docx")[0]] == ["深"]


def test_damaged_copies_end_in_a_refusal_or_text() -> None:
    import random

    chance = random.Random(7)
    outcomes = set()
    for _ in range(300):
        data = bytearray(DATA)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            outcomes.add(bool(read(bytes(data), "x.docx")[0]))
        except DraftError as refused:
            outcomes.add(refused.diagnostics[0].code)
    assert "D103" in outcomes


def test_a_skip_is_a_failure_where_none_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRAFTER_NO_SKIP", raising=False)
    with pytest.raises(pytest.skip.Exception):
        need(False, "no tool")
    monkeypatch.setenv("DRAFTER_NO_SKIP", "1")
    with pytest.raises(pytest.fail.Exception):
        need(False, "no tool")
    need(True, "nothing is missing")
