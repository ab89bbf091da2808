"""Files without traces: what a build writes for release, and what is left when traces are taken out of an edited file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from drafter import office
from drafter.diagnostic import DraftError
from drafter.draft import Builder
from drafter.formats import Wishes, docx
from drafter.project import Project
from drafter.word.read import read
from drafter.word.trace.comments import CONFLICTS, Comments
from drafter.word.trace.file import open_file
from drafter.word.trace.review import annotated
from drafter.word.trace.strip import stripped
from tests import word_like
from tests.docx_check import need, problems
from tests.project_files import ROOT, built, make
from tests.test_comments import discussed, told
from tests.traced_reports import LAYOUTS, TARGETS, traced
from tests.word_files import docx as foreign
from tests.word_files import package, root

PACKING = "date, system or method"
OURS = (b"_D", b"drafter0", b"urn:drafter", "drafter 出处".encode(), "drafter 刷新".encode())
GOOD = {
    "data/某局/2022-09.yaml": "事故起数: {本期: 6起, 上年同期: 11起}\n",
    "templates/某局/月报/1.txt": "一、情况\n发生{{ 事故起数 }}，{{ 事故起数|同比 }}。\n",
}


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(data: bytes) -> tuple[object, list[tuple[str, object]]]:
    """Every word of a file, as it is read in two ways."""
    strands = open_file(data, "t.docx").strands
    return read(data, "t.docx")[0], [(s.text, s.cell) for s in strands]


def is_clean(data: bytes, of: bytes) -> None:
    """No trace is left, and no word is lost; the file is sound where the one before was."""
    members = parts(data)
    assert [(name, sign) for name, content in members.items() for sign in OURS if sign in content] == []
    assert not any(name.lower().startswith("customxml/") for name in members)
    assert text_of(data) == text_of(of)
    assert [said for said in problems(data) if PACKING not in said] == []
    assert open_file(data, "t.docx").record is None
    assert stripped(data, "t.docx") == (data, 0)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_as_built(target: str, layout: str) -> None:
    data = traced(target, layout)
    record = open_file(data, "t.docx").record
    assert record is not None
    done, count = stripped(data, "t.docx")
    assert count == sum(len(one.drawn) or 1 for one in record.figures.values()) > 0
    is_clean(done, data)
    reviewed, again = stripped(annotated(data), "t.docx")
    assert (again, told(reviewed)) == (count, [])
    is_clean(reviewed, data)
    assert reviewed == done


@pytest.mark.parametrize("target", TARGETS)
def test_without_traces_from_the_start(target: str) -> None:
    """A build for release has the text of a traced one, and nothing of ours; stripping finds nothing to do."""
    builder = Builder(Project(ROOT))
    [report] = builder.project.select((target,))
    period = builder.project.newest(report)
    assert period is not None
    draft = builder.draft(report, period)
    data = docx(draft, Wishes(traced=False))
    is_clean(data, docx(draft))
    bare = list(open_file(stripped(docx(draft), "t.docx")[0], "t.docx").root.iter())
    assert [e.tag for e in bare] == [e.tag for e in open_file(data, "t.docx").root.iter()]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("way", word_like.WAYS)
def test_after_word(target: str, way: str) -> None:
    """Whatever Word did to the file before."""
    layout = LAYOUTS[(list(word_like.WAYS).index(way) + TARGETS.index(target)) % 5]
    data = word_like.rewritten(annotated(traced(target, layout)), target, way)
    done, count = stripped(data, "t.docx")
    assert count
    members = parts(done)
    signs = [s for s in OURS if s != b"_D"]
    assert [(n, s) for n, content in members.items() for s in signs if s in content] == []
    assert not [1 for strand in open_file(done, "t.docx").strands if strand.spots]
    assert text_of(done) == text_of(data)
    assert [said for said in problems(done) if PACKING not in said] == []
    assert stripped(done, "t.docx") == (done, 0)


def test_after_libreoffice(tmp_path: Path) -> None:
    need(office.find(), office.ABSENT)
    files = {t: annotated(traced(t, "公文")) for t in TARGETS}
    for data in word_like.by_libreoffice(files, tmp_path, "docx").values():
        done, count = stripped(data, "t.docx")
        assert count
        assert told(done) == []
        assert open_file(done, "t.docx").record is None
        assert text_of(done) == text_of(data)


# ---- what is not ours ----------------------------------------------------------------------------------------------

TEXT = "/ 甲乙丙"
PROPERTY = (
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{}" name="{}"><vt:lpwstr>值</vt:lpwstr></property>'
)
FOREIGN = {
    "普通文件": foreign(TEXT),
    "别的书签": foreign(
        '<w:p><w:bookmarkStart w:id="1" w:name="_Toc1"/><w:r><w:t>甲</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    ),
    "像又不是": foreign(
        '<w:p><w:bookmarkStart w:id="1" w:name="_DAAAAAA_"/><w:r><w:t>_DAAAAAA_1</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    ),
    "别的自定义数据": package(
        root("document", "<w:body><w:p/></w:body>"), {"customXml": ("../customXml/item1.xml", "<a xmlns='urn:b'/>")}
    ),
    "别人的批注": discussed((0, "张", "A0", "")),
    "严格的文件": package(
        root("document", "<w:body><w:p/></w:body>").replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
    ),
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN)
def test_files_of_others_stay_byte_for_byte(data: bytes) -> None:
    assert stripped(data, "t.docx") == (data, 0)


def test_what_somebody_answered_stays() -> None:
    """The answer would hang in the air; the comments of both our authors go else."""
    data = discussed(
        (0, "drafter 出处", "A0", ""), (1, "张", "A1", "A0"), (2, "drafter 出处", "A2", ""), (3, CONFLICTS, "A3", "")
    )
    done, count = stripped(data, "t.docx")
    assert count == 0
    assert [said for _, said in told(done)] == ["话", "话"]


def test_other_properties_and_bookmarks_stay() -> None:
    """Two bookmarks with one id, as in a file put together of two; properties of another program."""
    data = traced("应急管理局/月度工作总结", "总结")
    members = parts(data)
    other = '<w:bookmarkStart w:id="1" w:name="我的"/><w:bookmarkEnd w:id="1"/>'.encode()
    members["word/document.xml"] = members["word/document.xml"].replace(
        b"<w:sectPr", b"<w:p>" + other + b"</w:p><w:sectPr", 1
    )
    members["docProps/custom.xml"] = members["docProps/custom.xml"].replace(
        b"</Properties>",
        PROPERTY.format(99, "drafter的说明").encode() + PROPERTY.format(98, "KSO").encode() + b"</Properties>",
    )
    done, count = stripped(_zipped(members), "t.docx")
    assert count > 1
    after = parts(done)
    marks = etree.fromstring(after["word/document.xml"])
    assert [one.get(f"{{{marks.nsmap['w']}}}name") for one in marks.iter("{*}bookmarkStart")] == ["我的"]
    assert len(list(marks.iter("{*}bookmarkEnd"))) == 1
    assert [one.get("name") for one in etree.fromstring(after["docProps/custom.xml"])] == ["drafter的说明", "KSO"]


def test_bookmarks_that_were_copied_into_a_note_go() -> None:
    """Feet of pages and notes are no stories that are read, yet a clerk may have pasted a figure there."""
    data = traced("应急管理局/月度工作总结", "总结")
    members = parts(data)
    foot = next(name for name in members if name.startswith("word/footer"))
    mark = b'<w:bookmarkStart w:id="700" w:name="_Dabcdef_3"/><w:bookmarkEnd w:id="700"/></w:p>'
    members[foot] = members[foot].replace(b"</w:p>", mark, 1)
    done, _ = stripped(_zipped(members), "t.docx")
    assert b"bookmark" not in parts(done)[foot]
    is_clean(done, data)


def _zipped(members: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(DraftError):
        stripped(b"no file", "t.docx")


# ---- builds --------------------------------------------------------------------------------------------------------


def test_a_build_for_release(tmp_path: Path) -> None:
    project, out = make(tmp_path, GOOD), tmp_path / "out"
    target = out / "某局" / "2022-09-月报.docx"
    built(project, out, ("docx",))
    before = target.read_bytes()
    [result] = built(project, out, ("docx",), final=True, wishes=Wishes(traced=False))
    assert (result.status, [d.code for d in result.diagnostics if d.code == "P107"]) == ("built", [])
    assert stripped(before, "t.docx")[1] == 2
    is_clean(target.read_bytes(), before)


def test_a_hand_edited_file_is_kept_and_refresh_is_named(tmp_path: Path) -> None:
    """In Word somebody wrote a word: the file is kept beside the new one, and drafter refresh is pointed out."""
    project, out = make(tmp_path, GOOD), tmp_path / "out"
    target = out / "某局" / "2022-09-月报.docx"
    built(project, out, ("docx",))
    file = open_file(target.read_bytes(), "t.docx")
    file.strands[-1].nodes[0].element.text += "（核）"
    edited = file.saved()
    target.write_bytes(edited)
    [result] = built(project, out, ("docx",))
    [note] = [d for d in result.diagnostics if d.code == "P107"]
    assert "drafter refresh" in note.hint
    assert (out / "某局" / "2022-09-月报（手改1）.docx").read_bytes() == edited
    assert target.read_bytes() != edited


def test_a_conflict_comment_does_not_hide_an_edit() -> None:
    """Comments of ours go, words of a clerk stay."""
    draft_bytes = traced("应急管理局/月度工作总结", "总结")
    file = open_file(draft_bytes, "t.docx")
    node = file.strands[3].nodes[0].element
    node.text = f"科室补充。{node.text}"
    assert Comments(file).add("两边都改", node, node, CONFLICTS)
    done, _ = stripped(file.saved(), "t.docx")
    assert "科室补充。" in "".join(s.text for s in open_file(done, "t.docx").strands)
    assert told(done) == []
