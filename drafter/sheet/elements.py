"""The XML parts of a workbook counted before any library builds objects from them."""

from __future__ import annotations

import re
from xml.parsers import expat

from drafter.sheet.grid import MAX_CELLS, SAVE_ANEW, refusal

MAX_ELEMENTS = 1_000_000
"""Elements of all parts together: cells that only have a border count as well."""
MAX_STYLES = 200_000
"""Elements of a part that is neither a sheet nor its texts."""
MAX_DEPTH = 100
MAX_AREA = 500_000
"""Cells of all merged ranges and links together, which the library fills one by one: a title over a row has 16,384."""
MAX_RANGES = 20_000
"""Merged ranges, rules and the like of one kind, each of which may cost as much as all others of it."""
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
_FILLED = ("mergeCell", "hyperlink")
_RANGES = frozenset((*_FILLED, "dataValidation", "conditionalFormatting", "cfRule", "col", "definedName"))
_VALUES = frozenset(("v", "is"))


class Counted:
    """Counts elements part by part and stops with a DraftError (F131, F109) where a limit is passed.

    Why a parser and no search in the bytes: quotes, case, entities and encodings may be written in many ways.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.elements = self.cells = self.area = self.depth = self.here = 0
        self.ranges: dict[str, int] = {}
        self.sheet = False

    def take(self, content: bytes, name: str) -> None:
        """One part. One that is no XML is refused when it is a sheet; of others the library says what it thinks."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        self.depth, self.here, self.sheet = 0, 0, name.startswith(("xl/worksheets/", "xl/sharedStrings"))
        try:
            parser.Parse(content, True)  # noqa: FBT003 the only way to say that it is the last piece
        except expat.ExpatError as bad:
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                raise refusal(self.file, "表格文件读不下去（工作表的 XML 不完整）", SAVE_ANEW) from bad

    def doctype(self, *_: object) -> None:
        """No office program writes a DTD."""
        raise refusal(self.file, "文件结构可疑（XML 里有 DTD），没有读", SAVE_ANEW)

    def end(self, _: str) -> None:
        """An element ends."""
        self.depth -= 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element starts."""
        self.elements += 1
        self.here += 1
        self.depth += 1
        kind = name.rpartition(":")[2]
        self.cells += kind in _VALUES
        if kind in _RANGES:
            self.range(kind, attributes)
        if self.cells > MAX_CELLS or self.elements > MAX_ELEMENTS:
            message = f"表格的单元格超过 {MAX_CELLS} 个，或画了格线的空格太多"
            raise refusal(self.file, message, "只留要读的工作表和行，另存一份", "F109")
        if self.depth > MAX_DEPTH or (not self.sheet and self.here > MAX_STYLES):
            raise refusal(self.file, "文件结构大得反常，没有读", f"核对来源；{SAVE_ANEW}", "F109")

    def range(self, kind: str, attributes: dict[str, str]) -> None:
        """A merged range, a link, a rule."""
        self.ranges[kind] = self.ranges.get(kind, 0) + 1
        if kind in _FILLED:
            self.area += _area(attributes.get("ref", ""))
        if self.area > MAX_AREA or self.ranges[kind] > MAX_RANGES:
            message = "合并单元格、链接或规则多得反常，没有读"
            raise refusal(self.file, message, "取消整列的合并，清除没用的规则，另存一份", "F109")


def _area(text: str) -> int:
    found = _AREA.fullmatch(text.strip())
    if found is None:
        return 0
    left, right = (_column(found[group]) for group in (1, 3))
    return (abs(right - left) + 1) * (abs(int(found[4]) - int(found[2])) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
