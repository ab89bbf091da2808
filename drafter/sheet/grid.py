"""Cells with their places, and the gathering of one sheet's cells into a grid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from drafter import numeral
from drafter.diagnostic import Diagnostic, DraftError, error, note, warning
from drafter.sheet.shown import Shown
from drafter.source import Span

MAX_ROWS = 20_000
MAX_COLUMNS = 200
"""Used cells of a sheet that are read: more is no table of figures."""
MAX_CELLS = 200_000
"""Cells of a whole workbook."""
MAX_TEXT = 32_767
"""Characters of one cell, as Excel has it."""
MAX_TOLD = 20
"""Findings of one code that are told one by one for each sheet."""
SAVE_ANEW = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”"
"""What helps with a file of another kind."""
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!")
_SHARPS = re.compile(r"#{3,}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNWRITTEN = re.compile(
    r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is displayed; indentation by format stands in front as U+3000."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet that hold anything, each up to its last used cell.

    Empty cells of a row share one Cell; the cells that a merged text covers hold that very text at its first place.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def letters(column: int) -> str:
    """The name of a column: 1 → A, 28 → AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def refusal(file: str, message: str, hint: str, code: str = "F131") -> DraftError:
    """A file that is not read at all."""
    return DraftError(error(code, message, Span(file, 1, 1), hint))


def cleaned(text: str) -> str:
    """Cell text without what its container put there: _x000D_, CR, characters that cannot be written or seen."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return _UNWRITTEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(slots=True)
class Sheet:
    """The cells of one sheet while they are being gathered; `named` False leaves the cell's name out of places."""

    file: str
    name: str
    named: bool = True
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    count: int = 0
    covers: int = 5 * MAX_CELLS
    """Cells that merged ranges may still cover."""

    def span(self, row: int, column: int) -> Span:
        """The place of a cell."""
        return Span(self.file, row, column, f"{self.name}!{letters(column)}{row}" if self.named else "")

    def text(self, row: int, column: int, text: str, indent: int = 0) -> None:
        """A cell of text; error words are F132 and leave it empty, too much text is F109."""
        text = cleaned(text)
        word = text.strip()
        if word in ERRORS or _SHARPS.fullmatch(word):
            self.void(row, column, f"单元格是错误值“{word[:12]}”", "在表里改好公式或列宽；还没有数就清空")
        elif len(text) > MAX_TEXT:
            self.void(row, column, f"单元格的文字超过 {MAX_TEXT} 字", "长文写进模板，不写进表格", "F109")
        elif word:
            self.put(row, column, "\u3000" * min(indent, 15) + text)

    def number(self, row: int, column: int, shown: Shown) -> None:
        """A cell of a number as it is displayed; F133 (a note) when more is stored than displayed."""
        self.put(row, column, shown.text)
        if shown.remark:
            self.say(note("F133", shown.remark, self.span(row, column), shown.hint, shown.text))

    def void(self, row: int, column: int, message: str, hint: str, code: str = "F132") -> None:
        """A cell without a usable value: an error, and an empty cell."""
        self.say(error(code, message, self.span(row, column), hint))
        self.put(row, column, "")

    def put(self, row: int, column: int, text: str) -> None:
        """Keep a cell; beyond the last column that is read it is told and left out (F109)."""
        if column > MAX_COLUMNS:
            hint = "多半是误填，删去它"
            self.say(warning("F109", f"第 {MAX_COLUMNS} 列以外的单元格没有读", self.span(row, column), hint, text[:40]))
            return
        self.count += 1
        cells = self.cells.setdefault(row, {})
        if len(self.cells) > MAX_ROWS or self.count > MAX_CELLS:
            message = f"工作表“{self.name}”超过 {MAX_ROWS} 行或 {MAX_CELLS} 个单元格"
            raise DraftError(error("F109", message, self.span(row, column), "只留要读的行，或拆成几个文件"))
        cells[column] = Cell(text, self.span(row, column))

    def say(self, finding: Diagnostic) -> None:
        """Keep a finding; of those of one code beyond MAX_TOLD only the number."""
        self.told[finding.code] += 1
        if self.told[finding.code] <= MAX_TOLD:
            self.findings.append(finding)

    def hidden(self, rows: Iterable[int], columns: Iterable[int], *, sheet: bool) -> None:
        """F134 (notes) for what a person does not see and is read all the same."""
        used = {column for row in self.cells.values() for column in row}
        unseen = [str(row) for row in sorted(rows) if row in self.cells]
        dark = [letters(column) for column in sorted(columns) if column in used]
        for words in (
            "工作表是隐藏的" if sheet and self.cells else "",
            f"第 {_listed(unseen)} 行是隐藏的" if unseen else "",
            f"第 {_listed(dark)} 列是隐藏的" if dark else "",
        ):
            if words:
                span = self.span(min(self.cells), 1)
                self.say(note("F134", f"“{self.name}”{words}，照样读入", span, "不要的删去，不要只隐藏"))

    def cover(self, top: int, left: int, bottom: int, right: int) -> None:
        """A merged range: its text stands in all its cells that are in use; a number only in the first.

        Why: a heading or an office over several rows is meant for each of them, a sum is not.
        """
        first = self.cells.get(top, {}).get(left)
        if first is None or not first.text or numeral.parse(first.text):
            return
        columns = range(left, min(right, MAX_COLUMNS) + 1)
        for row in range(top, min(bottom, top + MAX_ROWS) + 1):
            self.covers -= len(columns)
            if row in self.cells and self.covers > 0:
                self.cells[row] = dict.fromkeys(columns, first) | self.cells[row]

    def grid(self) -> Grid:
        """The grid of what was gathered."""
        rows = []
        for number in sorted(self.cells):
            row = self.cells[number]
            blank = Cell("", self.span(number, 1))
            last = max((column for column, cell in row.items() if cell.text), default=0)
            if last:
                rows.append(tuple(row.get(column, blank) for column in range(1, last + 1)))
        return Grid(self.name, tuple(rows))

    def summed(self) -> list[Diagnostic]:
        """All findings; the last one of a code with too many says how many more there are."""
        last = {found.code: found for found in self.findings if self.told[found.code] > MAX_TOLD}
        more = {
            code: f"{found.message}（这样的单元格还有 {self.told[code] - MAX_TOLD} 个）" for code, found in last.items()
        }
        return [replace(f, message=more[f.code]) if last.get(f.code) is f else f for f in self.findings]


def _listed(words: list[str]) -> str:
    return "、".join(words[:MAX_TOLD]) + (f" 等 {len(words)}" if len(words) > MAX_TOLD else "")
