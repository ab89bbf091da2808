"""What a file is, whatever its name: told in a clerk's words, with what to do about it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from drafter.diagnostic import DraftError
from drafter.reading import read
from drafter.word.refusals import stranger
from drafter.word.sniff import OLD, OLE, WAYS, sniff
from tests.word_files import RELATIONS, TYPES, R, zipped


def streams(*names: str) -> bytes:
    """An OLE container whose directory names those streams, each in 64 bytes."""
    return OLE + bytes(504) + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))


def office(main: str, content: str | bytes) -> bytes:
    relation = f'<Relationship Id="r1" Type="{R}/officeDocument" Target="{main}"/>'
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>',
        main: content,
    })  # fmt: skip


def sheet() -> bytes:
    stream = BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


WRITTEN = "文件里提到 WordDocument、Workbook".encode("utf-16-le")
SAVED, COPIED, CHOSEN = "另存为“Word 文档（*.docx）”", "把文字复制到 Word 或记事本", "核对是不是选错了文件"
FILES = {
    "加密": (streams("EncryptionInfo", "EncryptedPackage"), "D102", "加了密码的文件", "去掉密码"),
    "旧版 Word": (streams("1Table", "WordDocument"), "D102", "旧版 Word 文件（.doc）", "把扩展名改回 .doc"),
    "嵌了表的旧版 Word": (streams("WordDocument", "ObjectPool", "Workbook"), "D102", "旧版 Word 文件（.doc）", SAVED),
    "旧版 Excel": (streams("Workbook"), "D101", "旧版 Excel 表格", CHOSEN),
    "嵌了 Word 的旧版 Excel": (streams("Workbook", "WordDocument"), "D101", "旧版 Excel 表格", CHOSEN),
    "写着别的名字的旧版 Excel": (OLE + WRITTEN + streams("Workbook"), "D101", "旧版 Excel 表格", CHOSEN),
    "旧版 PowerPoint": (streams("PowerPoint Document"), "D101", "旧版 PowerPoint 演示文稿", CHOSEN),
    "旧版不知哪种": (streams("Contents"), "D102", "旧版 Office 文件", SAVED),
    "截断的旧版 Word": (OLE + "WordDocument".encode("utf-16-le"), "D102", "旧版 Word 文件（.doc）", SAVED),
    "Excel": (office("xl/workbook.xml", '<workbook xmlns="urn:x"/>'), "D101", "Excel 表格", CHOSEN),
    "二进制的 Excel": (office("xl/workbook.bin", b"\x83\x01\0"), "D101", "Excel 表格", CHOSEN),
    "PowerPoint": (
        office("ppt/presentation.xml", '<p:presentation xmlns:p="urn:x"/>'), "D101", "PowerPoint 演示文稿", CHOSEN,
    ),
    "RTF": (b"{\\rtf1 a}", "D101", "RTF 文件", "把扩展名改回 .rtf"),
    "PDF": (b"%PDF-1.7\n", "D101", "PDF 文件", COPIED),
    "图片": (b"\x89PNG\r\n\x1a\n", "D101", "图片", "识别文字"),
    "网页": (b"<html><body>", "D101", "网页", SAVED),
    "单个文件网页": (b"MIME-Version: 1.0\n", "D101", "单个文件网页", SAVED),
    "Word XML": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><a/>', "D101", "Word XML 文件", "用 Word 打开"),
    "XML": (b"<?xml version='1.0'?><a/>", "D101", "XML 文件", CHOSEN),
    "RAR": (b"Rar!\x1a\x07\0", "D101", "压缩文件", "先解压"),
    "ZIP": (zipped({"甲.txt": "一、甲"}), "D101", "压缩文件", "先解压"),
    "OpenDocument": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "D101", "OpenDocument 文件", SAVED,
    ),
    "OFD": (zipped({"OFD.xml": "<a/>"}), "D101", "OFD 文件", "OFD 阅读器"),
}  # fmt: skip
"""Kind: bytes, code, what is told of it, words of what to do."""
ONLY_AS_WORD = {
    "纯文本": ("一、甲".encode(), "D101", "纯文本", "把扩展名改成 .txt"),
    "空文件": (b"", "D101", "空文件", "重新取得"),
    "说不出": (b"\x01\0\x02\x99" * 9, "D101", "", CHOSEN),
}
"""What is a text, or no known file, under another name."""


def refused(path: Path, data: bytes) -> tuple[str, str, str]:
    path.write_bytes(data)
    with pytest.raises(DraftError) as stop:
        read(path, path.name)
    (one,) = stop.value.diagnostics
    return one.code, one.message, one.hint


@pytest.mark.parametrize("name", [*FILES, *ONLY_AS_WORD])
def test_a_file_called_docx_is_told_for_what_it_is(name: str, tmp_path: Path) -> None:
    data, code, what, way = {**FILES, **ONLY_AS_WORD}[name]
    found, message, hint = refused(tmp_path / "报告.docx", data)
    said = f"这是{' ' if what[:1].isascii() else ''}{what}" if what else "认不出这是什么文件"
    assert (found, message, way in hint) == (code, f"读不了：{said}", True)


@pytest.mark.parametrize("name", FILES)
def test_a_file_called_txt_is_told_alike(name: str, tmp_path: Path) -> None:
    data = FILES[name][0]
    assert refused(tmp_path / "报告.txt", data) == refused(tmp_path / "报告.docx", data)


def test_a_real_sheet_called_docx(tmp_path: Path) -> None:
    code, message, hint = refused(tmp_path / "报告.docx", sheet())
    assert (code, message) == ("D101", "读不了：这是 Excel 表格")
    assert "data 文件夹" in hint


@pytest.mark.parametrize("name", ["PDF", "网页", "RAR", "旧版 Excel", "加密"])
def test_what_libreoffice_does_not_get_is_told_alike(name: str, tmp_path: Path) -> None:
    data, _, what, way = FILES[name]
    code, message, hint = refused(tmp_path / "报告.doc", data)
    assert (code, way in hint) == ("D107", True)
    assert message.startswith(".doc 文件读不了：它是")
    assert message.endswith(what)


def test_every_way_is_for_a_kind_that_is_met() -> None:
    met = {row[2] for row in (*FILES.values(), *ONLY_AS_WORD.values())}
    assert met == set(WAYS)
    assert set(OLD) < met
    assert all(sniff(data) == what for data, _, what, _ in ONLY_AS_WORD.values())


@pytest.mark.parametrize("what", WAYS)
def test_a_blank_stands_between_chinese_and_latin_words(what: str) -> None:
    (told,) = stranger("报告.docx", what).diagnostics
    assert not re.search(r"[一-鿿][A-Za-z]|[A-Za-z][一-鿿]", f"{told.message}{told.hint}")
