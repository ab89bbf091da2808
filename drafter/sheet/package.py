"""What a file is by its content, and the limits it must keep before any library parses it."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from drafter.diagnostic import DraftError
from drafter.sheet.elements import Counted
from drafter.sheet.grid import SAVE_ANEW, refusal
from drafter.source import MAX_TEXT_BYTES

MAX_ENTRIES = 1000
MAX_INFLATED = 100 * 1024 * 1024
MAX_PART = 64 * 1024 * 1024
MAX_RATIO = 200
"""Inflated to packed size of a part over RATIO_FROM bytes; sheets that were really in use stay below 60."""
RATIO_FROM = 4 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, RuntimeError, OverflowError)
_ENCRYPTED = ("表格加了密码，读不了", "打开后去掉密码，另存为不加密的 .xlsx")
_OTHERS = (
    (re.compile(rb"\s*%PDF-"), "是 PDF，不是表格", "把数抄进表格，或向来源要 .xlsx"),
    (re.compile(rb"\s*<\?xml[^>]*>.{0,2000}?<(?:\w+:)?Workbook", re.DOTALL), "是 XML 表格（2003 格式）", SAVE_ANEW),
    (re.compile(rb"\s*(?:<!doctype\s+html|<html|<table|<head|<meta|<\?xml)", re.IGNORECASE), "是网页，只是起了表格的名字", SAVE_ANEW),
    (re.compile(rb"\{\\rtf"), "是 RTF 文稿，不是表格", SAVE_ANEW),
)  # fmt: skip
"""Contents that go by the name of a table."""


def kind(data: bytes, file: str) -> str:
    """xlsx, xls or csv, by content. Errors: DraftError (F131, F109) for anything else.

    Why not by name: an .et of WPS may hold either kind inside, and systems export web pages named .xls.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise refusal(file, f"文件超过 {MAX_TEXT_BYTES >> 20} MB", "只留要读的工作表，另存一份", "F109")
    if not data.strip(b"\0 \t\r\n"):
        raise refusal(file, "文件是空的", "填好后再读")
    if data.startswith(_OLE):
        return _compound(data, file)
    if data.startswith(b"PK"):
        return "xlsx"
    if re.match(rb"\x09[\x00\x02\x04\x08]", data):
        return "xls"
    for pattern, what, hint in _OTHERS:
        if pattern.match(data):
            raise refusal(file, f"文件{what}", hint)
    if file.lower().endswith((".csv", ".tsv", ".txt")):
        return "csv"
    raise refusal(file, "文件不是表格", f"能读 .xlsx、.xls、.et、.csv；{SAVE_ANEW}")


def _compound(data: bytes, file: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refusal(file, *_ENCRYPTED)
    if any(word.encode("utf-16-le") in data for word in ("WordDocument", "PowerPoint Document")):
        raise refusal(file, "文件是文稿或幻灯片，不是表格", SAVE_ANEW)
    return "xls"


def checked(data: bytes, file: str) -> dict[str, bytes]:
    """The sheets' XML of an .xlsx by member name, after all limits were kept. Errors: DraftError (F131, F109)."""
    counted = Counted(file)
    try:
        with ZipFile(BytesIO(data)) as archive:
            _limits(archive.infolist(), file)
            sheets = {}
            for info in archive.infolist():
                if info.filename.lower().endswith((".xml", ".rels", ".vml")):
                    content = archive.read(info)
                    counted.take(content, info.filename)
                    if info.filename.startswith("xl/worksheets/"):
                        sheets[info.filename] = content
            _main(archive, file)
    except _BROKEN as problem:
        raise refusal(file, "表格文件已损坏", "重新取得这个文件，或用 Excel 打开修复后另存") from problem
    return sheets


def _limits(infos: list[ZipInfo], file: str) -> None:
    names = [info.filename for info in infos]
    if any(info.flag_bits & 1 for info in infos):
        raise refusal(file, *_ENCRYPTED)
    if len(names) != len(set(names)):
        raise refusal(file, "文件结构可疑（部件重复），没有读", SAVE_ANEW)
    swollen = any(
        i.file_size > MAX_PART or (i.file_size > RATIO_FROM and i.file_size > MAX_RATIO * max(i.compress_size, 1))
        for i in infos
    )
    if len(infos) > MAX_ENTRIES or sum(i.file_size for i in infos) > MAX_INFLATED or swollen:
        message = "文件解压后大得反常，没有读"
        raise refusal(file, message, f"正常的表格解压后不超过 {MAX_INFLATED >> 20} MB，核对来源后另存", "F109")


def _main(archive: ZipFile, file: str) -> None:
    """Whether it is a workbook at all, and none that only Excel can read."""
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise refusal(file, "文件是二进制工作簿（.xlsb）", SAVE_ANEW)
    if "word/document.xml" in names or "ppt/presentation.xml" in names or "content.xml" in names:
        raise refusal(file, "文件是文稿、幻灯片或 ODF，不是 .xlsx", SAVE_ANEW)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise refusal(file, "文件是压缩包，不是表格", "解压后选里面的 .xlsx")


def missing(file: str, package: str) -> DraftError:
    """The package that opens the file is not installed."""
    return refusal(file, f"读 Excel 要装 {package}", "运行 python -m pip install openpyxl xlrd，或另存为 .csv")
