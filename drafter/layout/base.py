"""底稿: a .docx of an office's own that gives styles, header and footer; looked at from outside before it is used.

Only the directory of the archive is looked at here: Word's side reads the parts, with the checks of any .docx.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from drafter.diagnostic import Diagnostic, did_you_mean, error
from drafter.layout.find import Looked
from drafter.source import MAX_TEXT_BYTES, Files, Span, TooLarge, reason

MAX_ENTRIES = 1000
MAX_INFLATED = 100 * 1024 * 1024
"""Bytes of all entries together, as the directory has them."""
NEEDED = ("[content_types].xml", "word/document.xml", "word/styles.xml")
"""Without these it is no document that could give its looks."""
_MACROS = ("vbaproject.bin", "vbadata.xml")
_ENCRYPTED = 1
"""Flag of a zip entry."""
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, RuntimeError, OverflowError)
"""What zipfile raises on damaged archives."""
_HINT = "用 Word 打开，另存为“Word 文档（*.docx）”"


def checked(files: Files, found: Looked, said: str, span: Span) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The bytes of a 底稿, None with Y108 when it cannot be one. Never raises."""
    try:
        wrong, hint = ("不在项目里", "把它放进项目文件夹") if found.outside else ("", "")
        if found.name is None and not wrong:
            near = [n for folder in found.folders for n in files.names(folder) if n.lower().endswith(".docx")]
            wrong, hint = "没有这个文件", did_you_mean(said, near) or f"把它放在 {found.folders[0] or '项目文件夹'} 里"
        data = files.bytes(found.name) if found.name and not wrong else b""
        wrong, hint = (wrong, hint) if wrong else refused(said, data)
    except TooLarge:
        wrong, hint, data = f"超过 {MAX_TEXT_BYTES >> 20} MB", "删去里面的图片和正文，只留样式、页眉和页脚", b""
    except (OSError, ValueError) as fault:
        wrong, hint, data = reason(fault) if isinstance(fault, OSError) else "打不开", "看文件在不在、有没有被占用", b""
    return (None, (error("Y108", f"底稿“{said[:60]}”{wrong}", span, hint, said[:40]),)) if wrong else (data, ())


def refused(name: str, data: bytes) -> tuple[str, str]:
    """(why a file cannot be a 底稿, what to do); empty words when it can."""
    if not name.lower().strip().endswith(".docx"):
        return "不是 .docx", _HINT
    if not data.startswith(b"PK\x03\x04"):
        return "不是 .docx，只是改了扩展名，或加了密码", _HINT
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _odd(archive)
    except _BROKEN:
        return "已损坏", "重新取得，或用 Word 打开修复后另存"


def _odd(archive: ZipFile) -> tuple[str, str]:
    """What is wrong with the directory of an archive."""
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    names = [entry.filename.replace("\\", "/").lower() for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_INFLATED:
        return "大得反常", f"解压后不超过 {MAX_INFLATED >> 20} MB、{MAX_ENTRIES} 个部件"
    if len(set(names)) < len(names) or any(n.startswith("/") or ".." in n.split("/") for n in names):
        return "结构可疑", "用 Word 打开确认后另存"
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        return "加了密码", "用 Word 打开，去掉密码另存"
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        return f"不是 Word 文档（缺 {'、'.join(lacking)}）", _HINT
    if any(name.rsplit("/", 1)[-1] in _MACROS for name in names) or _runs(archive, entries[names.index(NEEDED[0])]):
        return "带有宏", f"{_HINT}，宏就去掉了"
    return "", ""


def _runs(archive: ZipFile, kinds: ZipInfo) -> bool:
    """Whether the list of kinds says that there are macros: a .docm renamed."""
    with archive.open(kinds) as stream:
        return b"macroEnabled" in stream.read(1 << 20)
