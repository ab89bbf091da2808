"""A plan done to a file: figures, words, paragraphs, rows, tables, charts; what a hand did stays, the file stays valid."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from drafter.document import Document
from drafter.layout import named
from drafter.outline import BAR, Chart, Image, Outline, Paragraph, Section, Table
from drafter.plan import (
    CLASHED,
    EDITED,
    PARAGRAPH,
    ROW,
    TABLE,
    Change,
    Conflict,
    Insertion,
    Piece,
    Plan,
    Redrawing,
    Removal,
)
from drafter.source import Line, Mark, Origin, Span
from drafter.style import ROWS, Marker
from drafter.trace import OBJECT, key_of
from drafter.word import write as room
from drafter.word.element import w
from drafter.word.trace.edit import Places, apply
from drafter.word.trace.file import File, open_file
from drafter.word.trace.strand import Strand
from tests.docx_check import W, problems
from tests.made_images import png
from tests.word_like import Opened, opened, rewritten

TRACED = ("应急管理局/月报", "2022-09")
KEY = key_of(*TRACED)
FIGURE = re.compile(r"\{(.*?)\}")
Block = Paragraph | Table | Chart | Image


def name(number: int) -> str:
    return f"_D{KEY}_{number}"


def line(text: str, place: int = 1) -> Line:
    """A line; what stands in {} is a figure."""
    made = Line("")
    for at, piece in enumerate(FIGURE.split(text)):
        origin = Origin(f"数{place}", Span("a.yaml", place, 1), missing=piece.startswith("【待补")) if at % 2 else None
        made = made.then(Line(piece, (Mark(0, Span("t.txt", place, at + 1), origin),)) if piece else Line(""))
    return made


def paragraph(text: str) -> Paragraph:
    return Paragraph(line(text))


def table(*rows: str, caption: str = "表1 情况") -> Table:
    return Table(Line(caption), tuple(tuple(line(cell, n) for cell in row.split("|")) for n, row in enumerate(rows, 1)))


def chart(*values: str, caption: str = "图1 各月事故起数") -> Chart:
    rows = (("月", "本期"), *((f"{n}月", f"{{{v}}}") for n, v in enumerate(values, start=1)))
    return Chart(BAR, Line(caption), tuple(tuple(line(cell) for cell in row) for row in rows))


def report(*blocks: Block | str, title: str = "清源县工作总结", **more: object) -> bytes:
    made = tuple(paragraph(one) if isinstance(one, str) else one for one in blocks)
    return room.write(Outline(Line(title), blocks=made), traced=TRACED, **more)


def texts(file: File) -> list[str]:
    return [strand.text for strand in file.strands]


def find(file: File, start: str) -> int:
    """The paragraph that begins so."""
    return next(n for n, one in enumerate(file.strands) if one.text.startswith(start))


def done(file: File, plan: Plan, now: File | bytes | None = None) -> Places:
    """The plan done and the file looked at as it was saved: valid, and read as it is in memory."""
    if isinstance(now, bytes):
        now = open_file(now, "now.docx")
    before = problems(file.saved())
    places = apply(file, plan, now or file)
    data = file.saved()
    assert [one for one in problems(data) if one not in before] == []
    again = open_file(data, "again.docx")
    file.read()
    assert [one.printed for one in again.strands] == [one.printed for one in file.strands]
    return places


def edited(data: bytes, change: Callable[[etree._Element], None]) -> File:
    """A file whose text another program changed."""
    file = opened(data)
    change(file.root("word/document.xml"))
    return open_file(file.saved(), "旧.docx")


def spots(strand: Strand) -> dict[str, str]:
    return {spot.name: strand.text[spot.start : spot.end] for spot in strand.printed.spots}


def looks(strand: Strand, text: str) -> list[str]:
    """What the look of the run that holds a text says, in order."""
    held = next(n.element.getparent() for n in strand.nodes if text in n.text)
    found = held.find(f"{W}rPr")
    return [] if found is None else [etree.QName(one).localname for one in found]


def run(text: str, *look: etree._Element) -> etree._Element:
    made = w("r", w("rPr", *look) if look else None)
    for n, piece in enumerate(text.split("\t")):
        if n:
            made.append(w("tab"))
        made.append(w("t"))
        made[-1].text = piece
    return made


SENTENCE = "截至9月底，发生事故{6起}，死亡{8人}。"
PLAIN = "截至9月底，发生事故6起，死亡8人。"


# ---- text and figures ---------------------------------------------------------------------------------------------

CHANGES = {
    "一个数": ((Change(2, 10, 12, (Piece("7起"),), name(1)),), "截至9月底，发生事故7起，死亡8人。", {1: "7起", 2: "8人"}),
    "两个数": (
        (Change(2, 10, 12, (Piece("12起"),), name(1)), Change(2, 15, 17, (Piece("10人"),), name(2))),
        "截至9月底，发生事故12起，死亡10人。",
        {1: "12起", 2: "10人"},
    ),
    "整句换掉": (
        (Change(2, 6, 17, (Piece("未发生事故，受伤"), Piece("3人", name(2)))),),
        "截至9月底，未发生事故，受伤3人。",
        {2: "3人"},
    ),
    "数后面添字": ((Change(2, 12, 12, (Piece("（含道路交通）"),)),), "截至9月底，发生事故6起（含道路交通），死亡8人。", {1: "6起", 2: "8人"}),
    "数前面添字": ((Change(2, 10, 10, (Piece("共"),)),), "截至9月底，发生事故共6起，死亡8人。", {1: "6起", 2: "8人"}),
    "开头添字": ((Change(2, 0, 0, (Piece("今年"),)),), f"今年{PLAIN}", {1: "6起", 2: "8人"}),
    "末尾添数": (
        (Change(2, 18, 18, (Piece("受伤"), Piece("9人", name(7)), Piece("。"))),),
        f"{PLAIN}受伤9人。",
        {1: "6起", 2: "8人", 7: "9人"},
    ),
    "删去": ((Change(2, 12, 17, ()),), "截至9月底，发生事故6起。", {1: "6起"}),
    "全段删空": ((Change(2, 0, 18, ()),), "", {}),
    "数成了缺数": (
        (Change(2, 10, 12, (Piece("【待补：事故起数】", missing=True),), name(1)),),
        "截至9月底，发生事故【待补：事故起数】，死亡8人。",
        {1: "【待补：事故起数】", 2: "8人"},
    ),
    "制表符和换行": ((Change(2, 5, 6, (Piece("\t“甲”\n乙 "),)),), "截至9月底\t“甲”\n乙 发生事故6起，死亡8人。", {1: "6起", 2: "8人"}),
    "名字搬家": (
        (Change(2, 17, 18, (Piece("，其中"), Piece("6起", name(1)))),),
        "截至9月底，发生事故6起，死亡8人，其中6起",
        {1: "6起", 2: "8人"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "ways", [(), ("切分文字",), ("书签", "校对标记"), ("控件和链接",), ("修订", "切分文字", "命名空间")], ids="+".join
)
@pytest.mark.parametrize("case", CHANGES)
def test_changes_of_one_paragraph(case: str, ways: tuple[str, ...]) -> None:
    changes, wanted, figures = CHANGES[case]
    file = open_file(rewritten(report("第一段。", SENTENCE, "第三段{5}。"), case, *ways), "旧.docx")
    at = find(file, "截至")
    done(file, Plan(changes=tuple(Change(at, c.start, c.end, c.pieces, c.name) for c in changes)))
    assert file.strands[at].text == wanted
    told = spots(file.strands[at])
    assert told == {name(n): text for n, text in figures.items()}
    assert spots(file.strands[find(file, "第三段")]) == {name(3): "5"}


# ---- any changes of any file --------------------------------------------------------------------------------------

WAYS = ("切分文字", "校对标记", "合并文字", "空白", "书签", "控件和链接", "修订", "命名空间", "样式改号", "WPS")
_TEXT = st.text("事故死亡增长下降一二，。；“”—3.5% \t", min_size=1, max_size=8)
_PRINTED = st.lists(st.one_of(_TEXT.map(lambda t: t.strip() or "无"), st.sampled_from(("{6起}", "{45.5%}", "{【待补：数】}"))),
                    min_size=1, max_size=7).map("".join)  # fmt: skip


def replaced(text: str, changes: list[Change]) -> str:
    """What the changes say, done to a plain string."""
    made, at = "", 0
    for one in changes:
        made += text[at : one.start] + "".join(piece.text for piece in one.pieces)
        at = one.end
    return made + text[at:]


def moved(offset: int, changes: list[Change], *, start: bool) -> int:
    """Where an offset stands after the changes; text put in at the edge of a figure is not in it."""
    by = 0
    for one in changes:
        before = one.end <= offset if start or one.start < one.end else one.end < offset
        by += (sum(len(piece.text) for piece in one.pieces) - one.end + one.start) if before else 0
    return offset + by


@st.composite
def plans(draw: st.DrawFn, file: File, free: int) -> list[Change]:
    """Changes that do not overlap: of words anywhere, of whole figures."""
    found: list[Change] = []
    for at, strand in enumerate(file.strands):
        if OBJECT in strand.text:
            continue
        edges = sorted(draw(st.lists(st.integers(0, strand.length), max_size=4)))
        ranges = list(dict.fromkeys((a, b, "") for a, b in zip(edges[::2], edges[1::2], strict=False)))
        alone = [one for one in strand.spots if sum(one.name == o.name for s in file.strands for o in s.spots) == 1]
        if alone and draw(st.booleans()):
            spot = draw(st.sampled_from(alone))
            ranges = [r for r in ranges if r[1] <= spot.start or r[0] >= spot.end]
            ranges.append((spot.start, spot.end, spot.name))
        for start, end, called in sorted(ranges, key=lambda r: (r[0], r[1])):
            said = [draw(_TEXT)] if called else draw(st.lists(_TEXT, max_size=3))
            pieces = []
            for text in said:
                free += 1
                pieces.append(
                    Piece(text, name(free) if not called and draw(st.booleans()) else "", draw(st.booleans()))
                )
            found.append(Change(at, start, end, tuple(pieces), called))
    return found


@settings(max_examples=40)
@given(data=st.data(), content=st.lists(_PRINTED, min_size=1, max_size=4), seed=st.integers(0, 10**6))
def test_the_text_is_what_the_changes_say_and_other_figures_stay(
    data: st.DataObject, content: list[str], seed: int
) -> None:
    ways = data.draw(st.lists(st.sampled_from(WAYS), max_size=5))
    file = open_file(rewritten(report(*content, table("甲|{7}", "乙|{8}")), seed, *ways), "旧.docx")
    changes = data.draw(plans(file, 5000))
    before = [one.printed for one in file.strands]
    by_paragraph = [[one for one in changes if one.at == at] for at in range(len(before))]
    done(file, Plan(changes=tuple(Random(seed).sample(changes, len(changes)))))
    assert texts(file) == [replaced(old.text, own) for old, own in zip(before, by_paragraph, strict=True)]
    for at, (old, own) in enumerate(zip(before, by_paragraph, strict=True)):
        there = {(s.name, s.start, s.end) for s in file.strands[at].spots}
        for spot in old.spots:
            if all(c.end <= spot.start or c.start >= spot.end or c.name == spot.name for c in own):
                said = [c for c in own if c.name == spot.name]
                start = moved(spot.start, own, start=True)
                end = start + len(said[0].pieces[0].text) if said else start + spot.end - spot.start
                assert (spot.name, start, end) in there
        for one in own:
            reached = moved(
                one.start, [c for c in own if c is not one and (c.start, c.end) <= (one.start, one.end)], start=True
            )
            for piece in one.pieces:
                if piece.name:
                    assert (piece.name, reached, reached + len(piece.text)) in there
                reached += len(piece.text)


# ---- looks ----------------------------------------------------------------------------------------------------------


def by_hand(*content: etree._Element, before: str = PLAIN) -> File:
    """A report whose sentence somebody typed anew: the runs stand in the paragraph instead of its own."""

    def change(root: etree._Element) -> None:
        held = next(p for p in root.iter(f"{W}p") if "".join(p.itertext()) == before)
        for one in [one for one in held if one.tag != f"{W}pPr"]:
            held.remove(one)
        held.extend(content)

    return edited(report("第一段。", SENTENCE), change)


def test_new_text_looks_as_the_first_text_it_stands_for() -> None:
    file = by_hand(run("发生", w("b")), run("事故", w("i")), run("6起", w("u", val="single")))
    done(file, Plan(changes=(Change(3, 3, 6, (Piece("故“7”起"),)),)))
    assert texts(file)[3] == "发生事故“7”起"
    assert [looks(file.strands[3], one) for one in ("发生", "事", "故“7”")] == [["b"], ["i"], ["rFonts", "i"]]
    hint = file.strands[3].nodes[-1].element.getparent().find(f"{W}rPr/{W}rFonts").get(f"{W}hint")
    assert hint == "eastAsia"


@pytest.mark.parametrize(
    ("start", "end", "want"), [(0, 0, ["b"]), (2, 2, ["b"]), (4, 4, ["i"])], ids=["开头取右", "中间取左", "末尾取左"]
)
def test_text_put_between_looks_as_its_neighbour(start: int, end: int, want: list[str]) -> None:
    file = by_hand(run("发生", w("b")), run("事故", w("i")))
    done(file, Plan(changes=(Change(3, start, end, (Piece("新"),)),)))
    assert looks(file.strands[3], "新") == want


def test_yellow_comes_with_a_missing_fact_and_goes_with_it() -> None:
    data = report("满意度{【待补：满意度】}，事故{6起}。")
    file = open_file(data, "旧.docx")
    assert looks(file.strands[2], "【待补") == ["highlight"]
    changes = (
        Change(2, 3, 11, (Piece("98.5%"),), name(1)),
        Change(2, 14, 16, (Piece("【待补：事故】", missing=True),), name(2)),
    )
    done(file, Plan(changes=changes))
    assert texts(file)[2] == "满意度98.5%，事故【待补：事故】。"
    assert [looks(file.strands[2], one) for one in ("98.5", "【待补")] == [[], ["highlight"]]


def test_highlights_of_a_hand_stay_and_stand_in_order() -> None:
    file = by_hand(run("事故6起", w("highlight", val="green"), w("u", val="single"), w("lang", val="zh-CN")))
    done(file, Plan(changes=(Change(3, 2, 4, (Piece("7起"), Piece("【待补：数】", missing=True))),)))
    assert looks(file.strands[3], "7起") == ["highlight", "u", "lang"]
    last = file.strands[3].nodes[-1].element.getparent().find(f"{W}rPr/{W}highlight")
    assert last.get(f"{W}val") == "yellow"
    assert texts(file)[3] == "事故7起【待补：数】"


# ---- what is no text stays --------------------------------------------------------------------------------------


def test_what_is_no_text_stays_where_text_goes() -> None:
    """Fields, marks of a hand, tracked deletions and comment ranges outlive the words around them."""
    human = (w("bookmarkStart", id=900, name="甲处"), run("事故"), w("bookmarkEnd", id=900))
    gone = w("del", w("r", w("delText")), id=77, author="王")
    gone[0][0].text = "旧话"
    page = [w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    code = w("r", w("instrText"))
    code[0].text = " PAGE "
    link = w("hyperlink", run("6起"), anchor="甲处")
    file = by_hand(run("发生"), *human, gone, link, page[0], code, page[1], run("3"), page[2], run("页"))
    assert texts(file)[3] == "发生事故6起3页"
    done(file, Plan(changes=(Change(3, 1, 7, (Piece("现在"),)),)))
    assert texts(file)[3] == "发现在页"
    held = file.strands[3].element
    count = {
        tag: len(list(held.iter(f"{W}{tag}")))
        for tag in ("bookmarkStart", "bookmarkEnd", "delText", "fldChar", "hyperlink")
    }
    assert count == {"bookmarkStart": 1, "bookmarkEnd": 1, "delText": 1, "fldChar": 3, "hyperlink": 0}


def test_drawings_stay_and_the_text_stands_around_them() -> None:
    data = report(chart("5", "6"))
    file = open_file(data, "旧.docx")
    held = file.strands[2].element
    held.append(run("见上图"))
    held.insert(1, run("如图"))
    file.read()
    assert texts(file)[2] == f"如图{OBJECT}见上图"
    done(file, Plan(changes=(Change(2, 1, 6, (Piece(f"下{OBJECT}所示"),)),)))
    assert texts(file)[2] == f"如下{OBJECT}所示"
    done(file, Plan(changes=(Change(2, 0, 5, (Piece("没有图"),)),)))
    assert texts(file)[2] == f"没有图{OBJECT}"
    assert spots(file.strands[2]) == {name(1): OBJECT}


def test_text_goes_behind_a_field_and_not_into_it() -> None:
    signs = {kind: w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")}
    code = w("r", w("instrText"))
    code[0].text = " PAGE "
    file = by_hand(run("第"), signs["begin"], code, signs["separate"], run("3"), signs["end"], run("页"))
    done(file, Plan(changes=(Change(3, 1, 1, (Piece("（"),)), Change(3, 2, 2, (Piece("）"),)))))
    assert texts(file)[3] == "第（3）页"
    kinds = [one.get(f"{W}fldCharType") or one.text for one in file.strands[3].element.iter(f"{W}t", f"{W}fldChar")]
    assert kinds == ["第", "（", "begin", "separate", "3", "end", "）", "页"]


def test_a_bookmark_that_reaches_beyond_the_change_stays() -> None:
    file = open_file(report("发生事故{6起}，死亡{8人}。"), "旧.docx")
    done(file, Plan(changes=(Change(2, 5, 8, (Piece("件，亡"),)),)))
    assert texts(file)[2] == "发生事故6件，亡亡8人。"
    assert spots(file.strands[2]) == {name(1): "6件，亡", name(2): "8人"}


# ---- paragraphs -------------------------------------------------------------------------------------------------

OLD = ("第一段{1件}。", "第二段{2件}。", "第三段{3件}。")


@pytest.mark.parametrize(
    "ways", [(), ("书签", "控件和链接", "命名空间"), ("修订", "样式改号", "切分文字")], ids="+".join
)
def test_paragraphs_come_in_order_and_in_the_file_s_styles(ways: tuple[str, ...]) -> None:
    file = open_file(rewritten(report(*OLD), "段", *ways), "旧.docx")
    now = report("新甲{5件}。", "新乙{6件}，{7件}。", "新丙。")
    at = find(file, "第二段")
    renamed = {name(1): name(51), name(2): name(52), name(3): name(53)}
    rows = ((2, False), (3, False), (4, True))
    inserted = tuple(Insertion(PARAGRAPH, source, at, before) for source, before in rows)
    done(file, Plan(insertions=inserted, names=renamed), now)
    wanted = ["第一段1件。", "新丙。", "第二段2件。", "新甲5件。", "新乙6件，7件。", "第三段3件。"]
    assert texts(file)[-6:] == wanted
    assert [spots(one) for one in file.strands[-3:-1]] == [{name(51): "5件"}, {name(52): "6件", name(53): "7件"}]
    style = [one.element.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for one in file.strands[-6:]]
    assert len(set(style)) == 1


def test_a_paragraph_of_a_style_that_the_file_has_not_looks_as_its_neighbour() -> None:
    def change(root: etree._Element) -> None:
        for one in root.iter(f"{W}pStyle"):
            one.set(f"{W}val", "Normal")
        held = next(p for p in root.iter(f"{W}p") if "".join(p.itertext()).startswith("第一段"))
        held.find(f"{W}pPr").extend((w("keepNext"), w("ind", firstLine=640), w("jc", val="both")))
        held.find(f"{W}pPr")[:] = sorted(
            held.find(f"{W}pPr"), key=lambda e: ("pStyle", "keepNext", "ind", "jc").index(etree.QName(e).localname)
        )

    changed = opened(report(*OLD))
    change(changed.root("word/document.xml"))
    styles = changed.root("word/styles.xml")
    for one in [s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "BodyText"]:
        one.find(f"{W}name").set(f"{W}val", "别的名字")
    file = open_file(changed.saved(), "旧.docx")
    done(file, Plan(insertions=(Insertion(PARAGRAPH, 2, 2),)), report("新段。"))
    made = file.strands[find(file, "新段")].element.find(f"{W}pPr")
    assert [etree.QName(one).localname for one in made] == ["pStyle", "ind", "jc"]


def numbered(*headings: str) -> bytes:
    """A report whose numbers are Word's."""
    sections = tuple(
        Section(Marker(ROWS[0], n), Line(one), run_in=False, blocks=(paragraph("正文。"),))
        for n, one in enumerate(headings, 1)
    )
    layout = replace(named("总结"), numbering="自动")
    return room.write(Outline(Line("标题"), sections=sections), layout, traced=TRACED)


