"""Places and text: where every piece comes from, and the one door to the disk."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from drafter.charset import decode

MAX_TEXT_BYTES = 5 * 1024 * 1024
"""Largest text file (facts, template, .txt report) that is read, in bytes."""
_REASONS = {
    errno.ENOENT: "没有这个文件", errno.EACCES: "没有权限，或正在被别的程序使用", errno.EPERM: "没有权限，或正在被别的程序使用",
    errno.EBUSY: "正在被别的程序使用", errno.ETXTBSY: "正在被别的程序使用", errno.ENOSPC: "磁盘满了", errno.EDQUOT: "磁盘配额用完了",
    errno.EROFS: "磁盘是只读的", errno.EISDIR: "是文件夹，不是文件", errno.ENOTDIR: "路径中间有一段是文件",
    errno.EEXIST: "那里已有一个文件", errno.ENAMETOOLONG: "文件名太长", errno.EIO: "磁盘读写出错", errno.EMFILE: "打开的文件太多",
}  # fmt: skip


def reason(fault: OSError) -> str:
    """Why a file could not be read or written, in the words of a clerk."""
    return _REASONS.get(fault.errno or 0, fault.strerror or str(fault))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place the user can open: file (relative to the project), line and column, both from 1.

    In a sheet, line and column are those of the cell, and `cell` is how a clerk calls it (收支!B7).
    """

    file: str
    line: int
    column: int
    cell: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.cell or f'{self.line}:{self.column}'}"


Basis = tuple[str, str, Span | None]
"""One thing that a derived value is made of: what it is (本期, 上年同期, 甲镇), how it was written, where.

Empty words: said elsewhere already. No place: it was derived itself, or was written nowhere.
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a printed value is made of: its fact, period and formula, and the place in the facts file."""

    fact: str
    """Name of the fact as the user wrote it; several are joined by 、."""
    span: Span | None
    """Place of the (first) value in a facts file; None when there is no value yet."""
    period: str = ""
    """Stem of the facts file, such as 2022-09."""
    formula: str = ""
    """Name of the filter that derived the wording; empty for the value itself."""
    missing: bool = False
    """True for the visible mark of a fact that is not known yet."""
    office: str = ""
    """责任单位 of the fact."""
    unit: str = ""
    """Unit printed at the end of the value, so that a unit typed twice can be seen."""
    bare: bool = False
    """A number that has no unit and no indicator that says so: the sentence must give it one."""
    basis: tuple[Basis, ...] = field(default=(), compare=False)
    """What a derived value is made of. Why not compared: it does not say which value this is."""
    indicator: str = field(default="", compare=False)
    """The name that the value has in every item of a list, where `fact` says the item too."""

    @property
    def name(self) -> str:
        """What it is, whichever item of a list it stands in."""
        return self.indicator or self.fact


