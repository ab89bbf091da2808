"""The files of a refresh: where the result may go, the original kept as a backup, the result written whole."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafter import ledger
from drafter.diagnostic import DraftError, error
from drafter.project import OUT, Project
from drafter.refresh.model import BACKUP, Refreshed
from drafter.source import Span
from drafter.tracing.bare import not_there, not_written

if TYPE_CHECKING:
    from drafter.word.trace.file import File

_LOCKS = ("~$", ".~lock.")
"""How the names of files begin that Word and LibreOffice put beside an open document."""


def renamed(path: Path, before: str, now: str) -> Path:
    """The name of the same report of another period."""
    stem = path.stem.replace(before, now) if before in path.stem else f"{now}-{path.stem}"
    return path.with_name(f"{stem}{path.suffix}")


def free_to_write(path: Path, out: Path | None, name: str) -> None:
    """Errors: R206 for a file that is open or read-only, R210 where another file stands at `out`."""
    _not_open(out or path, name)
    _writable(out or path, name)
    if out is not None:
        not_there(out)


def _not_open(path: Path, name: str) -> None:
    found = [path.with_name(f"{sign}{path.name}{'#' if sign[0] == '.' else ''}") for sign in _LOCKS]
    found.append(path.with_name(f"~${path.name[2:]}"))
    if any(lock.exists() for lock in found):
        hint = "在 Word 或 WPS 里关掉它再刷新；确实没有打开，就删去旁边名字以 ~$ 或 .~lock 开头的文件"
        raise DraftError(error("R206", "文件正打开着", Span(name, 1, 1), hint))


def _writable(path: Path, name: str) -> None:
    """Errors: R206 for a file that somebody made read-only: a new file in its place would not be."""
    if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
        hint = "要换，先去掉只读；要留着它，用 --out 写到另一个文件"
        raise DraftError(error("R206", "文件是只读的", Span(name, 1, 1), hint))


def not_strict(file: File) -> None:
    """Errors: R209 for a Strict file, whose elements have other names."""
    from drafter.word.trace.file import is_strict

    if is_strict(file):
        hint = "在 Word 里另存为“Word 文档（*.docx）”，不选 Strict"
        raise DraftError(error("R209", "文件是 Strict 格式，不能刷新", Span(file.name, 1, 1), hint))


def written(done: Refreshed, path: Path, out: Path | None, known: Sequence[Project]) -> Refreshed:
    """The result on the disk: the original is kept first, then replaced whole. Errors: P106.

    A file that no hand touched still is none in the ledgers of its projects: the next build may write over it.
    """
    assert done.data is not None
    place = out or path
    try:
        old = path.read_bytes()
        backup = None if out else ledger.set_aside(path, old, BACKUP)
        ledger.write_whole(place, done.data)
        for book, name in [] if out else _books(path, known):
            if book.is_ours(name, old):
                book.record(name, done.data)
    except OSError as fault:
        raise DraftError(not_written(place, fault)) from fault
    return replace(done, written=place, backup=backup)


def _books(path: Path, known: Sequence[Project]) -> list[tuple[ledger.Ledger, str]]:
    """The ledgers that tell of a file, and its name in them."""
    place = path.resolve()
    outs = (project.root.resolve() / OUT for project in known)
    return [(ledger.Ledger(out), place.relative_to(out).as_posix()) for out in outs if place.is_relative_to(out)]