def test_a_heading_joins_the_list_of_the_file() -> None:
    file = open_file(numbered("甲", "乙"), "旧.docx")
    now = open_file(numbered("甲", "丙", "乙"), "新.docx")
    lists = [one.get(f"{W}val") for one in file.root.iter(f"{W}numId")]
    assert lists
    for one in now.root.iter(f"{W}numId"):
        one.set(f"{W}val", "77")
    at = find(file, "甲")
    done(file, Plan(insertions=(Insertion(PARAGRAPH, find(now, "丙"), at + 1),)), now)
    assert [one.get(f"{W}val") for one in file.root.iter(f"{W}numId")] == [*lists, lists[0]]


def test_paragraphs_behind_a_table_and_in_a_cell() -> None:
    file = open_file(report("前。", table("项|数", "甲|{5}"), "后。"), "旧.docx")
    cell = find(file, "甲")
    now = report("新段。", table("项|数", "甲之二|{5}"))
    inside = find(open_file(now, "新.docx"), "甲之二")
    done(file, Plan(insertions=(Insertion(PARAGRAPH, 2, cell), Insertion(PARAGRAPH, inside, cell))), now)
    assert [(one.text, one.cell) for one in file.strands[4:]] == [
        ("项", (0, 0, 0)), ("数", (0, 0, 1)), ("甲", (0, 1, 0)), ("甲之二", (0, 1, 0)), ("5", (0, 1, 1)), ("新段。", None), ("后。", None),
    ]  # fmt: skip


