"""What stands above a table: title, 部门 and 期间, 单位：万元, and the marks of drafter's own forms."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from drafter import period as periods
from drafter.period import Period
from drafter.sheet import words
from drafter.sheet.grid import Cell, Grid

FORM = "填报表"
"""Word in the second line of drafter's own form: names and values are taken literally."""
LIST, GROUP = "列表", "分组"
"""Words in front of the name of a list fact or a group of a form."""
BARE = "（内容）"
"""Header of the one column of a list of plain values."""
HINTS = (
    "注：灰底的列不用填。数照实填，不写单位；大概的数可写 2800余；没有的留空，是0就写0。",
    "注：其中的一项另起一行，名称前面写“其中：”。",
)
LIST_HINT = "注：一行一项，项数不够就往下加行，没有的项删去。"
MAX_LINES = 20
_FIELD = re.compile(r"(部门|单位名称|填报单位|期间|报告期|计量单位|单位)\s*[:：]\s*([^\s:：]+)")
_MARK = re.compile(rf"(?:^|\s)({LIST}|{GROUP})：(.+)$")
_DATED = re.compile(
    r"\d{4}年(?:(?:\d{1,2}[-—–~～至])?\d{1,2}月份?|第?[一二三四]季度|前三季度|[上下]半年|全年)?(?:累计)?"
    r"|\d{4}-\d\d(?:\.\.\d{4}-\d\d)?|\d{4}[QHqh]\d|\d{4}(?:[上下]半年|第?[一二三四]季度)"
)
_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|Table|表)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Intro:
    """The rows above a table, as far as they say anything."""

    title: Cell | None
    lines: tuple[Cell, ...]
    fields: tuple[tuple[str, str, Cell], ...]

    def field(self, *names: str) -> tuple[str, Cell] | None:
        """The first of the fields with one of these names: (text, cell)."""
        return next(((text, cell) for name, text, cell in self.fields if name in names), None)

    @property
    def is_form(self) -> bool:
        """Whether drafter wrote the form, so that it is read literally."""
        return any(FORM in cell.text.split() for cell in self.lines)

    @property
    def unit(self) -> tuple[str, Cell] | None:
        """The unit of all amounts (单位：万元；单位：亿元、% is 亿元); None when none or several are named."""
        for text, cell in ((text, cell) for name, text, cell in self.fields if name in ("计量单位", "单位")):
            found = [unit for unit in words.units(text.rstrip("）)")) if unit not in ("%", "个百分点", "百分点")]
            if len(found) == 1:
                return found[0], cell
        return None

    def period(self) -> tuple[Period, Cell, bool] | None:
        """The period that is said, where, and whether in so many words (期间：2022-09) or in the title."""
        if (said := self.field("期间", "报告期")) and (found := periods.read(said[0])):
            return found, said[1], True
        for cell in self.lines:
            if found := dated(cell.text):
                return found, cell, False
        return None


def intro(grid: Grid, end: int) -> Intro:
    """What the rows before index `end` say."""
    lines: list[Cell] = []
    for row in grid.rows[: min(end, MAX_LINES)]:
        for cell in row:
            if cell.text.strip() and cell not in lines:
                lines.append(cell)
    marks = [(cell, _MARK.search(cell.text.strip())) for cell in lines]
    fields = [(found[1], found[2].strip(), cell) for cell, found in marks if found]
    fields += [(name, text, cell) for cell in lines for name, text in _FIELD.findall(_MARK.sub("", cell.text))]
    titles = (cell for cell, mark in marks if not mark and not _FIELD.match(cell.text.strip("（( ")))
    return Intro(next(titles, None), tuple(lines), tuple(fields))


def dated(text: str) -> Period | None:
    """The first period with its year in a text: 清源县2022年1—9月主要指标."""
    for found in _DATED.findall(unicodedata.normalize("NFKC", "".join(text.split())).replace("–", "—")):
        if named := periods.read(found.removesuffix("累计").replace("~", "—")):
            return named
    return None


def undated(text: str) -> str:
    """A text without its period."""
    return _DATED.sub("", text)


def default_name(name: str) -> bool:
    """Whether a sheet's name says nothing: Sheet1, or a period."""
    return _DEFAULT_NAME.fullmatch(name) is not None or periods.read(name) is not None
