"""Lines of a .docx, ours or foreign: the door. The walk over the XML itself is in lines.py.

Why not python-docx: its paragraphs lose inserted text, content controls, smart tags, text boxes and nested tables,
and it fails on one real file in six.
"""

from __future__ import annotations

from drafter.diagnostic import Diagnostic
from drafter.source import Text


def read(data: bytes, name: str) -> tuple[Text, tuple[Diagnostic, ...]]:
    """(lines, warnings) of a .docx called `name`; tables become pipe rows, each row a line.

    The places of the lines count paragraphs (from 1, those in tables and text boxes too) and characters in them.
    Deleted text, field codes, notes and hidden text are left out; what a reader would miss is warned of.
    Errors: DraftError D101–D106 for what is no .docx, is damaged or hostile.
    """
    from drafter.word.lines import Reader
    from drafter.word.package import opened

    package, root = opened(data, name)
    reader = Reader(name)
    lines = reader.read(root)
    return lines, (*package.warnings, *reader.warnings())