REMOVALS = {
    "一段": ((2,), ["第二段2件。", "第三段3件。"]),
    "后两段": ((3, 4), ["第一段1件。"]),
    "全部": ((2, 3, 4), []),
}


@pytest.mark.parametrize("ways", [(), ("书签", "命名空间", "控件和链接"), ("修订", "书签")], ids="+".join)
@pytest.mark.parametrize("case", REMOVALS)
def test_paragraphs_go(case: str, ways: tuple[str, ...]) -> None:
    gone, left = REMOVALS[case]
    for seed in range(5):
        file = open_file(rewritten(report(*OLD), seed, *ways), "旧.docx")
        done(file, Plan(removals=tuple(Removal(PARAGRAPH, at) for at in gone)))
        assert texts(file)[2:] == left
        assert {key for one in file.strands for key in spots(one)} == {
            name(int(one[1:2] == "二") + 1 + 2 * (one[1:2] == "三")) for one in left
        }


def test_marks_of_a_hand_outlive_the_paragraph_they_stand_in() -> None:
    def change(root: etree._Element) -> None:
        one, two, three = [p for p in root.iter(f"{W}p") if "".join(p.itertext()).startswith("第")]
        one.append(w("bookmarkStart", id=900, name="跨段"))
        two.insert(1, w("bookmarkEnd", id=900))
        two.append(w("bookmarkStart", id=901, name="段内"))
        two.append(w("bookmarkEnd", id=901))
        two.append(w("permStart", id=5, edGrp="everyone"))
        three.append(w("permEnd", id=5))
        two.append(w("permStart", id=6, edGrp="everyone"))
        two.append(w("permEnd", id=6))

    file = edited(report(*OLD), change)
    done(file, Plan(removals=(Removal(PARAGRAPH, 3),)))
    assert texts(file)[2:] == ["第一段1件。", "第三段3件。"]
    tags = [etree.QName(one).localname for one in file.strands[3].element if one.tag != f"{W}r"]
    assert tags == [
        "pPr",
        "bookmarkEnd",
        "bookmarkStart",
        "bookmarkEnd",
        "permStart",
        "bookmarkStart",
        "bookmarkEnd",
        "permEnd",
    ]


