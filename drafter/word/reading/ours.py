"""A .docx that drafter wrote: its styles tell the elements of 公文 from the text of the report.

They go apart, whole, so that the text reads back to the outline it was written from. By the names of styles and not
by their ids, since Word and LibreOffice give styles new ids when they save a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from drafter.source import Line, Span
from drafter.word.element import Element
from drafter.word.found import Apart
from drafter.word.kinds import child, found, value
from drafter.word.reading.stylesheet import Styles
from drafter.word.styles import STYLES

SIGN = "标题1连正文"
"""Name of a style that nobody else has: a file with it is drafter's."""
HEAD, IMPRINT, ATTACHMENT, MEETING, CONTENTS = "版头", "版记", "附件", "与会", "目录"
_ELEMENTS = {
    "份号": HEAD, "密级": HEAD, "紧急程度": HEAD, "发文机关标志": HEAD, "发文字号": HEAD, "签发人": HEAD,
    "副标题": "副标题", "目录标题": CONTENTS, "附件说明": "附件说明", "附注": "附注", "附件": ATTACHMENT,
    "抄送": IMPRINT, "印发": IMPRINT,
}  # fmt: skip
"""Look → the kind of what stands apart. 署名 and 成文日期 belong to the outline."""
TITLE, SIGNATURE = "标题", "署名"
_TITLES = ("标题", "附件标题")
"""Looks of titles, which are parted into lines by their width."""
_KINDS = frozenset((*_ELEMENTS.values(), MEETING))
_ROLES = {STYLES[look][1].lower(): kind for look, kind in _ELEMENTS.items()}
_ROLES |= {f"toc {depth}": CONTENTS for depth in range(1, 10)}
_ROLES |= {STYLES[look][1].lower(): TITLE for look in _TITLES} | {STYLES[SIGNATURE][1].lower(): SIGNATURE}
"""Name of a style → what a paragraph in it is."""
_MEETING = f"{STYLES[MEETING][1]}文字"
"""Name of the character style that 出席：, 请假： and 列席： begin with."""
_FRAMED = (HEAD, IMPRINT)
"""What is set in tables: names of organs beside 文件, the rows of the 版记."""
OFFICE = "职务"
"""What stands before the name where a 签名章 is set; a 公文 has it apart from its 署名."""
_ROOM = "\u3000\u3000"
"""What parts the two."""


@dataclass(slots=True)
class Ours:
    """Sorts the paragraphs of one story of such a file."""

    name: str
    roles: Mapping[str, str]
    """Style → what a paragraph in it is."""
    meeting: frozenset[str]
    """Character styles that open the names of a meeting."""
    found: list[tuple[str, int, list[str]]] = field(default_factory=list)
    """(kind, paragraph, lines) of what stands apart."""
    bound: list[list[Line]] = field(default_factory=list)
    """The lines of every 附件, its mark first."""
    attached: bool = False
    """Whether an 附件 is open: all that follows, up to the 版记, is part of it."""

    @staticmethod
    def of(name: str, styles: Styles) -> Ours | None:
        """None for a file of somebody else."""
        if SIGN not in styles.names.values():
            return None
        roles = {key: _ROLES[called.lower()] for key, called in styles.names.items() if called.lower() in _ROLES}
        return Ours(name, roles, frozenset(key for key, called in styles.names.items() if called == _MEETING))

    def role(self, style: str | None, paragraph: Element) -> str:
        """What a paragraph is; '' for text of the report."""
        role = self.roles.get(style or "", "")
        if role or not self.meeting:
            return role
        run = child(paragraph, "r")
        return MEETING if value(run, ("rPr", "rStyle")) in self.meeting else ""

    def kept(self, role: str, lines: list[Line], paragraph: int) -> list[Line]:
        """The lines of a paragraph that stay in the text; those of an element are set apart."""
        if role == ATTACHMENT:
            self.attached = True
            self.bound.append([])
            self.found.append((role, paragraph, []))
        elif role == SIGNATURE:
            return [self._unstamped(line, paragraph) for line in lines]
        elif role in _KINDS and not (self.attached and role != IMPRINT):
            self.attached = False
            self._add(role, lines, paragraph)
            return []
        return lines

    def _unstamped(self, line: Line, paragraph: int) -> Line:
        """署名 without the office that a 签名章 puts before it."""
        office, room, _ = line.text.rpartition(_ROOM)
        if office:
            self._add(OFFICE, [Line(office)], paragraph)
        return line.cut(len(office) + len(room)) if office else line

    def _add(self, kind: str, lines: Iterable[Line], paragraph: int) -> None:
        """Paragraphs of one element that follow each other are one piece."""
        if not self.found or self.found[-1][0] != kind:
            self.found.append((kind, paragraph, []))
        self.found[-1][2].extend(line.text for line in lines if line)

    def takes(self, line: Line) -> bool:
        """Whether a line that is read belongs to an 附件; it is set apart then."""
        if self.attached:
            self.bound[-1].append(line)
            self.found[-1][2].append(line.text)
        return self.attached

    def frames(self, table: Element) -> bool:
        """Whether a table holds elements of 公文 and no table of the report."""
        roles = [self.roles.get(value(child(p, "pPr"), ("pStyle",)) or "", "") for _, p in found(table, ("p",))]
        return bool(roles) and all(role in _FRAMED for role in roles)

    def apart(self) -> list[Apart]:
        """What was set apart, in reading order."""
        return [Apart(kind, "\n".join(lines), Span(self.name, place, 1)) for kind, place, lines in self.found]
