"""A refreshed file is of one piece: its 目录, its title, its parts and its looks follow what changed in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from drafter.project import Project
from drafter.refresh import Refreshed
from drafter.word.base import zipped
from tests.docx_check import W, problems
from tests.project_files import built, make
from tests.refreshing import refreshed

MAIN = "word/document.xml"
CHART = '{{ 项目|柱状图(列="总额", 标题="项目投资") }}\n'
TEXT = """一、发生事故{{ 事故 }}。
正文{{ 事故 }}。
二、项目
{% for 项 in 项目 %}
（一）{{ 项.名称 }}。投资{{ 项.总额 }}。
{% endfor %}
三、往后
（一）小标题{{ 事故 }}
抓好落实。
{% for 项 in 项目 %}
{{ 项.名称 }}共{{ 项.总额 }}。
{% endfor %}
"""
OLD = (6, ("青溪", "云岭", "石桥"))
NEW = (15, ("新桥", "云岭", "石桥", "末山"))
LINES = {
    OLD: ("1 一、发生事故6起", "1 二、项目", "2 （一）青溪", "2 （二）云岭", "2 （三）石桥", "1 三、往后", "2 （一）小标题6起"),
    NEW: ("1 一、发生事故15起", "1 二、项目", "2 （一）新桥", "2 （二）云岭", "2 （三）石桥", "2 （四）末山", "1 三、往后",
          "2 （一）小标题15起"),
}  # fmt: skip
Hand = Callable[[etree._Element], object]


def facts(count: int, names: tuple[str, ...]) -> str:
    rows = "".join(f"- {{名称: {name}, 总额: {n}万元}}\n" for n, name in enumerate(names, start=1))
    return f"事故: {count}\n项目:\n{rows}" if names else f"事故: {count}\n项目: []\n"


def project(place: Path, given: str, settings: str = "目录: 2层\n", text: str = TEXT) -> Project:
    files = {
        "data/某局/指标.yaml": "事故: {单位: 起, 性质: 个数}\n总额: 万元\n",
        "data/某局/2022-09.yaml": given,
        "templates/某局/月报/报告.yaml": settings,
        "templates/某局/月报/1.txt": text,
    }
    return make(place, files)


def report(place: Path, given: str, settings: str = "目录: 2层\n", text: str = TEXT) -> bytes:
    [result] = built(project(place, given, settings, text), place / "out", ("docx",))
    return (place / result.files[0]).read_bytes()


def by_hand(data: bytes, hand: Hand, name: str = MAIN) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    root = etree.fromstring(members[name])
    hand(root)
    members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return zipped(members)


def member(data: bytes, name: str = MAIN) -> bytes:
    return ZipFile(BytesIO(data)).read(name)


def words(paragraph: etree._Element) -> str:
    return "".join(one.text or "" for one in paragraph.iter(f"{W}t"))


def entries(root: etree._Element) -> list[etree._Element]:
    return [p for p in root.iter(f"{W}p") if p.find(f"{W}hyperlink") is not None]


def lines(data: bytes) -> tuple[str, ...]:
    """The 目录: level and words of every line. Every line leads to a heading that says the same."""
    root = etree.fromstring(member(data))
    found = []
    for one in entries(root):
        style = one.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        name = one.find(f"{W}hyperlink").get(f"{W}anchor")
        assert [code.text.split()[1] for code in one.iter(f"{W}instrText") if "PAGEREF" in code.text] == [name]
        [mark] = [m for m in root.iter(f"{W}bookmarkStart") if m.get(f"{W}name") == name]
        text = re.sub(r"\d*$", "", words(one)) if style.startswith("Page") else words(one)
        assert re.sub(r"^.*?[、）]", "", text).strip("。") in words(mark.getparent())
        found.append(f"{style[-1]} {text}")
    return tuple(found)


def signs(data: bytes) -> str:
    """The signs of fields in reading order, by their first letters."""
    root = etree.fromstring(member(data))
    return "".join(one.get(f"{W}fldCharType")[0] for p in entries(root) for one in p.iter(f"{W}fldChar"))


def turned(
    place: Path, hand: Hand | None = None, *, settings: str = "目录: 2层\n", text: str = TEXT, new: str = facts(*NEW)
) -> tuple[bytes, Refreshed]:
    """A report edited by hand, with new facts."""
    data = report(place, facts(*OLD), settings, text)
    data = by_hand(data, hand) if hand else data
    before = set(problems(data))
    after, _, done = refreshed(data, project(place, new, settings, text), place)
    assert set(problems(after)) <= before
    return after, done


def codes(done: Refreshed) -> list[str]:
    return [one.code for one in done.diagnostics]


def paragraph(root: etree._Element, text: str) -> etree._Element:
    return next(p for p in root.iter(f"{W}p") if text in words(p) and p.find(f"{W}hyperlink") is None)


# ---- 目录 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("numbers", ["照写", "自动"])
@pytest.mark.parametrize("text", [TEXT, TEXT.replace("。投资", "\n投资")], ids=["接排", "另行"])
def test_the_contents_say_what_the_headings_say(tmp_path: Path, numbers: str, text: str) -> None:
    settings = f"目录: 2层\n编号: {numbers}\n"
    assert lines(report(tmp_path, facts(*OLD), settings, text)) == LINES[OLD]
    after, done = turned(tmp_path, settings=settings, text=text)
    assert lines(after) == LINES[NEW]
    assert signs(after) == f"bs{'bse' * len(LINES[NEW])}e"
    assert "R213" not in codes(done)
    codes_of_headings = re.findall(r' TC "(.*?)"', member(after).decode())
    assert codes_of_headings == ([] if text != TEXT else [line[2:] for line in LINES[NEW][2:6]])


def test_the_contents_shrink_and_grow_at_both_ends(tmp_path: Path) -> None:
    text = "{% for 项 in 项目 %}\n一、{{ 项.名称 }}\n说明。\n{% endfor %}\n"
    after, _ = turned(tmp_path, text=text, new=facts(6, ("云岭",)))
    assert lines(after) == ("1 一、云岭",)
    assert signs(after) == "bsbsee"
    after, _ = turned(tmp_path, text=text, new=facts(6, ("新桥", "云岭", "末山")))
    assert lines(after) == ("1 一、新桥", "1 二、云岭", "1 三、末山")
    assert signs(after) == "bsbsebsebsee"


def word_wrote(root: etree._Element) -> None:
    """The 目录 as Word writes it: its own names, pages, the end in a paragraph of its own, numbers of marks as pleases."""
    found = entries(root)
    end = [one for one in found[-1].iter(f"{W}fldChar") if one.get(f"{W}fldCharType") == "end"][-1].getparent()
    last = etree.Element(f"{W}p")
    last.append(end)
    found[-1].addnext(last)
    content = etree.tostring(root)
    fresh = etree.fromstring(re.sub(rb"_Toc0000000(\d\d)", rb"_Toc1234567\1", content))
    root[:] = fresh[:]
    for number, one in enumerate(entries(root), start=3):
        one.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", f"0000000{number}")
        page = [sign for sign in one.iter(f"{W}fldChar") if sign.get(f"{W}fldCharType") == "separate"][-1].getparent()
        run = etree.SubElement(etree.Element("x"), f"{W}r")
        etree.SubElement(run, f"{W}t").text = str(number)
        page.addnext(run)
        first = next(one.iter(f"{W}t"))
        text, run = first.text, first.getparent()
        first.text = text[:2]
        following = deepcopy(run)
        following.find(f"{W}t").text = text[2:]
        run.addnext(following)


def test_a_contents_that_word_wrote(tmp_path: Path) -> None:
    after, done = turned(tmp_path, word_wrote)
    root = etree.fromstring(member(after))
    told = [re.sub(r"\d+$", "", words(one)) for one in entries(root)]
    assert told == [line[2:] for line in LINES[NEW]]
    names = [one.find(f"{W}hyperlink").get(f"{W}anchor") for one in entries(root)]
    assert names[:2] == ["_Toc123456701", "_Toc123456702"]
    assert len(set(names)) == len(names)
    marks = [one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")]
    assert [marks.count(name) for name in names] == [1] * len(names)
    assert "_Toc123456703" not in marks
    pages = [re.search(r"\d*$", words(one))[0] for one in entries(root)]  # type: ignore[index]
    assert pages == ["3", "4", "", "6", "7", "", "8", "9"]
    assert "R213" not in codes(done)


def test_a_heading_that_a_hand_rewrote_or_took_away(tmp_path: Path) -> None:
    def hand(root: etree._Element) -> None:
        paragraph(root, "往后").find(f"{W}r").find(f"{W}t").text = "三、下一步打算"
        gone = paragraph(root, "小标题")
        gone.getparent().remove(gone)

    after, done = turned(tmp_path, hand)
    assert lines(after) == (*LINES[NEW][:6], "1 三、下一步打算")
    assert "R213" not in codes(done)


def test_a_line_without_heading_is_left_and_told(tmp_path: Path) -> None:
    def hand(root: etree._Element) -> None:
        made = deepcopy(entries(root)[1])
        made.find(f"{W}hyperlink").set(f"{W}anchor", "别处")
        next(made.iter(f"{W}t")).text = "手写的一行"
        entries(root)[1].addnext(made)

    after, done = turned(tmp_path, hand)
    told = [words(one) for one in entries(etree.fromstring(member(after)))]
    assert told == [*(line[2:] for line in LINES[NEW][:2]), "手写的一行", *(line[2:] for line in LINES[NEW][2:])]
    [said] = [one for one in done.diagnostics if one.code == "R213"]
    assert said.message == "目录里有1行没有跟着改"


def test_levels_that_the_contents_leave_out(tmp_path: Path) -> None:
    def hand(root: etree._Element) -> None:
        code = next(one for one in root.iter(f"{W}instrText") if "TOC" in one.text)
        code.text = code.text.replace('"1-2"', '"1-1"')
        for one in entries(root):
            if words(one).startswith("（") and one is not entries(root)[-1]:
                one.getparent().remove(one)

    after, _ = turned(tmp_path, hand)
    assert lines(after) == ("1 一、发生事故15起", "1 二、项目", "1 三、往后", "2 （一）小标题15起")


# ---- title, parts -------------------------------------------------------------------------------------------------


def title(data: bytes) -> str:
    return etree.fromstring(member(data, "docProps/core.xml")).findtext("{http://purl.org/dc/elements/1.1/}title", "")


@pytest.mark.parametrize("layout", ["总结", "命令"])
def test_the_title_of_the_properties(tmp_path: Path, layout: str) -> None:
    settings = f"版式: {layout}\n标题: 事故{{{{ 事故 }}}}的通报\n"
    after, _ = turned(tmp_path, settings=settings)
    assert title(after) == "事故15起的通报"

    def named(root: etree._Element) -> None:
        root.find("{http://purl.org/dc/elements/1.1/}title").text = "另存的"

    data = by_hand(report(tmp_path, facts(*OLD), settings), named, "docProps/core.xml")
    after, _, _ = refreshed(data, project(tmp_path, facts(*NEW), settings), tmp_path)
    assert title(after) == "另存的"


def test_parts_of_charts_that_went(tmp_path: Path) -> None:
    def parts(data: bytes) -> Iterator[str]:
        yield from (n for n in ZipFile(BytesIO(data)).namelist() if re.search(r"chart|embed", n, re.IGNORECASE))

    text = f"一、甲\n正文{{{{ 事故 }}}}。\n{{% if 项目 %}}\n{CHART}{{% endif %}}\n"
    before = report(tmp_path, facts(*OLD), "", text)
    assert len(list(parts(before))) >= 2
    after, _ = turned(tmp_path, settings="", text=text, new=facts(15, ()))
    assert list(parts(after)) == []
    assert b"chart" not in member(after, "word/_rels/document.xml.rels")
    assert b"/word/charts/" not in member(after, "[Content_Types].xml")


# ---- looks --------------------------------------------------------------------------------------------------------


def all_larger(root: etree._Element) -> None:
    """Everything selected and set in 小二 宋体, lines 33 磅 apart."""
    for run in root.iter(f"{W}r"):
        look = run.find(f"{W}rPr")
        if look is None:
            look = etree.Element(f"{W}rPr")
            run.insert(0, look)
        for old in (*look.findall(f"{W}sz"), *look.findall(f"{W}szCs")):
            look.remove(old)
        place = next((n for n, one in enumerate(look) if one.tag == f"{W}highlight"), len(look))
        look[place:place] = [etree.Element(f"{W}{tag}", {f"{W}val": "36"}) for tag in ("sz", "szCs")]
    for one in root.iter(f"{W}p"):
        own = one.find(f"{W}pPr")
        if own is not None and own.find(f"{W}spacing") is None and own.find(f"{W}sectPr") is None:
            behind = (f"{W}ind", f"{W}jc", f"{W}rPr")
            place = next((n for n, child in enumerate(own) if child.tag in behind), len(own))
            own.insert(place, etree.Element(f"{W}spacing", {f"{W}line": "660", f"{W}lineRule": "exact"}))


def look(root: etree._Element, text: str) -> tuple[bytes, list[bytes]]:
    """How a paragraph looks: its properties, and those of its runs that are seen, each kind once."""
    one = paragraph(root, text)
    seen = (run.find(f"{W}rPr") for run in one.iter(f"{W}r") if run.find(f"{W}t") is not None)
    looks = dict.fromkeys(etree.tostring(own, method="c14n") for own in seen if own is not None)
    return etree.tostring(one.find(f"{W}pPr"), method="c14n"), list(looks)


@pytest.mark.parametrize("numbers", ["照写", "自动"])
def test_what_is_put_in_looks_as_its_neighbours(tmp_path: Path, numbers: str) -> None:
    after, _ = turned(tmp_path, all_larger, settings=f"编号: {numbers}\n")
    root = etree.fromstring(member(after))
    assert look(root, "末山。投资") == look(root, "石桥。投资")
    assert look(root, "末山共") == look(root, "石桥共")
    place, letters = look(root, "末山。投资")
    assert b'w:line="660"' in place
    assert len(letters) == 2
    assert all(b'sz w:val="36"' in one for one in letters)


def test_what_marks_one_neighbour_is_not_taken_over(tmp_path: Path) -> None:
    def hand(root: etree._Element) -> None:
        own = paragraph(root, "石桥共").find(f"{W}pPr")
        own[-1].addnext(etree.Element(f"{W}pageBreakBefore"))
        for run in paragraph(root, "石桥共").iter(f"{W}r"):
            looks = run.find(f"{W}rPr")
            if looks is None:
                looks = etree.Element(f"{W}rPr")
                run.insert(0, looks)
            looks.append(etree.Element(f"{W}highlight", {f"{W}val": "green"}))

    after, _ = turned(tmp_path, hand, settings="")
    place, letters = look(etree.fromstring(member(after)), "末山共")
    assert b"pageBreakBefore" not in place
    assert not any(b"highlight" in one for one in letters)


# ---- markers ------------------------------------------------------------------------------------------------------


def test_a_marker_within_a_joined_paragraph_stays(tmp_path: Path) -> None:
    def hand(root: etree._Element) -> None:
        one, two = paragraph(root, "青溪。投资"), paragraph(root, "云岭。投资")
        one.extend(child for child in list(two) if child.tag != f"{W}pPr")
        two.getparent().remove(two)

    after, _ = turned(tmp_path, hand, settings="", new=facts(6, ("云岭", "新桥", "石桥")))
    joined = words(paragraph(etree.fromstring(member(after)), "青溪。投资"))
    assert joined.startswith("（一）青溪。投资1万元。（二）云岭。投资")