def test_a_paragraph_that_ends_a_section_keeps_its_place() -> None:
    def change(root: etree._Element) -> None:
        held = next(p for p in root.iter(f"{W}p") if "".join(p.itertext()).startswith("第二段"))
        setup = root.find(f"{W}body/{W}sectPr")
        held.find(f"{W}pPr").append(etree.fromstring(etree.tostring(setup)))

    file = edited(report(*OLD), change)
    done(file, Plan(removals=(Removal(PARAGRAPH, 3),)))
    assert texts(file)[2:] == ["第一段1件。", "", "第三段3件。"]
    assert len(list(file.root.iter(f"{W}sectPr"))) == 2


def test_new_paragraphs_end_the_section_that_they_end_in_the_new_file() -> None:
    def change(root: etree._Element, text: str) -> None:
        held = next(p for p in root.iter(f"{W}p") if "".join(p.itertext()).startswith(text))
        held.find(f"{W}pPr").append(etree.fromstring(etree.tostring(root.find(f"{W}body/{W}sectPr"))))

    file = edited(report(*OLD), lambda root: change(root, "第二段"))
    now = edited(report(*OLD[:2], "新段。"), lambda root: change(root, "新段"))
    done(file, Plan(insertions=(Insertion(PARAGRAPH, 4, 3),)), now)
    assert texts(file)[3:5] == ["第二段2件。", "新段。"]
    assert [len(one.element.findall(f"{W}pPr/{W}sectPr")) for one in file.strands[3:5]] == [0, 1]


