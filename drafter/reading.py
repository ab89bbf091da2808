"""Any report file → lines: .txt in whatever encoding, .docx through word.read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drafter.charset import EncodingUnknown, decode
from drafter.diagnostic import Diagnostic, DraftError, error, note
from drafter.source import MAX_TEXT_BYTES, Span, Text, typed


@dataclass(frozen=True, slots=True)
class Document:
    """A report that was read: its lines, the decoded input that their places count in, and what was found."""

    text: Text
    source: str
    diagnostics: tuple[Diagnostic, ...]


def read(path: Path, name: str) -> Document:
    """Read a .txt or .docx. Errors: DraftError with a message that says what the file is and what to do."""
    start = Span(name, 1, 1)
    try:
        data = path.read_bytes()
    except FileNotFoundError as fault:
        raise DraftError(error("P102", "找不到这个文件", start, "核对文件名和所在的文件夹")) from fault
    except OSError as fault:
        raise DraftError(error("P102", f"读不了：{fault.strerror}", start, "核对这是不是文件、有没有权限")) from fault
    if path.suffix.lower() in (".docx", ".docm", ".dotx") or data.startswith(b"PK\x03\x04"):
        return _docx(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DraftError(error("D102", "这是旧的 .doc 文件或加密文件", start, "用 Word 或 WPS 打开，另存为 .docx"))
    return _txt(data, name)


def _txt(data: bytes, name: str) -> Document:
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


def _docx(data: bytes, name: str) -> Document:
    from drafter.word.read import read as read_word

    lines, told = read_word(data, name)
    source = "\n".join(line.text for line in lines)
    return Document(typed(source, name), source, told)
