"""What a file is by its first bytes, in the words of a clerk: a name can say anything."""

from __future__ import annotations

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of every OLE container: .doc, .xls, .ppt, .wps, and what Office encrypts."""

_STREAMS = (
    ("EncryptedPackage", "加了密码的文件"),
    ("WordDocument", "旧版 .doc 文件"),
    ("Workbook", "旧版 Excel 文件"),
    ("PowerPoint Document", "旧版演示文稿"),
)
"""Streams of an OLE container, and what it then is."""
_STARTS = (
    (b"{\\rtf", "RTF 文件"),
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF87a", "图片"),
    (b"GIF89a", "图片"),
    (b"Rar!\x1a", "压缩文件"),
    (b"7z\xbc\xaf", "压缩文件"),
    (b"\x1f\x8b", "压缩文件"),
    (b"<!doctype html", "网页"),
    (b"<html", "网页"),
    (b"mime-version:", "单个文件网页"),
    (b"<?xml", "XML 文件"),
    (b"PK\x03\x04", "压缩文件"),
    (b"PK\x05\x06", "压缩文件"),
)
"""First bytes in small letters, blanks skipped."""


def sniff(data: bytes) -> str:
    """What the bytes are: 旧版 .doc 文件, 网页, 图片…; 空文件 and 纯文本 too; empty when it cannot be said."""
    if data.startswith(b"BM") and b"\x00" in data[:26]:
        return "图片"
    if not data.strip(b"\x00 \t\r\n"):
        return "空文件"
    if data.startswith(OLE):
        return next((words for stream, words in _STREAMS if stream.encode("utf-16-le") in data), "旧版 Office 文件")
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if any(page in start for page in (b"<html", b"<!doctype html")) and start.startswith(b"<"):
        return "网页"
    if start.startswith(b"<?xml") and (b"word.document" in start or b"/word/2003/" in start):
        return "Word XML 文件"
    found = next((words for first, words in _STARTS if start.startswith(first.lower())), "")
    return found or ("" if b"\x00" in data[:4096] else "纯文本")
