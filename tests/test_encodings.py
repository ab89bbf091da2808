"""Texts in 26 encodings: read rightly, or refused by name; never rubbish that looks like text."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter import reading, yamlfile
from drafter.diagnostic import DraftError, Severity
from drafter.source import Files

ROWS = (Path(__file__).parent / "data" / "texts.txt").read_text("utf-8").splitlines()


def texts(*languages: str) -> list[str]:
    """The texts of these languages, each a whole file that ends with a line end."""
    found, here = [], ""
    for row in ROWS:
        if row.startswith("["):
            here = row[1:-1]
        elif here in languages and row:
            found.append(row.replace("\\n", "\n").rstrip("\n") + "\n")
    return found


CHINESE = texts("简体")
EAST = ("简体", "繁體", "日本語")
ENCODINGS = {
    "utf-8": ("简体", "繁體", "日本語", "한국어", "français", "русский"),
    "utf-8-sig": ("简体", "繁體", "日本語", "한국어", "français", "русский"),
    "gbk": ("简体",),
    "gb2312": ("简体",),
    "gb18030": ("简体",),
    "hz": ("简体",),
    "utf-16": ("简体", "繁體", "日本語", "한국어"),
    "utf-16-le": EAST,
    "utf-16-be": EAST,
    "utf-32": EAST,
    "utf-32-le": EAST,
    "utf-32-be": EAST,
    "big5": EAST,
    "big5hkscs": EAST,
    "cp950": EAST,
    "euc-kr": ("简体", "한국어"),
    "cp949": ("简体", "한국어"),
    "johab": ("简体", "한국어"),
    "shift_jis": ("简体", "日本語"),
    "cp932": ("简体", "日本語"),
    "euc-jp": ("简体", "日本語"),
    "iso2022_jp": ("简体", "日本語"),
    "cp1252": ("français",),
    "latin-1": ("français",),
    "koi8-r": ("русский",),
    "cp1251": ("русский",),
}
"""What texts each encoding is tried with; characters that it does not have are left out of them."""
RIGHT = {"utf-8", "utf-8-sig", "utf-16", "gbk", "gb2312", "gb18030"}
"""Encodings that must be read."""
LEAST = 5
"""Characters beyond ASCII that a text must keep to be a test."""


def cases(encoding: str) -> list[str]:
    """The texts as the encoding can hold them."""
    held = [t.encode(encoding, "ignore").decode(encoding) for t in texts(*ENCODINGS[encoding])]
    return [t for t in held if sum(c > "\x7f" for c in t) >= LEAST]


def test_there_are_enough() -> None:
    assert len(CHINESE) == 50
    assert len(ENCODINGS) >= 20
    assert sum(len(cases(e)) for e in ENCODINGS) >= 1_000


def as_report(path: Path) -> tuple[str, bool] | None:
    """(text, noted) of a .txt report; None when it is refused with F107."""
    try:
        read = reading.read(path, path.name)
    except DraftError as refused:
        assert [d.code for d in refused.diagnostics] == ["F107"]
        return None
    return read.source, any(d.code == "F107" for d in read.diagnostics)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_report_is_read_rightly_or_refused(encoding: str, tmp_path: Path) -> None:
    """F6: the very text, noted when it was not UTF-8, or F107."""
    path = tmp_path / "旧稿.txt"
    rubbish, refused = [], []
    for text in cases(encoding):
        path.write_bytes(text.encode(encoding))
        found = as_report(path)
        if found is None:
            refused.append(text)
        elif found[0] != text:
            rubbish.append((text, found[0]))
        elif encoding in ("gbk", "gb2312", "gb18030"):
            assert found[1], text
    assert rubbish == []
    assert encoding not in RIGHT or refused == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_facts_are_read_rightly_or_refused(encoding: str, tmp_path: Path) -> None:
    """The same for a facts file: each text stands as a quoted value."""
    files_root = tmp_path
    rubbish, refused = [], []
    for number, text in enumerate(cases(encoding)):
        line = text.strip().split("\n")[0]
        if '"' in line or "\\" in line or sum(c > "\x7f" for c in line) < LEAST:
            continue
        (files_root / f"{number}.yaml").write_bytes(f'text: "{line}"\n'.encode(encoding))
        node, findings = yamlfile.load(Files(files_root), f"{number}.yaml")
        if node is None:
            assert any(d.code in ("F107", "F108") for d in findings if d.severity is Severity.ERROR), line
            refused.append(line)
        elif node.items[0][1] != yamlfile.Scalar(line, '"'):
            rubbish.append((line, node))
    assert rubbish == []
    assert encoding not in RIGHT or len(refused) <= len(cases(encoding)) // 10


def test_rubbish_that_was_saved_as_utf_8_is_what_the_file_says(tmp_path: Path) -> None:
    """Chinese that another program had taken for Latin-1 and saved is not ours to mend: it is read as it stands."""
    path = tmp_path / "旧稿.txt"
    for text in CHINESE:
        spoiled = text.encode().decode("latin-1")
        path.write_bytes(spoiled.encode())
        found = as_report(path)
        assert found is None or found[0] == spoiled


def test_short_names_in_gbk_are_read(tmp_path: Path) -> None:
    """A file that holds a few common 汉字 and nothing else."""
    path = tmp_path / "旧稿.txt"
    for text in ("安全生产", "财政收入", "工作总结", "县政府", "王伟", "会议通知：9月30日"):
        path.write_bytes(text.encode("gbk"))
        assert as_report(path) == (text, True), text


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    """A file cut in the middle of a character, in every encoding that has such."""
    path = tmp_path / "旧稿.txt"
    for encoding in ("utf-8", "gbk", "gb18030", "utf-16"):
        for text in CHINESE[:20]:
            data = text.rstrip("\n").encode(encoding)
            if len(data) > 3 and text.rstrip("\n")[-1] > "\x7f":
                path.write_bytes(data[:-1])
                found = as_report(path)
                assert found is None or found[0] == text.rstrip("\n")[:-1], (encoding, text, found)
