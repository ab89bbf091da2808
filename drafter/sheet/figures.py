"""Rows of a table of figures → 名称: {本期: …, 上年同期: …, 其中: …} with the places of the cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from drafter import numeral
from drafter import yamlfile as tree
from drafter.diagnostic import Diagnostic, error, note
from drafter.figure import Indicator
from drafter.sheet import values, words
from drafter.sheet.grid import Cell
from drafter.sheet.head import Head, is_number
from drafter.sheet.intro import HINTS, Intro
from drafter.source import Span
from drafter.yamlfile import Scalar
from drafter.yamlfile.slip import folded

Row = tuple[Cell, ...]
NOTES = ("口径", "来源", "责任单位", "备注")
_OF = re.compile(r"第?(\d{1,6})[位名]?\s*[/／]\s*(\d{1,6})")
_LETTERS = frozenset(("甲", "乙", "丙", "丁", "A", "B", "C", "a", "b"))
_COUNTED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?、?")
"""An order number that heads a group of rows, where the rows themselves are numbered 1, 2, 3."""


@dataclass(slots=True)
class Entry:
    """One row: its name, how far it is indented, its keys, and the rows below that are parts of it."""

    name: Scalar
    lead: int
    depth: int
    marked: bool
    unit: str
    known: Indicator | None = None
    pairs: list[tuple[Scalar, tree.Node]] = field(default_factory=list)
    text: Scalar | None = None
    parts: list[Entry] = field(default_factory=list)
    names: dict[str, Entry] = field(default_factory=dict)
    """The parts by name as compared."""

    @property
    def valued(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.pairs or self.text)

    def node(self) -> tree.Node:
        """A plain value where there is nothing else, else a mapping in the order of the file's keys."""
        if self.text is not None:
            return self.text
        if not self.parts and (not self.pairs or [k.text for k, _ in self.pairs] == ["本期"]):
            return self.pairs[0][1] if self.pairs else Scalar("", span=self.name.span)
        pairs = list(self.pairs)
        if self.parts:
            parts = tuple((part.name, part.node()) for part in self.parts)
            after = sum(key.text in (*words.AMOUNTS, *words.GROWTHS) for key, _ in pairs)
            pairs.insert(after, (Scalar("其中", span=self.parts[0].name.span), tree.Mapping(parts, parts[0][0].span)))
        if all(key.text in NOTES for key, _ in pairs):
            pairs.insert(0, (Scalar("本期", span=self.name.span), Scalar("", span=self.name.span)))
        return tree.Mapping(tuple(pairs), self.name.span)


