"""Document → .docx: the door. Imports lxml and python-docx only when something is written."""

from __future__ import annotations

from drafter.document import Document
from drafter.layout.model import Layout
from drafter.outline import Outline


def write(
    document: Document | Outline,
    layout: Layout | None = None,
    *,
    author: str = "",
    date: tuple[int, int, int] | None = None,
    live: bool = True,
) -> bytes:
    """The report as a .docx in `layout` (总结 when none is given); same inputs, same bytes.

    `author` and `date` (year, month, day) go into the file's properties; without a date a fixed day is written, since
    a clock would make every build different. `live`: a 目录 is a field that Word fills in, a 版记 a floating table; False
    for a file that LibreOffice makes a PDF of: it counts the pages of plain lines only, and floats no such table.
    Values of facts still missing are highlighted. Never fails on text: characters that XML cannot hold become U+FFFD.
    """
    from drafter import layout as layouts
    from drafter.typeset import compose
    from drafter.word.base import CORE, DOCUMENT, base, core, zipped
    from drafter.word.body import document as written
    from drafter.word.parts import Parts

    look = layout or layouts.named("总结")
    told = document if isinstance(document, Document) else Document(document)
    parts = Parts(base(look))
    body = written(compose(told, look), look, parts, told.pictures, live=live)
    return zipped(parts.members() | {CORE: core(told.outline.title.text, author, date), DOCUMENT: body})
