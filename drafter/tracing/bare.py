"""A copy without traces: what is sent out of a report that was edited by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from drafter import ledger, reading
from drafter.diagnostic import Diagnostic, DraftError, error
from drafter.source import Span, reason

_HINT = "核对磁盘空间和文件夹，文件打开着的先关掉；原来的文件没有动"


@dataclass(frozen=True, slots=True)
class Bare:
    """What a copy without traces lost, and what it still holds that is for nobody outside."""

    figures: int
    revisions: int = 0
    authors: tuple[str, ...] = ()
    """Of every comment that stays."""

    @property
    def left(self) -> str:
        """修订3处、批注2条（作者：张三）; empty where nothing is left."""
        changes = (f"修订{self.revisions}处",) if self.revisions else ()
        named = "、".join(author for author in Counter(self.authors) if author)
        notes = (f"批注{len(self.authors)}条" + (f"（作者：{named}）" if named else ""),) if self.authors else ()
        return "、".join((*changes, *notes))


def without(path: Path, name: str, out: Path) -> Bare:
    """Write a file without bookmarks of figures, record and comments of ours to `out`; what it lost and still holds.

    Errors: DraftError P102, D101–D106 for a file that cannot be read, R210 where a file stands already, P106.
    """
    from drafter.word.trace.left import left
    from drafter.word.trace.strip import stripped

    not_there(out)
    data, found = stripped(reading.content(path, name), name)
    put(out, data)
    still = left(data, name)
    return Bare(found, still.revisions, still.authors)


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