class Table:
    """Reads the rows below one head; findings (F102, F134, F135) are gathered."""

    def __init__(self, head: Head, above: Intro, known: Mapping[str, Indicator]) -> None:
        self.head = head
        self.literal = above.is_form
        self.known = known
        self.line_unit = above.unit[0] if above.unit and not self.literal else ""
        self.findings: list[Diagnostic] = []
        self.offices = False
        """The column called 单位 holds offices and no units."""
        self.counted = False
        """Rows are numbered 1, 2, 3, so that 一 and 二 in the same column are headings."""

    def pairs(self, rows: Iterable[Row]) -> Iterator[tuple[Scalar, tree.Node]]:
        """The facts of the rows in order."""
        body = [row for row in rows if self.is_row(row)]
        self.offices = self.holds_offices(body)
        self.counted = any(self.cell(row, words.ORDER).text.strip()[:1].isdecimal() for row in body)
        base = min((lead_of(self.cell(row, words.NAME).text) for row in body), default=0)
        top: list[Entry] = []
        stack: list[Entry] = []
        for index, row in enumerate(body):
            following = body[index + 1] if index + 1 < len(body) else None
            entry = self.entry(row, base, following)
            if entry is not None and not self.is_heading(entry, row) and self.place(entry, top, stack):
                self.fill(entry, row)
        for entry in top:
            yield from self.settled(entry)

    def cell(self, row: Row, key: str) -> Cell:
        """The cell of a column in a row; what the name's merged cell covers is empty."""
        column = self.head.by_key.get(key)
        name = row[self.head.by_key[words.NAME]] if self.head.by_key[words.NAME] < len(row) else None
        if column is None or column >= len(row):
            return Cell("", name.span if name else row[0].span)
        found = row[column]
        covered = key != words.NAME and name is not None and name.text and found.span == name.span
        return Cell("", found.span) if covered else found

    def is_row(self, row: Row) -> bool:
        """Whether a row below the head may be a fact: not empty, no footnote, no numbers of columns, no head again."""
        own = list({cell.span: cell for cell in row if cell.text.strip()}.values())
        name = self.cell(row, words.NAME).text.strip()
        if not own:
            return False
        if self.is_footnote(own[0].text.strip(), row, len(own)):
            if own[0].text.strip() not in HINTS:
                self.findings.append(note("F134", "注释行没有读", own[0].span, quote=own[0].text.strip()[:40]))
            return False
        if _numbers_columns([cell.text.strip() for cell in own]):
            return False
        if all(self.same_head(row, column) for column in self.head.columns):
            return False
        if not name:
            self.nameless(row, own[0])
        return bool(name)

    def is_footnote(self, text: str, row: Row, count: int) -> bool:
        """Whether a row tells of the table: 注：…, or 填表人：张三 with 审核人：李四 in the columns of values."""
        if not words.FOOTNOTE.match(text):
            return False
        return count == 1 or bool(words.SIGNED.match(text)) or not any(is_number(c.text) for c in self.values(row))

    def same_head(self, row: Row, column: int) -> bool:
        """Whether a cell repeats the header of its column, as on the next page of a long table."""
        text = row[column].text if column < len(row) else ""
        return "".join(text.split()) == "".join(self.head.texts[column].text.split())

    def nameless(self, row: Row, cell: Cell) -> None:
        """F135 for values that nobody knows the name of; F134 for other words."""
        if any(is_number(value.text) for value in self.values(row)):
            self.findings.append(error("F135", "这一行有数，没有指标名称，没有读", cell.span, "在指标一列写上名称"))
        else:
            self.findings.append(note("F134", "这一行没有指标名称，没有读", cell.span, quote=cell.text.strip()[:40]))

    def values(self, row: Row) -> list[Cell]:
        """The filled cells of amounts, growths and ranks."""
        keys = (*words.AMOUNTS, *words.GROWTHS, "位次")
        return [cell for key in keys if (cell := self.cell(row, key)).text.strip()]

    def holds_offices(self, rows: list[Row]) -> bool:
        """Whether the column 单位 names offices (县商务局): then it is 责任单位."""
        texts = [text for row in rows if (text := self.cell(row, words.UNIT).text.strip())]
        return bool(texts) and "责任单位" not in self.head.by_key and all(
            words.OFFICE.search(text) and not words.is_unit(text) for text in texts
        )  # fmt: skip

    def entry(self, row: Row, base: int, following: Row | None) -> Entry | None:
        """A row read; None for a heading inside the table."""
        cell = self.cell(row, words.NAME)
        lead = lead_of(cell.text) - base
        bare = cell.text.strip()
        part = (words.FORM_PART if self.literal else words.PART).match(bare)
        name, unit = self.named(bare[part.end() :] if part else bare)
        if not name:
            below = lead_of(self.cell(following, words.NAME).text) - base if following else 0
            if below <= lead:
                hint = "写成 其中：名称，或把下面属于它的行缩进"
                self.findings.append(error("F135", "“其中：”单独一行，分不清哪些行属于它", cell.span, hint))
            return None
        depth = lead + (6 if bare.startswith("其") else 2) if part else lead
        return Entry(Scalar(name, span=cell.span), lead, depth, part is not None, self.unit(row, unit))

    def is_heading(self, entry: Entry, row: Row) -> bool:
        """Whether a row only heads those below it: merged over the values, or numbered, and nothing in it (F134)."""
        if self.values(row) or not self.headed(row, self.cell(row, words.NAME).text.strip()):
            return False
        self.findings.append(note("F134", f"“{entry.name.text[:20]}”这一行是小标题，没有读", entry.name.span))
        return True

    def named(self, text: str) -> tuple[str, str]:
        """(name, unit in brackets) of a row."""
        return (text, "") if self.literal else words.named(text)

    def headed(self, row: Row, text: str) -> bool:
        """Whether a row looks like a heading: merged over the values, or numbered and without a unit."""
        if self.literal:
            return False
        name = row[self.head.by_key[words.NAME]]
        others = [row[c] for k, c in self.head.by_key.items() if k != words.NAME and c < len(row)]
        merged = any(cell.text and cell.span == name.span for cell in others)
        if self.unit(row, words.named(text)[1]):
            return merged
        order = self.cell(row, words.ORDER).text.strip()
        return merged or words.numbered(text) or (self.counted and _COUNTED.fullmatch(order) is not None)

    def unit(self, row: Row, own: str) -> str:
        """The unit of a row: from its own column, or from its name."""
        text = "" if self.offices else self.cell(row, words.UNIT).text.strip()
        return numeral.half_width(text) if text and text not in words.DASHES else own

    def fill(self, entry: Entry, row: Row) -> None:
        """The keys of a row that have values; what the indicator (of the whole) says is not said again."""
        known = entry.known
        for key in (*words.AMOUNTS, *words.GROWTHS):
            scalar = self.value(entry, key, row, known)
            if scalar is not None:
                entry.pairs.append((Scalar(key, span=scalar.span), scalar))
        rank = self.rank(row)
        if rank is not None:
            entry.pairs.append((Scalar("位次", span=rank.span), rank))
        if (said := self.cell(row, "预计")).text.strip():
            entry.pairs.append((Scalar("预计", span=said.span), values.yes_no(said)))
        self.fill_notes(entry, row, known)

    def value(self, entry: Entry, key: str, row: Row, known: Indicator | None) -> Scalar | None:
        """One amount or growth; None when there is nothing in the cell."""
        cell = self.cell(row, key)
        text = cell.text.strip()
        if not text:
            return None
        if text in words.DASHES and not self.literal:
            self.findings.append(note("F134", f"“{text}”当作还没有", cell.span, "没有数就留空；是0就写0"))
            return None
        column = self.head.columns[self.head.by_key[key]]
        grows = key in words.GROWTHS
        if not self.literal:
            text, told = values.plain(cell, growth=grows)
            self.findings += told
        if grows:
            return Scalar(values.growth(text, column.unit, entry.unit), span=cell.span)
        unit = entry.unit or column.unit or self.line_unit
        if not self.literal:
            self.findings += values.odd(entry.name.text, cell, text, unit)
        bare = known is not None and folded(known.unit) == folded(unit) and not values.scaled(text)
        return Scalar(text if bare else values.with_unit(text, unit), span=cell.span)

    def rank(self, row: Row) -> tree.Node | None:
        """位次: a plain place, or a mapping when the range or more is known."""
        pairs = []
        for key in words.RANKS:
            cell = self.cell(row, key)
            text = cell.text.strip()
            if text and (self.literal or text not in words.DASHES):
                pairs.append(
                    (
                        Scalar(words.RANK_KEYS[key], span=cell.span),
                        values.yes_no(cell) if key == "并列" else values.told(cell),
                    )
                )
        if not pairs or pairs[0][0].text != "第":
            return None
        first = pairs[0][1]
        if (both := _OF.fullmatch(first.text)) and not self.literal:
            pairs[0] = (pairs[0][0], replace(first, text=both[1]))
            pairs[1:1] = [(Scalar("共", span=first.span), replace(first, text=both[2]))]
        region = self.head.columns[self.head.by_key["位次"]].region
        if region and "范围" not in [key.text for key, _ in pairs]:
            pairs.insert(1, (Scalar("范围", span=first.span), replace(first, text=region)))
        return first if len(pairs) == 1 else tree.Mapping(tuple(pairs), first.span)

    def fill_notes(self, entry: Entry, row: Row, known: Indicator | None) -> None:
        """口径, 来源, 责任单位, 备注, but not what the indicator says already; a text fact has no place for them."""
        told = {"责任单位": known.office, "来源": known.source} if known else {}
        cells = {key: self.cell(row, key) for key in NOTES}
        if self.offices:
            cells["责任单位"] = self.cell(row, words.UNIT)
        kept = {k: c for k, c in cells.items() if c.text.strip() and c.text.strip() != told.get(k)}
        first = entry.pairs[0][1] if entry.pairs and entry.pairs[0][0].text == "本期" else None
        if isinstance(first, Scalar) and not is_number(first.text) and len(entry.pairs) == 1 and not known:
            entry.text, entry.pairs = first, []
            self.findings += [
                note("F134", f"“{entry.name.text[:20]}”是文字，它的{key}没有读", cell.span)
                for key, cell in kept.items()
            ]
            return
        entry.pairs += [(Scalar(key, span=cell.span), values.told(cell)) for key, cell in kept.items()]

    def place(self, entry: Entry, top: list[Entry], stack: list[Entry]) -> bool:
        """Put a row under the one that it is part of: 其中： and ＃ mark it, or deeper indentation does.

        An unmarked row that is indented below 其中：甲 is 甲's sister; a part of 甲 says 其中 again.

        False when it is not clear where it belongs (F135) or it stands twice (F102).
        """
        if entry.marked:
            while stack and (stack[-1].lead > entry.lead or (stack[-1].lead == entry.lead and stack[-1].marked)):
                stack.pop()
        else:
            while stack and stack[-1].depth >= entry.depth:
                stack.pop()
            if stack and stack[-1].marked:
                stack.pop()
        parent = stack[-1] if stack else None
        if parent is None:
            if entry.marked:
                return self.orphan(entry.name.span, f"“{entry.name.text[:20]}”是其中的一项，上面没有它属于的指标")
            entry.known = self.known.get(folded(entry.name.text))
            top.append(entry)
        elif not entry.marked and parent.unit and entry.unit and parent.unit != entry.unit:
            message = f"“{entry.name.text[:20]}”缩进在“{parent.name.text[:20]}”下面，单位却不同，分不清是不是其中的一项"
            return self.orphan(entry.name.span, message)
        elif not self.join(parent, entry):
            return False
        stack.append(entry)
        return True

    def orphan(self, span: Span, message: str) -> bool:
        """F135: a row that is not read because its place is not clear."""
        self.findings.append(error("F135", f"{message}，没有读", span, "是其中的一项写成 其中：名称；不是就顶格写全称"))
        return False

    def join(self, parent: Entry, entry: Entry) -> bool:
        """Make a row a part of another; a second part of the name is F102."""
        same = parent.names.setdefault(folded(entry.name.text), entry)
        if same is entry:
            entry.known = parent.known
            parent.parts.append(entry)
            return True
        wrong = error(
            "F102", f"“{entry.name.text[:20]}”有两行，只读了第一行", entry.name.span, "留下对的一行，删去另一行"
        )
        self.findings.append(replace(wrong, also=((same.name.span, "第一处在"),)))
        return False

    def settled(self, entry: Entry) -> Iterator[tuple[Scalar, tree.Node]]:
        """A fact of the top, or the facts below it when it is only their heading: empty, without unit, none marked."""
        if entry.name.text in words.TOTALS and not entry.parts and not self.literal and entry.known is None:
            hint = "报告要用它，就写上全称，如 工业总产值合计"
            self.findings.append(note("F134", f"“{entry.name.text}”行说不清是谁的合计，没有读", entry.name.span, hint))
            return
        heading = entry.parts and not entry.valued and not entry.unit and not any(part.marked for part in entry.parts)
        if not heading or self.literal:
            yield entry.name, entry.node()
            return
        self.findings.append(note("F134", f"“{entry.name.text[:20]}”这一行是小标题，没有读", entry.name.span))
        for part in entry.parts:
            yield part.name, part.node()


def _numbers_columns(texts: list[str]) -> bool:
    """Whether a row only counts the columns: 甲 乙 1 2 3."""
    digits = [text for text in texts if text not in _LETTERS]
    counted = digits == [str(number) for number in range(1, len(digits) + 1)]
    return counted and len(texts) > 2 and len(digits) < len(texts)


def lead_of(text: str) -> int:
    """How far a name is indented, in half characters."""
    blanks = text[: len(text) - len(text.lstrip())]
    return sum(2 if blank in "\u3000\t" else 1 for blank in blanks)
