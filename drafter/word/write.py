"""Document → .docx: the door. Imports lxml and python-docx only when something is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.document import Document
from drafter.layout.model import Layout
from drafter.outline import Outline

if TYPE_CHECKING:
    from drafter.trace import Record
    from drafter.word.parts import Parts


def write(
    document: Document | Outline,
    layout: Layout | None = None,
    *,
    author: str = "",
    date: tuple[int, int, int] | None = None,
    live: bool = True,
    traced: tuple[str, str] | None = None,
) -> bytes:
    """The report as a .docx in `layout` (总结 when none is given); same inputs, same bytes.

    `author` and `date` (year, month, day) go into the file's properties; without a date a fixed day is written, since
    a clock would make every build different. `live`: a 目录 is a field that Word fills in, a 版记 a floating table; False
    for a file that LibreOffice makes a PDF of: it counts the pages of plain lines only, and floats no such table.
    `traced` is (target, period) of the report: every printed value then stands in a hidden bookmark, and the file holds
    a record of what was generated. Values of facts still missing are highlighted. Never fails on text: characters that XML cannot hold become U+FFFD.
    """
    from drafter.word.base import CORE, DOCUMENT, base, core, zipped
    from drafter.word.parts import Parts
    from drafter.word.trace.store import keep

    told, look = _chosen(document, layout)
    parts = Parts(base(look))
    body, record = _written(told, look, parts, traced if live else None, live=live)
    if record is not None:
        keep(record, parts)
    return zipped(parts.members() | {CORE: core(told.outline.title.text, author, date), DOCUMENT: body})


def recorded(document: Document | Outline, layout: Layout | None, traced: tuple[str, str]) -> Record:
    """The record that a file of `write` would hold, as it is read from there; no file is made."""
    from drafter.word.base import base
    from drafter.word.element import etree
    from drafter.word.parts import Parts
    from drafter.word.trace import store

    told, look = _chosen(document, layout)
    _, record = _written(told, look, Parts(base(look)), traced, live=True)
    assert record is not None
    read = store.read(etree.fromstring(store.written(record)))
    assert read is not None
    return read


def _chosen(document: Document | Outline, layout: Layout | None) -> tuple[Document, Layout]:
    from drafter import layout as layouts

    return document if isinstance(document, Document) else Document(document), layout or layouts.named("总结")


def _written(
    told: Document, look: Layout, parts: Parts, traced: tuple[str, str] | None, *, live: bool
) -> tuple[bytes, Record | None]:
    """The main part, what it needs being added to `parts`; and the record of what is in it, where it is traced."""
    from drafter.trace import key_of
    from drafter.typeset import compose
    from drafter.word.body import document as written
    from drafter.word.trace.figures import Figures

    figures = Figures(key_of(*traced)) if traced else Figures()
    body, stories = written(compose(told, look), look, parts, told.pictures, live=live, figures=figures)
    if not traced:
        return body, None
    return body, replace(figures.record(*traced, *stories), title=told.outline.title.text)