# ---- tables ---------------------------------------------------------------------------------------------------------

TABLE_OLD = table("项目|数", "甲|{5}", "乙|{6}")


def cells(file: File) -> list[str]:
    """Rows of the tables of a file."""
    found: dict[tuple[int, int], list[str]] = {}
    for one in file.strands:
        if one.cell is not None:
            found.setdefault(one.cell[:2], []).append(one.text)
    return ["|".join(row) for row in found.values()]


@pytest.mark.parametrize("ways", [(), ("控件和链接", "命名空间", "书签", "修订", "样式改号")], ids="+".join)
def test_rows_look_as_their_neighbours(ways: tuple[str, ...]) -> None:
    def change(file: Opened) -> bytes:
        root = file.root("word/document.xml")
        row = next(r for r in root.iter(f"{W}tr") if "甲" in "".join(r.itertext()))
        for one in row.iter(f"{W}r"):
            for look in one.findall(f"{W}rPr"):
                one.remove(look)
            one.insert(0, w("rPr", w("b"), w("color", val="FF0000")))
        return file.saved()

    file = open_file(change(opened(rewritten(report("前。", TABLE_OLD, "后。"), "行", *ways))), "旧.docx")
    now = open_file(report("前。", table("项目|数", "丙|{7}", "丁|{【待补：丁】}")), "新.docx")
    at = find(file, "甲")
    plan = Plan(
        insertions=(Insertion(ROW, find(now, "丙"), at), Insertion(ROW, find(now, "丁"), at)),
        names={name(1): name(41), name(2): name(42)},
    )
    done(file, plan, now)
    assert cells(file) == ["项目|数", "甲|5", "丙|7", "丁|【待补：丁】", "乙|6"]
    assert looks(file.strands[find(file, "丙")], "丙") == ["b", "color"]
    assert looks(file.strands[find(file, "【待补：丁")], "【待补") == ["b", "color", "highlight"]
    assert spots(file.strands[find(file, "丙") + 1]) == {name(41): "7"}


def test_a_row_behind_or_before_the_head_is_no_head_or_one() -> None:
    now = open_file(report("前。", table("项目|数", "丙|{7}")), "新.docx")
    for before, wanted, heads in ((False, ["项目|数", "丙|7", "甲|5", "乙|6"], [True, False, False, False]),
                                  (True, ["丙|7", "项目|数", "甲|5", "乙|6"], [True, True, False, False])):  # fmt: skip
        file = open_file(report("前。", TABLE_OLD), "旧.docx")
        done(file, Plan(insertions=(Insertion(ROW, find(now, "丙"), find(file, "项目"), before),)), now)
        assert cells(file) == wanted
        rows = list(file.root.iter(f"{W}tr"))
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == heads


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (("丙|{7}|1", "丁|2|3"), ["项目|数", "甲|5", "丙|7|1", "乙|6"]),
        (("丙", "丁"), ["项目|数", "甲|5", "丙", "乙|6"]),
    ],
    ids=["列多了", "列少了"],
)
def test_a_row_of_other_columns_is_fitted(rows: tuple[str, ...], wanted: list[str]) -> None:
    file = open_file(report("前。", TABLE_OLD), "旧.docx")
    now = open_file(
        report("前。", Table(Line("表1"), tuple(tuple(line(c) for c in row.split("|")) for row in rows))), "新.docx"
    )
    done(file, Plan(insertions=(Insertion(ROW, find(now, "丙"), find(file, "甲")),)), now)
    assert cells(file) == wanted


