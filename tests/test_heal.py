"""Bookmarks that another program set wrong: LibreOffice takes a character off every one behind a comment, at each save."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from drafter import office
from drafter.word.trace.comments import CONFLICTS, Comments
from drafter.word.trace.file import File, open_file
from tests.docx_check import need
from tests.traced_reports import TARGETS, traced

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def shifted(data: bytes, by: int) -> bytes:
    """The file with the end of every bookmark of a figure so many characters farther to the left, turned round where it
    comes to lie before the beginning."""
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(members["word/document.xml"])
    for text in [t for t in root.iter(f"{W}t") if t.text and len(t.text) > 1]:
        _letters(text.getparent())
    for start in list(root.iter(f"{W}bookmarkStart")):
        end = next(e for e in root.iter(f"{W}bookmarkEnd") if e.get(f"{W}id") == start.get(f"{W}id"))
        if start.get(f"{W}name", "").startswith("_D"):
            _back(start, end, by)
    members["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _letters(run: etree._Element) -> None:
    """A run for every character."""
    text = run.find(f"{W}t")
    if text is None or len(run.findall(f"{W}t")) > 1 or run.getparent() is None:
        return
    for letter in text.text or "":
        one = etree.fromstring(etree.tostring(run))
        one.find(f"{W}t").text = letter
        one.tail = None
        run.addprevious(one)
    run.getparent().remove(run)


def _back(start: etree._Element, end: etree._Element, by: int) -> None:
    for _ in range(by):
        before = end.getprevious()
        while before is not None and before.tag != f"{W}r":
            before = before.getprevious()
        if before is None or before.find(f"{W}t") is None:
            return
        before.addprevious(end)
    if start.getparent().index(start) > start.getparent().index(end):
        start.addprevious(swapped := etree.fromstring(etree.tostring(start)))
        start.getparent().replace(end, swapped)
        start.getparent().replace(start, end)


def texts(file: File) -> dict[str, str]:
    return {s.name: strand.text[s.start : s.end] for strand in file.strands for s in strand.spots}


@pytest.mark.parametrize("by", [1, 2, 3])
@pytest.mark.parametrize("target", TARGETS)
def test_shifted_ends_are_put_back(target: str, by: int) -> None:
    data = traced(target, "总结")
    before = texts(open_file(data, "a.docx"))
    assert len(before) > 8
    assert texts(open_file(shifted(data, by), "b.docx")) == before


@pytest.mark.parametrize("target", TARGETS[:2])
def test_libreoffice_shifts_and_they_are_put_back(target: str) -> None:
    need(office.find(), "needs LibreOffice")
    data = traced(target, "总结")
    before = texts(open_file(data, "a.docx"))
    file = open_file(data, "a.docx")
    comments = Comments(file)
    for strand in [s for s in file.strands if len(s.spots) > 1 and s.cell is None]:
        run = next(strand.element.iter(f"{W}r"))
        comments.add("核对", run, run, CONFLICTS)
    data = file.saved()
    for _ in range(3):
        data = office.convert(data, ".docx", "docx")
    assert texts(open_file(data, "b.docx")) == before


def moved_end(data: bytes, name: str, paragraphs: int) -> bytes:
    """The file with the end of a bookmark so many paragraphs farther on."""
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(members["word/document.xml"])
    start = next(s for s in root.iter(f"{W}bookmarkStart") if s.get(f"{W}name") == name)
    end = next(e for e in root.iter(f"{W}bookmarkEnd") if e.get(f"{W}id") == start.get(f"{W}id"))
    rows = list(root.iter(f"{W}p"))
    rows[rows.index(start.getparent()) + paragraphs].append(end)
    members["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for entry, content in members.items():
            archive.writestr(entry, content)
    return stream.getvalue()


@pytest.mark.parametrize("paragraphs", [1, 2, 4])
@pytest.mark.parametrize("target", TARGETS[:2])
def test_an_end_far_off_is_put_back(target: str, paragraphs: int) -> None:
    data = traced(target, "总结")
    before = texts(open_file(data, "a.docx"))
    name = next(s.name for strand in open_file(data, "a.docx").strands if strand.cell is None for s in strand.spots)
    assert texts(open_file(moved_end(data, name, paragraphs), "b.docx")) == before


def test_a_figure_that_is_gone_covers_no_other_paragraphs() -> None:
    data = traced(TARGETS[0], "总结")
    file = open_file(data, "a.docx")
    strand = next(strand for strand in file.strands if strand.spots and strand.cell is None)
    spot = strand.spots[0]
    for node in strand.nodes:
        if spot.start <= node.start < spot.end:
            node.element.text = "若干"
    data = moved_end(file.saved(), spot.name, 3)
    assert spot.name not in texts(open_file(data, "b.docx"))
