"""A .docx as the manual shows it: lines of text, with what only Word has in 〖brackets〗.

〖编号 一、〗工作情况              a paragraph that Word numbers: 一、 （一） 1.
全年完成〖插入 5.6亿元〗〖删除 4.8亿元〗    tracked changes
〖隐藏 内部掌握〗 〖脚注 含个体户〗 〖批注 核对〗    inside a paragraph
〖页眉 内部资料〗 〖文本框 注：快报数〗    lines of their own
"""

from __future__ import annotations

import re

from tests.word_files import docx, paragraph, root, run

LISTS = "甲: chineseCounting %1、 | chineseCounting （%2） | decimal %3.\n1 = 甲"
LEVELS = {"一、": "1/0", "（一）": "1/1", "1.": "1/2"}
_SIGN = re.compile(r"〖(\S+) ([^〗]*)〗")
_CHANGE = 'w:id="9" w:author="甲" w:date="2022-01-01T00:00:00Z"'
_RUNS = {
    "插入": f"<w:ins {_CHANGE}>{{}}</w:ins>",
    "删除": f"<w:del {_CHANGE}>{{}}</w:del>",
    "隐藏": "{}",
}
_NOTES = {"脚注": ("footnotes", "footnote"), "批注": ("comments", "comment")}


def word_file(shown: str) -> bytes:
    """The .docx that the lines show."""
    notes: dict[str, list[str]] = {name: [] for name in _NOTES}
    headers = re.findall(r"^〖页眉 (.*)〗$", shown, re.M)
    rows = [_row(line, notes) for line in shown.splitlines() if not line.startswith("〖页眉")]
    parts = {
        _NOTES[name][0]: (f"{_NOTES[name][0]}.xml", root(_NOTES[name][0], "".join(found)))
        for name, found in notes.items()
        if found
    }
    if headers:
        rows.append('<w:sectPr><w:headerReference w:type="default" r:id="rheader"/></w:sectPr>')
        parts["header"] = ("header.xml", root("hdr", paragraph(headers[0])))
    return docx("\n".join(rows), LISTS, "", **parts)


def _row(line: str, notes: dict[str, list[str]]) -> str:
    if boxed := re.fullmatch(r"〖文本框 (.*)〗", line):
        inner = f"<w:txbxContent>{paragraph(boxed[1])}</w:txbxContent>"
        return f"<w:p><w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r></w:p>"
    numbered = re.match(r"〖编号 ([^〗]*)〗", line)
    words = line[numbered.end() :] if numbered else line
    level = LEVELS[numbered[1]].split("/")[1] if numbered else ""
    look = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>' if level else ""
    pieces = _SIGN.split(words)
    runs = [run(pieces[0])]
    for sign, said, plain in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        runs += [_signed(sign, said, notes), run(plain)]
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def _signed(sign: str, said: str, notes: dict[str, list[str]]) -> str:
    if sign in notes:
        kind = _NOTES[sign][1]
        number = len(notes[sign]) + 1
        notes[sign].append(f'<w:{kind} w:id="{number}">{paragraph(said)}</w:{kind}>')
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'
    made = run(said)
    if sign == "删除":
        made = made.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    if sign == "隐藏":
        made = made.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    return _RUNS[sign].format(made)