MERGED = table("区|项目|数", "城区|甲|{5}", "^|乙|{6}", "^|丙|{7}")


def merges(file: File) -> list[str | None]:
    """How the first cells of the rows are merged downward."""
    found = (row.find(f"{W}tc/{W}tcPr/{W}vMerge") for row in file.root.iter(f"{W}tr"))
    return [None if one is None else one.get(f"{W}val") for one in found]


def test_rows_of_merged_cells_come_and_go() -> None:
    file = open_file(report("前。", MERGED), "旧.docx")
    now = open_file(report("前。", table("区|项目|数", "城区|甲|{5}", "^|丁|{8}")), "新.docx")
    done(
        file,
        Plan(
            insertions=(Insertion(ROW, find(now, "丁") - 1, find(file, "甲")),),
            removals=(Removal(ROW, find(file, "丙")),),
        ),
        now,
    )
    assert cells(file) == ["区|项目|数", "城区|甲|5", "|丁|8", "|乙|6"]
    assert merges(file) == [None, "restart", "continue", "continue"]
    done(file, Plan(removals=(Removal(ROW, find(file, "甲")),)))
    assert cells(file) == ["区|项目|数", "城区|丁|8", "|乙|6"]
    assert merges(file) == [None, "restart", "continue"]


def test_a_merged_cell_that_gets_text_is_seen() -> None:
    file = open_file(report("前。", MERGED), "旧.docx")
    done(file, Plan(changes=(Change(find(file, "乙") - 1, 0, 0, (Piece("乡镇"),)),)))
    assert cells(file)[1:] == ["城区|甲|5", "乡镇|乙|6", "|丙|7"]
    assert merges(file) == [None, "restart", "restart", "continue"]


def test_the_last_row_takes_the_table_along() -> None:
    file = open_file(report("前。", TABLE_OLD, "后。"), "旧.docx")
    done(file, Plan(removals=tuple(Removal(ROW, find(file, one)) for one in ("甲", "项目", "乙", "甲"))))
    assert texts(file)[2:] == ["前。", "表1 情况", "后。"]
    assert list(file.root.iter(f"{W}tbl")) == []


def test_tables_never_touch() -> None:
    file = open_file(report("前。", TABLE_OLD, "后。"), "旧.docx")
    now = open_file(report(table("丙|{7}", "丁|8", caption="表2 又一")), "新.docx")
    at = find(file, "乙")
    done(
        file,
        Plan(
            insertions=(Insertion(TABLE, find(now, "丙"), at), Insertion(TABLE, find(now, "丙"), at)),
            removals=(Removal(PARAGRAPH, find(file, "后")),),
        ),
        now,
    )
    assert cells(file) == ["项目|数", "甲|5", "乙|6", "丙|7", "丁|8", "丙|7", "丁|8"]
    assert [one.text for one in file.strands if one.cell is None] == [
        "清源县工作总结",
        "",
        "前。",
        "表1 情况",
        "",
        "",
        "",
    ]
    done(file, Plan(removals=(Removal(TABLE, find(file, "丙")), Removal(PARAGRAPH, find(file, "前")))))
    assert cells(file) == ["项目|数", "甲|5", "乙|6", "丙|7", "丁|8"]


def test_a_table_without_its_style_has_lines() -> None:
    changed = opened(report("前。", TABLE_OLD))
    for one in changed.root("word/styles.xml").iter(f"{W}style"):
        if one.get(f"{W}type") == "table":
            one.find(f"{W}name").set(f"{W}val", f"表格 {one.get(f'{W}styleId')}")
    file = open_file(changed.saved(), "旧.docx")
    now = open_file(report(table("丙|{7}", "丁|8")), "新.docx")
    done(file, Plan(insertions=(Insertion(TABLE, find(now, "丙"), find(file, "前")),)), now)
    first = next(file.root.iter(f"{W}tbl"))
    assert first.find(f"{W}tblPr/{W}tblStyle") is None
    assert len(first.find(f"{W}tblPr/{W}tblBorders")) == 6


def test_a_cell_keeps_a_paragraph() -> None:
    file = open_file(report("前。", TABLE_OLD), "旧.docx")
    done(file, Plan(removals=(Removal(PARAGRAPH, find(file, "甲")),)))
    assert cells(file) == ["项目|数", "|5", "乙|6"]


# ---- charts and pictures --------------------------------------------------------------------------------------------


def test_charts_come_with_their_parts() -> None:
    file = open_file(report("前{1件}。", chart("5", "6"), "后。"), "旧.docx")
    now = open_file(report("前{1件}。", chart("5", "6"), chart("7", "8", caption="图2 又一")), "新.docx")
    source = [n for n, one in enumerate(now.strands) if one.text == OBJECT][1]
    done(file, Plan(insertions=(Insertion(PARAGRAPH, source, find(file, "后")),), names={name(4): name(60)}), now)
    assert texts(file)[-2:] == ["后。", OBJECT]
    assert {"word/charts/chart2.xml", "word/charts/_rels/chart2.xml.rels", "word/embeddings/chart2.xlsx"} <= set(
        file.members
    )
    assert file.members["word/embeddings/chart2.xlsx"] == now.members["word/embeddings/chart2.xlsx"]
    assert len({one.get("id") for one in file.root.iter("{*}docPr")}) == 2


