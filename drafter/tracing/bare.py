"""A copy without traces: what is sent out of a report that was edited by hand."""

from __future__ import annotations

from pathlib import Path

from drafter import ledger, reading
from drafter.diagnostic import Diagnostic, DraftError, error
from drafter.source import Span, reason

_HINT = "核对磁盘空间和文件夹，文件打开着的先关掉；原来的文件没有动"


def without(path: Path, name: str, out: Path) -> int:
    """Write a file without bookmarks of figures, record and comments of ours to `out`; how many figures it had.

    Errors: DraftError P102, D101–D106 for a file that cannot be read, R210 where a file stands already, P106.
    """
    from drafter.word.trace.strip import stripped

    not_there(out)
    data, found = stripped(reading.content(path, name), name)
    put(out, data)
    return found


def not_there(out: Path) -> None:
    """Errors: DraftError R210 where a file stands that would be overwritten."""
    if out.exists():
        hint = "换一个文件名，或先把那一份移走"
        raise DraftError(error("R210", "那里已有一个文件，没有写", Span(out.as_posix(), 1, 1), hint))


def put(out: Path, data: bytes) -> None:
    """Write a file whole. Errors: DraftError P106."""
    try:
        ledger.write_whole(out, data)
    except OSError as fault:
        raise DraftError(not_written(out, fault)) from fault


def not_written(out: Path, fault: OSError) -> Diagnostic:
    """P106 for a file that could not be written."""
    return error("P106", f"写不进去：{reason(fault)}", Span(out.as_posix(), 1, 1), _HINT)
