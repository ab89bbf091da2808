"""Lines of a .docx, ours or foreign: the door. The walk over the XML itself is in lines.py.

Why not python-docx: its paragraphs lose inserted text, content controls, smart tags, text boxes and nested tables,
and it fails on one real file in six.
"""

from __future__ import annotations

from drafter.diagnostic import Diagnostic, DraftError
from drafter.source import Text
from drafter.word.found import Found

UNFORESEEN = "内容读不下去"
"""What is told about a file that provokes what nobody thought of; the tests of damaged files count it as a fault."""


def read(data: bytes, name: str) -> tuple[Text, tuple[Diagnostic, ...]]:
    """(lines, warnings) of a .docx called `name`; tables become pipe rows, each row a line.

    The places of the lines count paragraphs (from 1, those in tables and text boxes too) and characters in them.
    Automatic numbers are written out, in front of the text they stand at. Deleted text, field codes and hidden text
    are left out; what a reader would miss is warned of.
    Errors: DraftError D101–D106 for what is no .docx, is damaged or hostile.
    """
    found = read_all(data, name)
    return found.text, found.diagnostics


def read_all(data: bytes, name: str) -> Found:
    """The lines, what stands apart from them (headers, footers, notes, comments), and warnings; else as `read`."""
    from drafter.word.reading.whole import whole
    from drafter.word.refusals import refusal

    try:
        return whole(data, name)
    except DraftError:
        raise
    except (RecursionError, MemoryError) as fault:
        raise refusal("D104", name) from fault
    except Exception as fault:  # what a stranger's file provokes ends as a finding, never as a traceback
        raise refusal("D103", name, UNFORESEEN) from fault