def test_a_picture_that_is_there_is_not_stored_again() -> None:
    def pictured(*blocks: Block | str) -> bytes:
        made = tuple(paragraph(one) if isinstance(one, str) else one for one in blocks)
        told = Document(Outline(Line("标题"), blocks=made), pictures={"甲.png": png(), "乙.png": png(30, 20)})
        return room.write(told, traced=TRACED)

    one, two = Image(Line("图1 甲"), "甲.png"), Image(Line("图2 乙"), "乙.png")
    file, now = open_file(pictured("前{1件}。", one), "旧.docx"), open_file(pictured("前{1件}。", one, two), "新.docx")
    sources = [n for n, strand in enumerate(now.strands) if strand.text == OBJECT]
    done(file, Plan(insertions=tuple(Insertion(PARAGRAPH, n, 2) for n in (*sources, *sources))), now)
    assert texts(file)[3:7] == [OBJECT] * 4
    assert [member for member in file.members if "media" in member] == [
        "word/media/image1.png",
        "word/media/image2.png",
    ]


def test_a_chart_is_drawn_anew() -> None:
    file = open_file(rewritten(report("前。", chart("5", "6")), "图", "部件改名", "书签"), "旧.docx")
    now = open_file(report("前。", chart("5", "91")), "新.docx")
    redrawn = Plan(redrawings=(Redrawing(name(1), find(now, OBJECT)),))
    assert done(file, redrawn, now).undone == ()
    assert b">91<" in file.members["word/charts/chart1.xml"]
    assert file.members["word/embeddings/chart1.xlsx"] == now.members["word/embeddings/chart1.xlsx"]
    assert "91" in next(file.root.iter("{*}docPr")).get("descr")


def test_a_chart_that_is_none_any_more_is_told() -> None:
    now = open_file(report("前。", chart("5", "91")), "新.docx")

    def change(root: etree._Element) -> None:
        for one in list(root.iter(f"{W}drawing")):
            one.getparent().replace(one, run("此处原有图")[0])

    file = edited(report("前。", chart("5", "6")), change)
    plan = Plan(redrawings=(Redrawing(name(1), find(now, OBJECT)), Redrawing(name(9), find(now, OBJECT))))
    assert apply(file, plan, now).undone == (name(1), name(9))


# ---- conflicts --------------------------------------------------------------------------------------------------


def anchored(file: File, places: Places, number: int) -> str:
    """The text from the first to the last run of a conflict."""
    found = places.anchors[number]
    assert found is not None
    first, last = found
    held = next(one for one in first.iterancestors(f"{W}p"))
    runs = list(held.iter(f"{W}r"))
    return "".join(t.text for one in runs[runs.index(first) : runs.index(last) + 1] for t in one.iter(f"{W}t"))


@pytest.mark.parametrize("ways", [(), ("切分文字", "校对标记"), ("合并文字", "控件和链接"), ("修订",)], ids="+".join)
def test_conflicts_have_runs_of_their_own(ways: tuple[str, ...]) -> None:
    file = open_file(rewritten(report("第一段。", SENTENCE, "全段要删。"), "冲突", *ways), "旧.docx")
    at = find(file, "截至")
    told = (
        (at, 10, 12, "6起"),
        (at, 2, 8, "9月底，发生"),
        (at, 12, 12, "6起"),
        (at - 1, 0, 4, "第一段。"),
        (-1, 0, 0, ""),
        (at + 1, 0, 5, ""),
    )
    conflicts = tuple(Conflict(EDITED if n % 2 else CLASHED, *one[:3], one[3], "7起") for n, one in enumerate(told))
    changes = (Change(at, 7, 8, (Piece("生"),)), Change(at, 15, 17, (Piece("9人"),), name(2)))
    places = done(file, Plan(changes=changes, conflicts=conflicts, removals=(Removal(PARAGRAPH, at + 1),)))
    assert texts(file)[at] == "截至9月底，发生事故6起，死亡9人。"
    assert [anchored(file, places, n) for n in range(4)] == ["6起", "9月底，发生", "6起", "第一段。"]
    assert places.anchors[4] is None
    assert places.anchors[5] is not None


def test_an_empty_paragraph_gets_a_run_for_its_comment() -> None:
    file = open_file(report("前。"), "旧.docx")
    places = done(file, Plan(conflicts=(Conflict(CLASHED, 1, 0, 0, "", "新"),)))
    assert places.anchors[0] is not None
    assert places.anchors[0][0].getparent() is file.strands[1].element


# ---- 目录 and names -----------------------------------------------------------------------------------------------


def contents(*headings: str) -> bytes:
    sections = tuple(
        Section(Marker(ROWS[0], n), Line(one), run_in=False, blocks=(paragraph(f"{one}的正文{{{n}件}}。"),))
        for n, one in enumerate(headings, 1)
    )
    return room.write(Document(Outline(Line("标题"), sections=sections), contents=1), traced=TRACED)


def test_the_contents_are_written_anew_and_nothing_comes_into_them() -> None:
    file, now = open_file(contents("甲", "乙"), "旧.docx"), open_file(contents("甲", "丙", "乙"), "新.docx")
    begin = next(file.root.iter(f"{W}fldChar"))
    begin.attrib.pop(f"{W}dirty")
    at = find(file, "目")
    plan = Plan(
        insertions=(Insertion(PARAGRAPH, find(now, "二、丙"), at), Insertion(PARAGRAPH, find(now, "丙的"), at)),
        removals=(Removal(PARAGRAPH, find(file, "二、乙")),),
        names={name(2): name(30)},
    )
    done(file, plan, now)
    assert begin.get(f"{W}dirty") == "true"
    assert texts(file)[at : at + 3] == ["目  录", "二、丙", "丙的正文2件。"]
    entries = [one for one in file.root.iter(f"{W}p") if one.find(f"{W}hyperlink") is not None]
    new = file.strands[at + 1].element
    assert all(one in new.itersiblings(preceding=True) for one in entries)