@dataclass(frozen=True, slots=True)
class Mark:
    """From offset `start` on (to the next mark), the text comes from `span`; `origin` when a value printed it."""

    start: int
    span: Span
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text that remembers where every piece came from; equality looks at the text only."""

    text: str
    marks: tuple[Mark, ...] = field(default=(), compare=False)

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    def mark_at(self, offset: int) -> Mark | None:
        """The mark that covers `offset`: the nearest one at or to the left of it."""
        found: Mark | None = None
        for mark in self.marks:
            if mark.start > offset:
                break
            found = mark
        return found

    def at(self, offset: int) -> Span | None:
        """The place of the character at `offset`; inside typed text the column moves along."""
        mark = self.mark_at(offset)
        if mark is None:
            return self.marks[0].span if self.marks else None
        if mark.origin is not None:
            return mark.span
        return Span(mark.span.file, mark.span.line, mark.span.column + offset - mark.start)

    def cut(self, start: int, end: int | None = None) -> Line:
        """The piece from `start` to `end` (offsets as in a slice, never negative), marks kept."""
        stop = len(self.text) if end is None else min(end, len(self.text))
        marks = []
        for mark, following in zip_longest(self.marks, self.marks[1:]):
            if (following is None or following.start > start) and mark.start < max(stop, start + 1):
                marks.append(Mark(max(mark.start - start, 0), _moved(mark, start), mark.origin))
        return Line(self.text[start:stop], tuple(marks))

    def strip(self, characters: str | None = None) -> Line:
        """The line without blanks (also U+3000) at both ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        right = max(left, len(self.text.rstrip(characters)))
        return self.cut(left, right) if right - left < len(self.text) else self

    def then(self, other: Line) -> Line:
        """The line followed by another; text without a mark is typed text, also behind a value."""
        marks = tuple(Mark(m.start + len(self.text), m.span, m.origin) for m in other.marks)
        if other.text and self.marks and self.marks[-1].origin and not (other.marks and other.marks[0].start == 0):
            marks = (Mark(len(self.text), self.marks[-1].span), *marks)
        return Line(self.text + other.text, self.marks + marks)

    def pieces(self) -> Iterable[tuple[str, Mark | None]]:
        """(text, mark) of every run of characters with one source, in order; nothing is left out."""
        starts = [m.start for m in self.marks]
        first = starts[0] if starts else len(self.text)
        if first:
            yield self.text[:first], None
        if not starts:
            return
        for mark, end in zip(self.marks, [*starts[1:], len(self.text)], strict=True):
            if mark.start < end:
                yield self.text[mark.start : end], mark


def _moved(mark: Mark, start: int) -> Span:
    """The place of a mark whose line lost its first `start` characters."""
    if mark.origin is not None or mark.start >= start:
        return mark.span
    return Span(mark.span.file, mark.span.line, mark.span.column + start - mark.start)


Text = tuple[Line, ...]
"""文稿: the lines of a report or of a rendered template."""


def typed(text: str, file: str) -> Text:
    """The lines of a plain text with their places; blanks around lines and empty lines are look, not text.

    Line ends are LF, CRLF or CR, as a reader of the file would count them.
    """
    lines = []
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        line = Line(raw, (Mark(0, Span(file, number, 1)),)).strip(BLANKS)
        if line.text:
            lines.append(line)
    return tuple(lines)


BLANKS = " \t\u3000\u00a0\ufeff\f\v"
"""Characters that indent or pad a paragraph and are never text."""


class Files:
    """The one door to the disk below a root folder; remembers what passed through.

    Names are project-relative with forward slashes. Errors: OSError as the system gives it, ValueError for a
    name that leaves the root, EncodingUnknown, TooLarge.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.read_names: dict[str, bytes] = {}

    def path(self, name: str) -> Path:
        """The path of a name; a name that leaves the root (`..`, absolute, link) is a ValueError."""
        path = self.root / name
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise ValueError(name)
        return path

    def bytes(self, name: str, limit: int = MAX_TEXT_BYTES) -> bytes:
        """Content of a file of at most `limit` bytes; read once per Files."""
        if name not in self.read_names:
            path = self.path(name)
            if path.stat().st_size > limit:
                raise TooLarge(name)
            self.read_names[name] = path.read_bytes()
        return self.read_names[name]

    def text(self, name: str) -> tuple[str, str]:
        """(text, encoding) of a file."""
        return decode(self.bytes(name))

    def exists(self, name: str) -> bool:
        """Whether the name is a file."""
        return self.path(name).is_file()

    def folders(self, name: str) -> list[str]:
        """Names of the folders in a folder, sorted; hidden ones left out; empty when it is not there."""
        return self._names(name, folders=True)

    def names(self, name: str) -> list[str]:
        """Names of the files in a folder, sorted; hidden and temporary ones left out."""
        return self._names(name, folders=False)

    def _names(self, name: str, *, folders: bool) -> list[str]:
        path = self.path(name)
        if not path.is_dir():
            return []
        entries = (e for e in path.iterdir() if not e.name.startswith((".", "~$")))
        return sorted(e.name for e in entries if e.is_dir() == folders)


class TooLarge(ValueError):
    """A text file over MAX_TEXT_BYTES."""
