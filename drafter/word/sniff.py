"""What a file is by its first bytes, in the words of a clerk: a name can say anything."""

from __future__ import annotations

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of every OLE container: .doc, .xls, .ppt, .wps, and what Office encrypts."""

LOCKED, OLD_WORD, OLD_OFFICE = "加了密码的文件", "旧版 Word 文件（.doc）", "旧版 Office 文件"
OLD = (LOCKED, OLD_WORD, OLD_OFFICE)
"""What Word opens all the same, and saves as a .docx."""
RTF, ZIP, OPEN, EXCEL, SLIDES = "RTF 文件", "压缩文件", "OpenDocument 文件", "Excel 表格", "PowerPoint 演示文稿"
TEXT, EMPTY = "纯文本", "空文件"
_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", OLD_WORD),
    ("Workbook", f"旧版 {EXCEL}"),
    ("PowerPoint Document", f"旧版 {SLIDES}"),
)
"""Streams of an OLE container, and what it then is: the one that stands first, others are of what is embedded."""
_STARTS = (
    (b"{\\rtf", RTF),
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF87a", "图片"),
    (b"GIF89a", "图片"),
    (b"Rar!\x1a", ZIP),
    (b"7z\xbc\xaf", ZIP),
    (b"\x1f\x8b", ZIP),
    (b"<!doctype html", "网页"),
    (b"<html", "网页"),
    (b"mime-version:", "单个文件网页"),
    (b"<?xml", "XML 文件"),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
)
"""First bytes in small letters, blanks skipped."""

SAVE = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”"
_COPY = "打开后把文字复制到 Word 或记事本，另存为 .docx 或 .txt"
_OTHER = "核对是不是选错了文件；要用里面的文字，复制到 Word，另存为 .docx"
_SHEET = "核对是不是选错了文件：数据表放进 data 文件夹；要用里面的文字，复制到 Word，另存为 .docx"
_PAGE = f"{SAVE}；打不开就用浏览器打开，把文字复制到记事本，另存为 .txt"
WAYS = {
    LOCKED: "用 Word 或 WPS 打开，去掉密码，另存为“Word 文档（*.docx）”",
    OLD_WORD: f"把扩展名改回 .doc，{SAVE}",
    OLD_OFFICE: f"{SAVE}；打不开的，核对是不是选错了文件",
    RTF: f"把扩展名改回 .rtf，{SAVE}",
    OPEN: f"把扩展名改回 .odt，{SAVE}",
    EXCEL: _SHEET,
    SLIDES: _OTHER,
    f"旧版 {EXCEL}": _SHEET,
    f"旧版 {SLIDES}": _OTHER,
    "PDF 文件": _COPY,
    "OFD 文件": f"用 OFD 阅读器{_COPY}",
    "图片": "图里的字读不出来：先用识别文字的软件转成文字，另存为 .docx 或 .txt",
    ZIP: "先解压，再写里面的 .docx 或 .txt 文件",
    "网页": _PAGE,
    "单个文件网页": _PAGE,
    "Word XML 文件": "用 Word 打开，另存为 .docx 或 .txt",
    "XML 文件": "核对是不是选错了文件；要用里面的文字，复制到记事本，另存为 .txt",
    TEXT: "把扩展名改成 .txt",
    EMPTY: "文件里什么也没有，重新取得这个文件",
    "": f"核对是不是选错了文件；Word 或 WPS 打得开的，{SAVE.partition('，')[2]}",
}
"""What a file is → what to do with it."""


def is_what(what: str, verb: str = "这是") -> str:
    """这是网页, 这是 PDF 文件: a blank in front of what begins with a letter; what cannot be said is said."""
    return f"{verb}{' ' if what[0].isascii() else ''}{what}" if what else "认不出这是什么文件"


def sniff(data: bytes) -> str:
    """What the bytes are: 旧版 Word 文件（.doc）, 网页, 图片…; 空文件 and 纯文本 too; empty when it cannot be said."""
    if data.startswith(b"BM") and b"\x00" in data[:26]:
        return "图片"
    if not data.strip(b"\x00 \t\r\n"):
        return EMPTY
    if data.startswith(OLE):
        return _container(data)
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if any(page in start for page in (b"<html", b"<!doctype html")) and start.startswith(b"<"):
        return "网页"
    if start.startswith(b"<?xml") and (b"word.document" in start or b"/word/2003/" in start):
        return "Word XML 文件"
    if data.startswith(b"PK\x03\x04") and b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        return OPEN
    found = next((words for first, words in _STARTS if start.startswith(first.lower())), "")
    return found or ("" if b"\x00" in data[:4096] else TEXT)


def _container(data: bytes) -> str:
    """What an OLE container is by the names of its streams: locked before all, else by the one that stands first.

    Why twice: a name fills 64 bytes of the directory, so that words of the text are none; a file that was cut is
    asked for the bare names.
    """
    for room in (64, 0):
        places = {words: data.find(stream.encode("utf-16-le").ljust(room, b"\0")) for stream, words in _STREAMS}
        found = {words: place for words, place in places.items() if place >= 0}
        if found:
            return LOCKED if LOCKED in found else min(found, key=lambda words: found[words])
    return OLD_OFFICE