def test_nothing_to_do_changes_nothing() -> None:
    data = contents("甲", "乙")
    file = open_file(data, "旧.docx")
    assert done(file, Plan()) == Places()
    assert file.root.find(f".//{W}fldChar").get(f"{W}dirty") == "true"
    assert texts(file) == texts(open_file(data, "旧.docx"))


def test_a_name_that_is_taken_is_not_given_twice() -> None:
    file, now = open_file(report(*OLD), "旧.docx"), open_file(report("新{9件}。"), "新.docx")
    done(file, Plan(insertions=(Insertion(PARAGRAPH, 2, 4), Insertion(PARAGRAPH, 2, 4)), names={name(1): name(2)}), now)
    assert [spots(one) for one in file.strands[2:]] == [{name(1): "1件"}, {name(2): "2件"}, {name(3): "3件"}, {}, {}]


# ---- any paragraphs, rows and tables of any file ------------------------------------------------------------------


def rich(*, more: bool) -> bytes:
    """A 公文 with all that may stand in one: 目录, tables upright and lying, merged cells, charts, 版记, lists of Word."""
    wide = table(
        "|".join(f"第{n}列的名称很长" for n in range(14)),
        "|".join(f"{{{n}万元}}" for n in range(14)),
        caption="表3 宽表",
    )
    second = (
        table("区|项目|数", "城区|甲|{5}", "^|乙|{6}", "乡镇|丙|{7}")
        if more
        else table("区|项目|数", "城区|甲|{5}", "^|丙|{7}")
    )
    blocks = [paragraph("全县{6起}，其中：一是{2起}；二是{【待补：数】}。"), TABLE_OLD, second, chart("5", "6"), wide]
    sections = tuple(
        Section(
            Marker(ROWS[0], n),
            Line(f"第{n}部分"),
            run_in=False,
            blocks=tuple(blocks[n - 1 : n + 1]) or (paragraph("末。"),),
        )
        for n in range(1, 6 if more else 5)
    )
    outline = Outline(
        Line("关于情况的报告"),
        Line("县政府："),
        (paragraph("前言{3件}。"),),
        sections,
        (Line("县应急局"), Line("2022年9月30日")),
    )
    told = Document(outline, number=Line("清应急〔2022〕9号"), organs=(Line("清源县应急管理局"),), copies=line("抄送{单位}"), printer=Line("办公室"),
                    printed=Line("2022年9月30日"), contents=1)  # fmt: skip
    return room.write(told, replace(named("公文"), numbering="自动"), traced=TRACED)


RICH, RICHER = rich(more=False), rich(more=True)


@st.composite
def block_plans(draw: st.DrawFn, file: File, now: File) -> Plan:
    """Insertions and removals wherever the kinds of places agree."""
    cell = [n for n, one in enumerate(file.strands) if one.cell is not None]
    first = [n for n, one in enumerate(now.strands) if one.cell is not None and one.cell[2] == 0]
    plain = [n for n, one in enumerate(now.strands) if one.cell is None and one.part == now.main]
    places = [n for n, one in enumerate(file.strands) if one.part == file.main]
    inserted = []
    for _ in range(draw(st.integers(0, 6))):
        what = draw(st.sampled_from((PARAGRAPH, PARAGRAPH, ROW, TABLE)))
        source = draw(st.sampled_from(plain if what == PARAGRAPH else first))
        if what == TABLE:
            source = next(n for n in first if now.strands[n].cell == (now.strands[source].cell[0], 0, 0))
        inserted.append(
            Insertion(what, source, draw(st.sampled_from(cell if what == ROW else places)), draw(st.booleans()))
        )
    removed = []
    for _ in range(draw(st.integers(0, 8))):
        what = draw(st.sampled_from((PARAGRAPH, PARAGRAPH, PARAGRAPH, ROW, TABLE)))
        removed.append(Removal(what, draw(st.sampled_from(places if what == PARAGRAPH else cell))))
    conflicts = tuple(
        Conflict(CLASHED, at, 0, file.strands[at].length, "", "")
        for at in draw(st.lists(st.sampled_from(places), max_size=3))
    )
    return Plan(insertions=tuple(inserted), removals=tuple(removed), conflicts=conflicts)


def held(file: File, removal: Removal) -> set[int]:
    """The paragraphs that a removal takes."""
    cell = file.strands[removal.at].cell
    wide = {PARAGRAPH: 3, ROW: 2, TABLE: 1}[removal.what]
    if removal.what == PARAGRAPH:
        return {removal.at}
    return {n for n, one in enumerate(file.strands) if one.cell is not None and one.cell[:wide] == cell[:wide]}


@settings(max_examples=30)
@given(data=st.data(), seed=st.integers(0, 10**6), swap=st.booleans())
def test_blocks_come_and_go_and_all_others_stay_in_order(data: st.DataObject, seed: int, swap: bool) -> None:
    ways = data.draw(st.lists(st.sampled_from(WAYS), max_size=4))
    old, new = (RICH, RICHER) if not swap else (RICHER, RICH)
    file, now = open_file(rewritten(old, seed, *ways), "旧.docx"), open_file(new, "新.docx")
    plan = data.draw(block_plans(file, now))
    gone = {at for one in plan.removals for at in held(file, one)}
    stay = [one.text for at, one in enumerate(file.strands) if at not in gone and one.text]
    names = {key for at, one in enumerate(file.strands) if at not in gone for key in spots(one)}
    places = done(file, replace(plan, names={name(n): name(n + 700) for n in range(1, 60)}), now)
    left = iter(texts(file))
    assert all(text in left for text in stay)
    assert names <= {key for one in file.strands for key in spots(one)}
    assert len(places.anchors) == len(plan.conflicts)
    assert all(one is not None for one in places.anchors)
