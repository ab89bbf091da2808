"""The page of HTML: the paper as browsers show it, every figure with its source, nothing that a fact can break."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from types import MappingProxyType
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from drafter import layout, text
from drafter.document import Attachment, Document
from drafter.outline import Chart, Image, Outline, Paragraph, Table
from drafter.page import figures as drawn
from drafter.page import write
from drafter.page.press import Press
from drafter.project import Project
from drafter.source import Line, Mark, Origin, Span, typed
from drafter.text import official
from drafter.typeset.sheet import Picture
from drafter.unseen import legal
from drafter.word import write as word_write
from tests import made_images
from tests.case_files import CASES, Case, accept, load
from tests.page_reader import Node, blocks, figures, headings, read, told
from tests.project_files import ROOT, drafted, make
from tests.test_laws import ANY, REPORTS

ALL = load(CASES / "page")
NAMES = ("总结", "公文", "函", "纪要", "命令")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLACE = Span("data/局/2022-09.yaml", 3, 1)
TYPED = Span("templates/局/月报/1.txt", 1, 1)


def outline(source: str) -> Outline:
    return text.read(typed(source, "t.txt"))[0]


def page(document: Document | Outline, name: str = "总结", **given: object) -> Node:
    return read(write(document, layout.named(name), **given))  # type: ignore[arg-type]


def figure(words: str, origin: Origin) -> Line:
    """A line that is one value."""
    return Line(words, (Mark(0, TYPED, origin),))


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    read_outline = outline(case.input)
    document = Document(read_outline, organs=(Line("清源县人民政府"),), number=Line("清政函〔2022〕3号"))
    found = "\n".join(told(page(document, case.parts.get("layout", "总结").strip() or "总结")))
    if request.config.getoption("--accept"):
        accept(case, "page", found)
        return
    assert found == case.parts["page"]


OFFICIAL = Document(
    outline("关于做好安全生产工作的通知\n各乡镇：\n现通知如下。\n一、任务\n（一）排查。查到底。\n1.立行立改\n县政府办\n2022年9月30日"),
    copy_number=Line("000001"), secrecy=Line("秘密★1年"), urgency=Line("特急"),
    organs=(Line("清源县人民政府"),), number=Line("清政〔2022〕10号"), subtitle=Line("（征求意见稿）"), office=Line("县长"),
    attachments=(Attachment(Line("任务清单"), outline("任务清单\n一、清单\n查漏洞。")), Attachment(Line("责任分工"))),
    note=Line("此件公开发布"), meeting=(("出席", Line("张三，李四")), ("列席", Line("王五"))),
    copies=Line("县委办，县人大办"), printer=Line("县政府办"), printed=Line("2022年10月8日"),
)  # fmt: skip


def docx_texts(data: bytes) -> list[str]:
    """The text of every paragraph of a .docx that has any, its headers first."""
    with ZipFile(BytesIO(data)) as archive:
        names = sorted(name for name in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", name))
        parts = [etree.fromstring(archive.read(name)) for name in (*names, "word/document.xml")]
    every = ("".join(map(_piece, p.iter(f"{W}t", f"{W}tab", f"{W}br"))) for part in parts for p in part.iter(f"{W}p"))
    return [found for found in every if found.strip()]


def _piece(element: etree._Element) -> str:
    if element.getparent().tag == f"{W}tabs":
        return ""
    return {f"{W}tab": "\t", f"{W}br": "\n"}.get(element.tag, element.text or "")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS)
def test_the_page_says_what_the_docx_says(source: str) -> None:
    """The text of the page is that of the .docx, paragraph by paragraph."""
    document = outline(source)
    assert blocks(page(document)) == docx_texts(word_write.write(document))


@pytest.mark.parametrize("name", NAMES)
def test_every_layout_says_what_the_docx_says(name: str) -> None:
    made = word_write.write(OFFICIAL, layout.named(name))
    assert blocks(page(OFFICIAL, name)) == docx_texts(made)


def lines_of(document: Document, name: str) -> list[str]:
    look = layout.named(name)
    suffix = look.head.suffix if look.head else ""
    return official.write(
        document, look.order, suffix=suffix, seal=look.seal, printing=look.imprint.printed
    ).splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_the_txt_stands_in_the_page(name: str) -> None:
    """In the same order; 密级 and 紧急程度 left out, since a 函 has its number beside the 份号 above them."""
    document = replace(OFFICIAL, secrecy=Line(""), urgency=Line(""))
    said = ["".join(line.split()) for line in lines_of(document, name)]
    shown = "".join("".join(block.split()) for block in blocks(page(document, name)))
    at = 0
    for line in said:
        assert shown.find(line, at) >= 0, line
        at = shown.find(line, at) + len(line)
    assert len(said) >= 10


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("公文", "000001 秘密★1年 特急 清源县人民政府文件 清政〔2022〕10号 关于做好安全生产工作的通知 （征求意见稿） 各乡镇："
                 " 附件：1.任务清单 2.责任分工 县政府办 2022年9月30日 （此件公开发布） 附件1 任务清单 抄送：县委办，县人大办。"
                 " 县政府办　2022年10月8日印发"),
        ("函", "清源县人民政府 000001 清政〔2022〕10号 附件：1.任务清单 附件1 抄送：县委办，县人大办。"),
        ("纪要", "清源县人民政府纪要 清政〔2022〕10号 出席：张三，李四 列席：王五 附件：1.任务清单"),
        ("命令", "清源县人民政府令 清政〔2022〕10号 县长　　县政府办 2022年9月30日"),
        ("总结", "关于做好安全生产工作的通知 （征求意见稿） 各乡镇： 县政府办 （此件公开发布）"),
    ],
)  # fmt: skip
def test_txt_holds_every_element_of_the_layout_in_order(name: str, wanted: str) -> None:
    said = lines_of(OFFICIAL, name)
    at = -1
    for line in wanted.split(" "):
        assert line in [one.strip() for one in said[at + 1 :]], (line, said)
        at = [one.strip() for one in said].index(line, at + 1)
    if name in ("函", "总结"):
        assert not any("印发" in line for line in said)


@given(ANY)
def test_txt_of_a_plain_report_is_its_numbered_text(source: str) -> None:
    document = Document(outline(source))
    assert official.write(document, layout.named("总结").order) == text.write(document.outline, guard=False)


def test_joint_organs_in_txt() -> None:
    document = replace(OFFICIAL, organs=(Line("县委"), Line("县政府")), issuers=(Line("张三"), Line("李四")))
    said = lines_of(document, "公文")
    assert said[3:6] == ["县委", "县政府文件", "清政〔2022〕10号　签发人：张三　李四"]


HOSTILE = [
    "<script>alert(1)</script>", "</style></title></main></html>", "<!-- -->", "]]>", "&amp;&#60;", "\"' onload='x()'",
    "\x00\x01\x1b[31m", "\ud800半\udfff", "\ufffe\uffff", "\u202e倒\u202c", "\t\r\n ", "javascript:alert(1)", "{{ 7*7 }}",
    "`${x}`", "\x0b\x0c\x85\u2028",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_text(words: str) -> None:
    origin = Origin(words, Span(words, 3, 1), words, words, office=words)
    value = figure(words, origin)
    table = Table(value, ((value, value), (value, Line(words))), value)
    body = Outline(value, value, (Paragraph(value), table, Image(value, words)), (), (value,))
    document = replace(OFFICIAL, outline=body, organs=(value,), number=value, copies=value, note=value)
    made = page(document, "公文", author=words, period=words)
    assert {node.name for node in made.all()}.isdisjoint({"script", "iframe", "object", "link", "base", "form"})
    assert not [key for node in made.all() for key in node.given if key.startswith("on")]
    found = [node for node in figures(made) if "missing" not in node.classes]
    assert len(found) >= 8
    seen = legal(words).replace("\r\n", "\n").replace("\r", "\n")
    for node in found:
        assert node.text == seen
        assert node.given["data-fact"].replace("\r", "\n") == legal(words).replace("\r", "\n")
    assert made.one("title").text == " ".join(seen.split()) or not words.split()


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_shown_as_it_is(words: str, name: str) -> None:
    made = page(Outline(blocks=(Paragraph(figure(words, Origin(name or "x", PLACE)).then(Line(words))),)))
    seen = re.sub("\r\n|\r", "\n", legal(words))
    assert made.one("main").text == seen + seen


def test_a_font_cannot_end_the_style_sheet() -> None:
    plain = layout.named("总结")
    name = '";}</style><script>\\\n\x00'
    looks = MappingProxyType({key: replace(look, font=name, latin=name) for key, look in plain.looks.items()})
    made = read(write(Outline(Line("标题")), replace(plain, looks=looks, latin=name)))
    assert made.one("style").text.rstrip().endswith("}")
    assert [node.name for node in made.all("script")] == []


def test_nothing_is_fetched_and_nothing_runs() -> None:
    made = write(OFFICIAL, layout.named("公文"))
    tree = read(made)
    policy = next(node.given["content"] for node in tree.all("meta") if "http-equiv" in node.given)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert not re.search(
        rb"url\(|@import|https?://|src=\"(?!data:)|<script|<link", made.replace(b"http://www.w3.org/2000/svg", b"")
    )


@settings(max_examples=20)
@given(REPORTS)
def test_same_inputs_same_bytes(source: str) -> None:
    assert write(outline(source), layout.named("公文")) == write(outline(source), layout.named("公文"))


SEEDED = """
from drafter import layout, text
from drafter.page import write
from drafter.source import typed
import hashlib, sys
made = write(text.read(typed("标题\\n一、甲\\n表：数\\n| 甲 | 乙 |\\n| 1 | 2 |", "t"))[0], layout.named("公文"))
print(hashlib.sha256(made).hexdigest(), *sorted({"lxml", "docx", "jinja2", "click"} & set(sys.modules)))
"""


def test_the_seed_of_hashes_changes_nothing_and_imports_are_light() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", SEEDED], env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=True, cwd=ROOT,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1
    assert len(said.pop().split()) == 1


def test_headings_make_an_outline() -> None:
    found = headings(page(OFFICIAL, "公文"))
    assert found == [
        (1, "关于做好安全生产工作的通知"), (2, "一、任务"), (3, "（一）排查。"), (4, "1.立行立改"), (1, "任务清单"), (2, "一、清单"),
    ]  # fmt: skip


def test_contents_lead_to_headings() -> None:
    source = "标题\n一、甲\n（一）同名\n（二）同名。正文。\n二、乙\n（一）同名\n1.丙"
    made = page(replace(OFFICIAL, outline=outline(source), contents=2), "公文")
    named = {node.given["id"]: node.text for node in made.all("h2", "h3", "h4") if "id" in node.given}
    links = [(node.text, named[node.given["href"][1:]]) for node in made.one("nav").all("a")]
    assert [(mine, theirs.rstrip("。")) for mine, theirs in links] == [
        (words, words) for words in ("一、甲", "（一）同名", "（二）同名", "二、乙", "（一）同名")
    ]
    assert len({node.given["href"] for node in made.one("nav").all("a")}) == 5
    first, second = list(made.one("main").all("section"))[:2]
    assert list(first.all("nav")) != [], "the text behind the contents begins a page, as in Word"
    assert headings(second)[0] == (2, "一、甲")


@pytest.mark.parametrize(
    ("origin", "title", "data"),
    [
        (
            Origin("事故起数", PLACE, "2022-09", "同比", office="应急局"),
            "事故起数 · 2022-09 · 同比 · data/局/2022-09.yaml:3 · 责任单位：应急局",
            {"fact": "事故起数", "period": "2022-09", "formula": "同比", "file": "data/局/2022-09.yaml", "line": "3", "office": "应急局"},
        ),
        (
            Origin("投资", Span("data/局/2022-09.xlsx", 7, 2, "收支!B7"), "2022-09"),
            "投资 · 2022-09 · data/局/2022-09.xlsx:收支!B7",
            {"fact": "投资", "period": "2022-09", "file": "data/局/2022-09.xlsx", "line": "7", "cell": "收支!B7"},
        ),
        (
            Origin("满意度", None, "2022-09", missing=True, office="统计局"),
            "还缺：满意度 · 2022-09 · 责任单位：统计局",
            {"fact": "满意度", "period": "2022-09", "office": "统计局"},
        ),
    ],
)  # fmt: skip
def test_a_figure_tells_its_source(origin: Origin, title: str, data: dict[str, str]) -> None:
    [node] = figures(page(Outline(blocks=(Paragraph(Line("发生").then(figure("6起", origin))),))))
    assert node.text == "6起"
    assert node.given["title"] == title
    assert node.given["tabindex"] == "0", "the keyboard and a finger reach it"
    assert {key.removeprefix("data-"): value for key, value in node.given.items() if key.startswith("data-")} == data
    assert ("missing" in node.classes) == origin.missing


def test_a_value_without_a_fact_is_plain_text() -> None:
    made = page(Outline(blocks=(Paragraph(figure("9月", Origin("", None))),)))
    assert figures(made) == []
    assert list(made.all("aside")) == [], "no legend where there is nothing to see"


@pytest.mark.parametrize("target", ["应急管理局/月度工作总结", "财政局/半年工作总结", "县政府办/月度工作回顾"])
def test_every_figure_of_the_sample_has_its_line(target: str) -> None:
    project = Project(ROOT)
    [report] = project.select((target,))
    period = project.newest(report)
    draft = drafted(project, target, str(period))
    assert draft.document is not None
    assert draft.layout is not None
    made = read(write(draft.document, draft.layout, period=str(period)))
    found = figures(made)
    assert len(found) > 20
    assert sum("data-file" in node.given for node in found) > 0.9 * len(found), "all but what several offices add up to"
    for node in found:
        if "data-cell" not in node.given and "data-file" in node.given:
            rows = (ROOT / node.given["data-file"]).read_text("utf-8").splitlines()
            assert rows[int(node.given["data-line"]) - 1].strip()
        assert node.given["data-fact"] in node.given["title"]
    wanted = [piece for line in _lines(draft.document.outline) for piece, mark in line.pieces() if mark and mark.origin]
    assert sorted(node.text for node in found if not node.given.get("data-cell")) == sorted(wanted)


def _lines(told_outline: Outline) -> list[Line]:
    """Every line of an outline that holds figures."""
    from drafter.outline import blocks as every
    from drafter.outline import walk

    found = [told_outline.title, told_outline.addressee, *told_outline.signature]
    found += [section.heading for _, section in walk(told_outline.sections)]
    for block in every(told_outline):
        if isinstance(block, Paragraph):
            found += [block.lead, *(line for point in block.points for line in (point.heading, point.text))]
        elif isinstance(block, (Table, Chart)):
            found += [block.caption, block.unit, *(cell for row in block.rows for cell in row)]
    return found


def test_what_is_missing_is_listed_by_office(tmp_path) -> None:
    project = make(tmp_path, {
        "templates/局/月报/1.txt": "一、情况\n满意度{{ 满意度 }}，再说一次{{ 满意度 }}；投资{{ 投资 }}；{{ 人数 }}。\n",
        "data/局/2022-09.yaml": "期间: 2022-09\n满意度:\n投资:\n人数: 6人\n",
        "data/局/指标.yaml": "满意度: {单位: '%', 责任单位: 统计局}\n投资: {单位: 亿元, 责任单位: 发改局}\n人数: 人\n",
    })  # fmt: skip
    draft = drafted(project, "局/月报", "2022-09")
    assert draft.document is not None
    assert draft.layout is not None
    made = read(write(draft.document, draft.layout, period="2022-09"))
    note = made.one("aside")
    assert "把鼠标放在数字上看出处" in note.text
    assert "还缺2项" in note.text
    assert [item.text for item in note.all("li")] == ["统计局：满意度", "发改局：投资"]
    places = [node.given["href"][1:] for node in note.all("a")]
    lacking = {node.given["id"]: node.text for node in figures(made) if "id" in node.given}
    assert [lacking[place] for place in places] == ["【待补：满意度】", "【待补：投资】"]
    assert "@media print{\nbody{background:none}\n.note," in made.one("style").text, "the note is not printed"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (made_images.png(), "image/png"), (made_images.jpg(), "image/jpeg"), (made_images.gif(), "image/gif"),
        (made_images.bmp(), "image/bmp"), (made_images.tiff(), ""), (b"<svg onload='x()'/>", ""), (b"", ""), (b"\xff\xd8\xff", ""),
    ],
)  # fmt: skip
def test_pictures(data: bytes, kind: str) -> None:
    """An image that browsers show is in the page; of any other its path stands there."""
    path = "图片/<现场>.png"
    item = Picture(Image(Line("现场“照片”"), path), 2835, 1417)
    inside = drawn.picture(item, Press(layout.named("总结"), {path: data}))
    made = read(f'<!DOCTYPE html>\n<html lang="zh-CN">{inside}</html>'.encode())
    found = list(made.all("img"))
    if not kind:
        assert found == []
        assert made.one("p").text == f"图片：{path}"
        return
    [image] = found
    head, _, content = image.given["src"].partition(",")
    assert head == f"data:{kind};base64"
    assert b64decode(content) == data
    assert image.given["alt"] == "现场“照片”"
    assert image.given["style"] == "width:141.75pt;aspect-ratio:2835/1417"


def test_a_chart_is_drawn_and_its_numbers_tell_their_source() -> None:
    rows = (("月份", "事故"), ("8月", "4起"), ("9月", "6起"))
    lines = tuple(
        tuple(figure(cell, Origin("事故", PLACE)) if "起" in cell else Line(cell) for cell in row) for row in rows
    )
    made = page(Outline(blocks=(Chart("柱状图", Line("图1 各月事故"), lines),)))
    assert made.one("svg").one("title").text == "图1 各月事故"
    assert [node.text for node in figures(made)] == ["4起", "6起"]
    assert [node.text for node in made.one("details").all("th")] == ["月份", "事故", "8月", "9月"]


PAGES = {
    "总结": ["@page{size:A4;margin:104.9pt 0 99.2pt}", '@page :right{@bottom-right{content:"\\2014  " counter(page) " \\2014 "',
             ".paper{width:595.3pt;min-height:841.9pt;padding:104.9pt 73.7pt 99.2pt 79.4pt}",
             "font-size:16pt;line-height:28.95pt;letter-spacing:-0.25pt;text-align:justify;text-indent:31.5pt}"],
    "函": ["@page:first{margin-top:85.05pt}", "@page:first{@bottom-left{content:none}", "@bottom-center{content:\"\";box-sizing:border-box;width:481.9pt"],
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_page_has_the_measures_of_the_layout(name: str) -> None:
    style = page(OFFICIAL, name).one("style").text
    assert [wanted for wanted in PAGES[name] if wanted not in style] == []


def test_wide_tables_lie_on_their_side() -> None:
    wide = "\n".join("|" + "|".join(f" 甲{n} " for n in range(14)) + "|" for _ in range(2))
    made = page(outline(f"标题\n前文。\n表：宽表\n{wide}\n后文。"))
    assert [node.classes for node in made.one("main").all("section")] == [["paper"], ["paper", "lying"], ["paper"]]
    assert "@page lying{size:A4 landscape;margin:79.4pt 0 73.7pt}" in made.one("style").text


def test_the_title_of_the_page_is_never_empty() -> None:
    titles = [
        page(one, "公文").one("title").text for one in (OFFICIAL, replace(OFFICIAL, outline=Outline()), Outline())
    ]
    assert titles == ["关于做好安全生产工作的通知", "清源县人民政府清政〔2022〕10号", "报告"]
