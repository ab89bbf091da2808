"""Outline → .docx: the door. Imports lxml and python-docx only when something is written."""

from __future__ import annotations

from drafter.outline import Outline
from drafter.word.layout import SUMMARY, Layout


def write(
    outline: Outline, layout: Layout = SUMMARY, *, author: str = "", date: tuple[int, int, int] | None = None
) -> bytes:
    """The report as a .docx in `layout`; same inputs, same bytes.

    `author` and `date` (year, month, day) go into the file's properties; without a date a fixed day is written, since
    a clock would make every build different. Values of facts still missing are highlighted. Never fails on text:
    characters that XML cannot hold become U+FFFD.
    """
    from drafter.word.base import CORE, DOCUMENT, base, core, zipped
    from drafter.word.body import document

    members = dict(base(layout))
    members[CORE] = core(outline.title.text, author, date)
    members[DOCUMENT] = document(outline, layout)
    return zipped(members)
