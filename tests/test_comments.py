"""Word comments: what those for review say, where comments may begin and end, and how they go again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from drafter import office
from drafter.formats import Wishes, docx, wished
from drafter.word.element import W
from drafter.word.read import read
from drafter.word.trace.comments import CONFLICTS, SOURCES, Comments
from drafter.word.trace.file import open_file
from drafter.word.trace.review import annotated
from tests import word_like
from tests.case_files import CASES, Case, load
from tests.docx_check import need, problems
from tests.project_files import built, drafted, make
from tests.traced_reports import LAYOUTS, TARGETS, found, traced
from tests.word_files import docx as foreign
from tests.word_files import package, root

Q = f"{{{W}}}"
Said = list[tuple[str, str]]
"""(the words that a comment stands at, what it says) in their order in the text."""


def told(data: bytes) -> Said:
    """The comments of a file."""
    file = open_file(data, "t.docx")
    comments = Comments(file).root
    words = {c.get(f"{Q}id"): "\n".join(map(_text, c)) for c in (comments if comments is not None else ())}
    open_: dict[str, str] = {}
    for one in file.root.iter():
        key = str(one.get(f"{Q}id"))
        if one.tag == f"{Q}commentRangeStart":
            open_[key] = ""
        elif one.tag in (f"{Q}t", f"{Q}drawing"):
            open_ = {k: v + (one.text or "□") for k, v in open_.items()}
        elif one.tag == f"{Q}commentRangeEnd":
            words[key] = f"{open_.pop(key)}\0{words[key]}"
    return [(at, said) for at, _, said in (w.partition("\0") for w in words.values())]


def _text(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{Q}t"))


# ---- review ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", load(CASES / "review"), ids=str)
def test_what_a_comment_says(case: Case, tmp_path: Path) -> None:
    files = {name: text + "\n" for name, text in case.parts.items() if "." in name}
    project = make(tmp_path, files | {"templates/县安委办/月报/1.txt": f"一、情况\n{case.parts['say']}\n"})
    draft = drafted(project, "县安委办/月报", "2022-09")
    data = docx(draft, Wishes(review=True))
    assert problems(data) == []
    assert "\n".join(f"> {at}\n{said}" for at, said in told(data)) == "\n".join(case.lines("want"))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_comments_change_no_word(target: str, layout: str) -> None:
    """Every sample report in every layout: sound, the same twice, all figures at their bookmarks; cleared it is as before."""
    plain = traced(target, layout)
    data = annotated(plain)
    assert data == annotated(plain)
    assert problems(data) == []
    before, after = open_file(plain, "t.docx"), open_file(data, "t.docx")
    assert [s.printed for s in after.strands] == [s.printed for s in before.strands]
    assert read(data, "t.docx")[0] == read(plain, "t.docx")[0]
    wanted = [
        v
        for v in before.record.figures.values()
        if v.drawn or (v.origin.formula not in ("", "数") and not v.origin.missing)
    ]
    said = "\n".join(words for _, words in told(data))
    assert wanted
    assert all(value.drawn or value.origin.fact in said for value in wanted)
    assert len(told(data)) <= len(wanted)
    assert Comments(after).clear(SOURCES) == len(told(data))
    assert etree.tostring(after.root) == etree.tostring(before.root)
    assert after.saved() == before.saved()


def test_what_values_are_made_of_is_kept_twice() -> None:
    """In the custom XML, and in the properties that a save as .odt keeps."""
    data = traced("县政府办/月度工作回顾", "总结")
    whole = open_file(data, "t.docx").record
    packed = open_file(word_like.rewritten(data, 1, "去掉自定义XML"), "t.docx").record
    basis = [value.origin.basis for value in whole.figures.values()]
    assert [value.origin.basis for value in packed.figures.values()] == basis
    assert sum(map(bool, basis)) > 20
    assert any(place for one in basis for _, _, place in one)
    assert all(value.origin.basis for value in whole.figures.values() if value.origin.formula and not value.drawn)


def test_a_figure_in_the_head_of_a_page_is_told_in_the_text(tmp_path: Path) -> None:
    """Word takes no comments in heads of pages: the first paragraph of the text has it."""
    files = {
        "data/某局/2022-09.yaml": "事故起数: {本期: 6起, 上年同期: 11起}\n",
        "templates/某局/月报/报告.yaml": '版式: 命令\n发文机关: "某局{{ 事故起数|同比 }}"\n标题: 某局令\n',
        "templates/某局/月报/1.txt": "一、情况\n甲乙。\n",
    }
    draft = drafted(make(tmp_path, files), "某局/月报", "2022-09")
    file = open_file(docx(draft), "t.docx")
    assert [s.part for s in file.strands if s.spots] != [file.main]
    data = docx(draft, Wishes(review=True))
    assert problems(data) == []
    assert len(told(data)) == len(file.record.figures)


# ---- places ---------------------------------------------------------------------------------------------------------


def shape(element: etree._Element) -> str:
    """A paragraph in signs: ( and ) are the ends of a comment, * its reference, [ and ] those of a bookmark."""
    signs = {"commentRangeStart": "(", "commentRangeEnd": ")", "bookmarkStart": "[", "bookmarkEnd": "]", "tab": "→"}
    name = etree.QName(element).localname
    if name in signs:
        return signs[name]
    if name == "r" and element.find(f"{Q}commentReference") is not None:
        return "*"
    inner = "".join(map(shape, (one for one in element if not etree.QName(one).localname.endswith("Pr"))))
    inner = element.text or "" if name == "t" else inner
    return inner if name in ("p", "r", "t", "sdtContent") else f"{name}{{{inner}}}"


PLACES = {
    "一段文字": ("/ 甲", "(甲)*"),
    "一段里的几个字": ("<w:p>{甲}{乙}{丙}</w:p>", "甲(乙)丙*"),
    "几个文字块": ("<w:p>{甲}{始}{丙}{终}{丁}</w:p>", "甲(始丙终)丁*"),
    "链接里": ('<w:p>{甲}<w:hyperlink w:anchor="a">{乙}{丙}</w:hyperlink></w:p>', "甲hyperlink{(乙)丙}*"),
    "插入的修订里": ('<w:p><w:ins w:id="7" w:author="张">{甲}{乙}</w:ins>{丙}</w:p>', "ins{甲(乙)}丙*"),
    "智能标记里": ('<w:p><w:smartTag w:uri="u" w:element="e">{乙}</w:smartTag></w:p>', "smartTag{(乙)}*"),
    "控件里": ("<w:p>{甲}<w:sdt><w:sdtPr/><w:sdtContent>{乙}{丙}</w:sdtContent></w:sdt></w:p>", "甲(sdt{乙丙})*"),
    "域里": ('<w:p>{甲}<w:fldSimple w:instr="PAGE">{乙}</w:fldSimple>{丙}</w:p>', "甲(fldSimple{乙})丙*"),
    "控件里的修订": (
        '<w:p><w:sdt><w:sdtContent><w:ins w:id="7" w:author="张">{乙}</w:ins></w:sdtContent></w:sdt>{丙}</w:p>',
        "(sdt{ins{乙}})丙*",
    ),
    "从修订里到外面": (
        '<w:p><w:ins w:id="7" w:author="张">{甲}{始}</w:ins>{丙}{终}{丁}</w:p>',
        "ins{甲(始}丙终)丁*",
    ),
    "书签在批注里": (
        '<w:p>{甲}<w:bookmarkStart w:id="1" w:name="_DAAAAAA_1"/>{乙}<w:bookmarkEnd w:id="1"/>{丙}</w:p>',
        "甲([乙])丙*",
    ),
    "一个文字块里有制表": ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>", "(甲→乙)*"),
    "注音": (
        "<w:p><w:r><w:ruby><w:rt>{a}</w:rt><w:rubyBase>{乙}</w:rubyBase></w:ruby></w:r>{丙}</w:p>",
        "(ruby{rt{a}rubyBase{乙}})丙*",
    ),
    "段落本身": ("<w:p><w:pPr><w:jc w:val='left'/></w:pPr>{整}{段}</w:p>", "(整段)*"),
    "空段落": ("<w:p/>", "()*"),
}
"""Name → (a paragraph, {…} is a run; 乙, or 始 to 终, or the first paragraph is commented on; what becomes of it)."""


def written(xml: str) -> str:
    return xml.replace("{", "<w:r><w:t>").replace("}", "</w:t></w:r>") if xml.startswith("<") else xml


@pytest.mark.parametrize(("xml", "want"), PLACES.values(), ids=PLACES)
def test_where_a_comment_may_stand(xml: str, want: str) -> None:
    file = open_file(foreign(written(xml)), "t.docx")
    texts = {t.text: t for t in file.root.iter(f"{Q}t")}
    whole = next(file.root.iter(f"{Q}p"))
    first = texts.get("乙", texts.get("始", texts.get("甲", whole)))
    last = texts.get("终", first)
    assert Comments(file).add("说明", first, last, SOURCES, "出处")
    assert shape(whole) == want
    again = file.saved()
    assert [said for _, said in told(again)] == ["说明"]
    after = open_file(again, "t.docx")
    assert Comments(after).clear(SOURCES) == 1
    assert shape(next(after.root.iter(f"{Q}p"))) == want.translate(dict.fromkeys(map(ord, "()*")))
    assert "comments" not in str(sorted(open_file(after.saved(), "t.docx").members))


def test_blanks_between_elements_stay() -> None:
    """A file that was laid out for reading: comments put in and taken out leave every blank."""
    data = foreign("<w:p>\n  <w:r>\n    <w:t>甲</w:t>\n  </w:r>\n  <w:r><w:t>乙</w:t></w:r>\n</w:p>")
    file = open_file(data, "t.docx")
    before = etree.tostring(file.root)
    comments, text = Comments(file), file.strands[0].nodes[0].element
    assert comments.add("说明", text, text, SOURCES)
    assert etree.tostring(file.root) != before
    assert comments.clear(SOURCES) == 1
    assert etree.tostring(file.root) == before


# ---- comments of others ---------------------------------------------------------------------------------------------


def comment(number: int, author: str, para: str = "", said: str = "话") -> str:
    para = f' w14:paraId="{para}"' if para else ""
    return f'<w:comment w:id="{number}" w:author="{author}"><w:p{para}><w:r><w:t>{said}</w:t></w:r></w:p></w:comment>'


def ranged(*numbers: int) -> str:
    """A paragraph with a comment on 甲 for every number."""
    starts = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in numbers)
    ends = "".join(f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>' for n in numbers)
    return f"<w:p>{starts}<w:r><w:t>甲</w:t></w:r>{ends}</w:p>"


W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
CEX = "http://schemas.microsoft.com/office/word/2018/wordml/cex"


def discussed(*rows: tuple[int, str, str, str]) -> bytes:
    """A file with comments (id, author, paraId, paraId of the one it answers), with all that Word keeps beside them."""
    parts = {
        "comments": ("comments.xml", root("comments", "".join(comment(n, who, p) for n, who, p, _ in rows))),
        "commentsExtended": (
            "commentsExtended.xml",
            f'<w15:commentsEx xmlns:w15="{W15}">'
            + "".join(
                f'<w15:commentEx w15:paraId="{p}" {f"w15:paraIdParent={above!r} " if above else ""}w15:done="0"/>'
                for _, _, p, above in rows
            )
            + "</w15:commentsEx>",
        ),
        "commentsIds": (
            "commentsIds.xml",
            f'<c:commentsIds xmlns:c="{CID}">'
            + "".join(f'<c:commentId c:paraId="{p}" c:durableId="D{p}"/>' for _, _, p, _ in rows)
            + "</c:commentsIds>",
        ),
        "commentsExtensible": (
            "commentsExtensible.xml",
            f'<x:commentsExtensible xmlns:x="{CEX}">'
            + "".join(f'<x:commentExtensible x:durableId="D{p}"/>' for _, _, p, _ in rows)
            + "</x:commentsExtensible>",
        ),
    }
    body = ranged(*(n for n, *_ in rows))
    return package(root("document", f"<w:body>{body}</w:body>"), parts)


TALKS = {
    "没有人回": ([(0, SOURCES, "A0", "")], []),
    "别人的不动": ([(0, "张", "A0", ""), (1, SOURCES, "A1", "")], [0]),
    "有人回了": ([(0, SOURCES, "A0", ""), (1, "张", "A1", "A0")], [0, 1]),
    "回话的回话": ([(0, SOURCES, "A0", ""), (1, SOURCES, "A1", "A0"), (2, "张", "A2", "A1")], [0, 1, 2]),
    "自己回自己": ([(0, SOURCES, "A0", ""), (1, SOURCES, "A1", "A0")], []),
    "回的是别人": ([(0, "李", "A0", ""), (1, "张", "A1", "A0"), (2, SOURCES, "A2", "")], [0, 1]),
    "我们回别人": ([(0, "李", "A0", ""), (1, SOURCES, "A1", "A0")], [0]),
    "另一个作者": ([(0, SOURCES, "A0", ""), (1, CONFLICTS, "A1", "")], [1]),
}
"""Name → (comments, ids of those that stay when those of 出处 go)."""


@pytest.mark.parametrize(("rows", "stay"), TALKS.values(), ids=TALKS)
def test_answered_comments_stay(rows: list[tuple[int, str, str, str]], stay: list[int]) -> None:
    file = open_file(discussed(*rows), "t.docx")
    assert Comments(file).clear(SOURCES) == len(rows) - len(stay)
    after = open_file(file.saved(), "t.docx")
    marks = [one.get(f"{Q}id") for one in after.root.iter() if etree.QName(one).localname.startswith("comment")]
    assert marks == [str(n) for n in stay] + [str(n) for n in stay for _ in range(2)]
    kept = {f"A{n}" for n in stay}
    whole = b"".join(content for name, content in after.members.items() if "omments" in name)
    assert {p for _, _, p, _ in rows if f'"{p}"'.encode() in whole or f'"D{p}"'.encode() in whole} == kept
    assert ("comments" in str(sorted(after.members))) == bool(stay)
    types = after.members["[Content_Types].xml"].decode()
    assert all(f"/{name}" in after.members or name in types for name in after.members if name.startswith("word/c"))
    assert ("comments.xml" in types) == bool(stay)


HOMES = {
    "没有批注": ({}, 0, "word/comments.xml"),
    "有批注": ({"comments": ("comments.xml", root("comments", comment(4, "张")))}, 5, "word/comments.xml"),
    "别的文件名": ({"comments": ("pi/zhu2.xml", root("comments", comment(0, "张")))}, 1, "word/pi/zhu2.xml"),
    "绝对路径": ({"comments": ("/word/comments.xml", root("comments", ""))}, 0, "word/comments.xml"),
    "名字给占了": ({"image": ("comments.xml", root("comments", ""))}, 0, "word/comments1.xml"),
}
"""Name → (parts, id of the next comment, the entry that holds the comments)."""


@pytest.mark.parametrize(("parts", "number", "home"), HOMES.values(), ids=HOMES)
def test_comments_are_found_by_their_relationship(parts: dict[str, tuple[str, str]], number: int, home: str) -> None:
    data = package(root("document", "<w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body>"), parts)
    data = data if home != "word/comments.xml" or "comments" not in parts else _absolute(data)
    file = open_file(data, "t.docx")
    text = file.strands[0].nodes[0].element
    assert Comments(file).add("新的", text, text, CONFLICTS)
    after = open_file(file.saved(), "t.docx")
    assert home in after.members
    assert f'w:id="{number}"' in after.members[home].decode()
    assert told(file.saved())[-1] == ("甲", "新的")


def _absolute(data: bytes) -> bytes:
    """The file as it is, members of doubled names put right."""
    with ZipFile(BytesIO(data)) as archive:
        members = {name.replace("word//word/", "word/"): archive.read(name) for name in archive.namelist()}
    stream = BytesIO()
    with ZipFile(stream, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def test_ids_of_ranges_without_a_comment_are_not_taken() -> None:
    file = open_file(foreign(ranged(8)), "t.docx")
    text = file.strands[0].nodes[0].element
    comments = Comments(file)
    assert comments.add("一", text, text, SOURCES)
    assert comments.add("二", text, text, SOURCES)
    assert [c.get(f"{Q}id") for c in comments.root] == ["9", "10"]


def test_any_character_may_stand_in_a_comment() -> None:
    data = traced("应急管理局/月度工作总结", "总结")
    file = open_file(data, "t.docx")
    text = file.strands[0].nodes[0].element
    assert Comments(file).add("a\x00\ud800<&>\n\n\t二\r三\u202e", text, text, "作\x01者&")
    assert problems(file.saved()) == []
    assert "<&>" in str(told(file.saved()))


# ---- other programs, and the command -------------------------------------------------------------------------------


def test_libreoffice_keeps_comments_and_bookmarks(tmp_path: Path) -> None:
    need(office.find(), office.ABSENT)
    files = {t: annotated(traced(t, "总结")) for t in TARGETS}
    for target, after in word_like.by_libreoffice(files, tmp_path, "docx").items():
        assert sorted(said for _, said in told(after)) == sorted(said for _, said in told(files[target]))
        assert found(open_file(after, "t.docx")) == found(open_file(files[target], "t.docx"))
        file = open_file(after, "t.docx")
        assert Comments(file).clear(SOURCES) == len(told(files[target]))


def test_a_build_for_review_is_ours(tmp_path: Path) -> None:
    """It is written under the same name, and the next build takes it for its own."""
    files = {
        "data/某局/2022-09.yaml": "事故起数: {本期: 6起, 上年同期: 11起}\n",
        "templates/某局/月报/1.txt": "一、情况\n发生{{ 事故起数 }}，{{ 事故起数|同比 }}。\n",
    }
    project, out = make(tmp_path, files), tmp_path / "out"
    for wishes, count in ((Wishes(review=True), 1), (Wishes(), 0)):
        [result] = built(project, out, ("docx",), wishes=wishes)
        assert result.status == "built"
        assert "P107" not in [d.code for d in result.diagnostics]
        assert [p.name for p in (out / "某局").iterdir()] == ["2022-09-月报.docx"]
        assert len(told((out / "某局" / "2022-09-月报.docx").read_bytes())) == count


def test_wishes_are_for_word_alone() -> None:
    plain, review = wished(Wishes()), wished(Wishes(review=True))
    assert plain.keys() == review.keys()
    assert [name for name in plain if plain[name] is not review[name]] == ["docx"]
