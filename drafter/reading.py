"""Any report file → lines: .txt in whatever encoding, .docx through word.read, .doc and its kin through LibreOffice."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from drafter.charset import EncodingUnknown, decode
from drafter.diagnostic import Diagnostic, DraftError, error, note
from drafter.source import MAX_TEXT_BYTES, Span, Text, reason, typed
from drafter.word.found import Apart
from drafter.word.refusals import stranger
from drafter.word.sniff import EMPTY, OLD_OFFICE, OLD_WORD, RTF, SAVE, TEXT, WAYS, is_what, sniff

__all__ = ["Apart", "Document", "read"]

MAX_BYTES = 100 * 1024 * 1024
"""Largest file that is looked at."""
WORD = (".docx", ".docm", ".dotx", ".dotm")
OTHERS = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott")
"""Kinds that LibreOffice turns into .docx."""
READABLE = (".txt", *WORD, *OTHERS)
_PACKED = b"PK\x03\x04"
"""First bytes of a .docx, and of an .odt."""
_CONVERTED = (OLD_WORD, OLD_OFFICE, RTF)
"""What a file of those kinds may be by its bytes, or a packed one; anything else is not given to LibreOffice."""
_PLAIN = ("", TEXT, EMPTY)
"""What a report in plain text is by its bytes."""
_NAMED = 3
"""How many files of a folder are named."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report that was read: its lines, the decoded input that their places count in, and what was found.

    What stands apart from the body (页眉 页脚 脚注 尾注 批注, 隐藏文字, and the words in 图示 图表) is never among the lines.
    """

    text: Text
    source: str
    diagnostics: tuple[Diagnostic, ...]
    apart: tuple[Apart, ...] = ()


def read(path: Path, name: str) -> Document:
    """Read a .txt, .docx, or what can be made one. Errors: DraftError that says what the file is and what to do."""
    data = content(path, name)
    suffix = path.suffix.lower()
    if suffix in OTHERS and not is_word(data):
        return _other(data, name, suffix)
    if suffix in (*WORD, *OTHERS) or data.startswith(_PACKED):
        return _docx(data, name)
    return _txt(data, name)


def folder_told(path: Path, name: str) -> Diagnostic:
    """P102 for a folder where a file is wanted: names the first files in it that can be read."""
    inside = inside_of(path)
    some = "、".join((Path(name) / one).as_posix() for one in inside[:_NAMED])
    more = f" 等{len(inside)}个" if len(inside) > _NAMED else ""
    none = "里面没有能读的文件（.txt、.docx 等），核对文件夹"
    hint = f"写上里面的文件名，如 {some}{more}" if inside else none
    return error("P102", "这是文件夹", Span(name, 1, 1), hint)


def inside_of(folder: Path) -> list[str]:
    """Names of the files in a folder that can be read as reports; none where it may not be looked into."""
    try:
        found = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in READABLE and p.is_file())
    except OSError:
        return []
    return [name for name in found if not name.startswith((".", "~$"))]


def content(path: Path, name: str) -> bytes:
    """The bytes of a report file. Errors: DraftError P102, D104."""
    start = Span(name, 1, 1)
    try:
        if path.is_dir():
            raise DraftError(folder_told(path, name))
        if path.exists() and not path.is_file():
            raise DraftError(error("P102", "读不了：不是文件", start, "核对这是不是文件"))
        if path.stat().st_size > MAX_BYTES:
            raise DraftError(error("D104", "文件超过100MB", start, "核对来源，或拆成几个文件"))
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise DraftError(error("P102", "找不到这个文件", start, "核对文件名和所在的文件夹")) from fault
    except OSError as fault:
        raise DraftError(error("P102", f"读不了：{reason(fault)}", start, "核对这是不是文件、有没有权限")) from fault


def _txt(data: bytes, name: str) -> Document:
    if (what := sniff(data)) not in _PLAIN:
        raise stranger(name, what)
    if len(data) > MAX_TEXT_BYTES:
        raise DraftError(error("F109", "文件超过 5 MB", Span(name, 1, 1), "分成几个文件"))
    try:
        source, encoding = decode(data)
    except EncodingUnknown as fault:
        place = Span(name, data[: fault.offset].count(b"\n") + 1, 1)
        raise DraftError(error("F107", "认不出文件的编码", place, "用记事本另存为 UTF-8")) from fault
    told = (
        ()
        if encoding != "gb18030"
        else (note("F107", "文件是 GBK 编码，已按 GBK 读", Span(name, 1, 1), "建议另存为 UTF-8"),)
    )
    return Document(typed(source, name), source, told)


def is_word(data: bytes) -> bool:
    """Whether a file called .doc or the like is a .docx all the same."""
    return data.startswith(_PACKED) and b"[Content_Types].xml" in data


def _docx(data: bytes, name: str, *told: Diagnostic) -> Document:
    """A .docx; `told` is what is to be said first. The places count lines of the text, as in a .txt."""
    from drafter.word.read import read_all

    found = read_all(data, name)
    source = "\n".join(line.text for line in found.text)
    place = _places(found.text)
    diagnostics = (replace(d, span=place(d.span)) for d in found.diagnostics)
    apart = tuple(replace(one, span=place(one.span)) for one in found.apart)
    return Document(typed(source, name), source, (*told, *diagnostics), apart)


def _places(text: Text) -> Callable[[Span], Span]:
    """Paragraph of a .docx → the line of the text it stands in, else the nearest one below."""
    starts = [line.marks[0].span.line for line in text]

    def place(span: Span) -> Span:
        at = min(bisect_left(starts, span.line), max(len(starts) - 1, 0))
        there = bool(starts) and starts[at] == span.line
        return Span(span.file, at + 1, min(span.column, len(text[at]) + 1) if there else 1)

    return place


def _other(data: bytes, name: str, suffix: str) -> Document:
    """A .doc and its kin through LibreOffice. Errors: DraftError D107 that says how to convert it by hand."""
    from drafter.office import NotConverted, convert

    start = Span(name, 1, 1)
    what = sniff(data)
    if what not in _CONVERTED and not data.startswith(_PACKED):
        raise DraftError(error("D107", f"{suffix} 文件读不了：{is_what(what, '它是')}", start, WAYS[what]))
    try:
        made = convert(data, suffix, "docx")
    except NotConverted as fault:
        said = f"{suffix} 文件要先转换成 .docx（{fault}）"
        raise DraftError(error("D107", said, start, f"{SAVE}；装了 LibreOffice 就能直接读")) from fault
    said = f"{suffix} 文件由 LibreOffice 转换后读入，自动编号和版面可能与原文不同"
    return _docx(made, name, note("D119", said, start, f"要准确就{SAVE}"))
