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
from drafter.word.sniff import OLE, sniff

__all__ = ["Apart", "Document", "read"]

MAX_BYTES = 100 * 1024 * 1024
"""Largest file that is looked at."""
WORD = (".docx", ".docm", ".dotx", ".dotm")
OTHERS = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott")
"""Kinds that LibreOffice turns into .docx."""
_CONVERTED = ("旧版 .doc 文件", "旧版 Office 文件", "RTF 文件", "压缩文件")
"""What a file of those kinds may be by its bytes; anything else is not given to LibreOffice."""
_NO_TEXT = ("PDF 文件", "图片", "压缩文件", "网页", "单个文件网页", "Word XML 文件", "XML 文件")
"""What a file without a name of Word may be by its bytes, and then is no report in plain text."""
_COPY = "打开后把文字复制到 Word 或记事本，另存为 .docx 或 .txt"
_SAVE = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”"


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
    data = _bytes(path, name)
    suffix = path.suffix.lower()
    if suffix in OTHERS and not _is_word(data):
        return _other(data, name, suffix)
    if suffix in (*WORD, *OTHERS) or data.startswith(b"PK\x03\x04"):
        return _docx(data, name)
    if data.startswith((OLE, b"{\\rtf")):
        raise DraftError(error("D102", f"这是{sniff(data)}", Span(name, 1, 1), _SAVE))
    return _txt(data, name)


def _bytes(path: Path, name: str) -> bytes:
    start = Span(name, 1, 1)
    try:
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
    if len(data) > MAX_TEXT_BYTES:
        raise DraftError(error("F109", "文件超过 5 MB", Span(name, 1, 1), "分成几个文件"))
    if (what := sniff(data)) in _NO_TEXT:
        raise DraftError(error("D101", f"读不了：这是{what}", Span(name, 1, 1), _COPY))
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


def _is_word(data: bytes) -> bool:
    """Whether a file called .doc or the like is a .docx all the same."""
    return data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data


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
    if what not in _CONVERTED:
        hint = f"去掉密码，{_SAVE}" if "密码" in what else _SAVE
        raise DraftError(error("D107", f"{suffix} 文件读不了：它是{what or '认不出的文件'}", start, hint))
    try:
        made = convert(data, suffix, "docx")
    except NotConverted as fault:
        said = f"{suffix} 文件要先转换成 .docx（{fault}）"
        raise DraftError(error("D107", said, start, f"{_SAVE}；装了 LibreOffice 就能直接读")) from fault
    said = f"{suffix} 文件由 LibreOffice 转换后读入，自动编号和版面可能与原文不同"
    return _docx(made, name, note("D119", said, start, f"要准确就{_SAVE}"))
