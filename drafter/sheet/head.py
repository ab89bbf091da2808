"""The head of a table: which row it is, and what each column means in the asked period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drafter import numeral
from drafter import period as periods
from drafter.period import Period
from drafter.sheet import words
from drafter.sheet.grid import Cell
from drafter.sheet.words import NAME, STRONG_NAMES, TELLING, WHOLE, header, unit_of

Rows = tuple[tuple[Cell, ...], ...]
MAX_DEPTH = 3
"""Rows that a head has at most."""
SUM_GROWTH = "累计增幅"
"""The growth of a running total: only in a file of the run itself it is a figure's 增幅."""
_MEANINGS = {
    ("value", "this"): "本期", ("value", "sum"): "累计", ("value", "last"): "上年同期", ("value", "previous"): "上期",
    ("growth", ""): "增幅", ("growth", "this"): "增幅", ("growth", "sum"): SUM_GROWTH, ("growth", "last"): "上年增幅", ("growth", "previous"): "上期增幅",
    ("chain", ""): "环比增幅", ("chain", "this"): "环比增幅", ("alone", ""): "本期",
    ("rank", ""): "位次", ("rank", "this"): "位次", ("rank", "last"): "上年位次", ("rank", "previous"): "上期位次",
}  # fmt: skip
"""(what is counted, of which time) → column."""
_ORDER = {word: place for place, word in enumerate((*STRONG_NAMES, *words.WEAK_NAMES))}
_REGION = re.compile(r"(?:在|居|列)?(?P<region>[^\d年月]{2,10}?)(?:内|中)?(?:位次|排名|名次|排位)")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds; `region` is the 范围 of a rank that its header names (全市位次).

    `loose`: its header names no time (增幅, 去年同期, 位次), so that it belongs to the amount at its left.
    """

    key: str
    unit: str = ""
    region: str = ""
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A head: its first row and how many it has, its columns by index, and the headers that mean nothing."""

    first: int
    depth: int
    columns: dict[int, Column]
    texts: dict[int, Cell]
    unknown: tuple[int, ...] = ()
    strayed: tuple[int, ...] = ()
    """Columns that belong to a running total or another time, for which a figure has no key."""
    doubles: tuple[tuple[int, int], ...] = ()
    by_key: dict[str, int] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """Index of the first row below it."""
        return self.first + self.depth


def meaning(text: str, period: Period) -> Column | None:
    """The column that a header names, None when it names none."""
    flat = header(text)
    rest, unit = unit_of(flat)
    rest = header(rest)
    if flat in WHOLE or rest in WHOLE:
        return Column(WHOLE.get(flat) or WHOLE[rest], unit)
    scope, tail = scope_of(rest, period)
    tail = tail or ("增减" if "±" in text else "")
    key = _MEANINGS.get((_kind(tail, unit, scope), scope))
    if key is None and not scope and (region := _REGION.fullmatch(header_kept(text))):
        return Column("位次", "", region["region"], loose=True)
    loose = not scope or (scope in ("last", "previous") and words.PERIOD.match(rest) is None)
    return Column(key, unit, loose=loose and key != "本期") if key else None


def header_kept(text: str) -> str:
    """A header without blanks, its brackets kept as typed: 七县（市）位次."""
    return "".join(text.split())


def _kind(tail: str, unit: str, scope: str) -> str:
    """What is counted: value, growth, chain, rank; empty when the words are none of these."""
    if tail in words.GROWTH_WORDS or (tail in words.WEAK_GROWTHS and ("%" in unit or "百分点" in unit)):
        return "growth"
    if tail in words.CHAIN_WORDS:
        return "chain"
    if tail in words.RANK_WORDS:
        return "rank"
    if scope:
        return "value" if not tail or tail in words.VALUES else ""
    return "alone" if tail in words.VALUES_ALONE else ""


def scope_of(text: str, period: Period) -> tuple[str, str]:
    """(scope, rest) of a header: this, sum, last, previous, other; empty when no words of time stand in front."""
    if text in words.GROWTH_WORDS | words.CHAIN_WORDS | words.WEAK_GROWTHS:
        return "", text
    found = words.PERIOD.match(text)
    if found:
        named = periods.relative(found["words"].replace("~", "—"), period)
        return _within(_scope(_summed(named) if found["sum"] else named, period), text[found.end() :], period)
    return _said(text, period)


def _said(text: str, period: Period) -> tuple[str, str]:
    """The same for words such as 本月, 上年同期, 累计; those of another kind of period mean another time."""
    for word, kind, scope in words.SCOPES:
        if text.startswith(word):
            rest = text[len(word) :]
            if rest.startswith("累计") and scope == "this":
                return "sum", rest.removeprefix("累计")
            return scope if kind in ("", period.kind) else "other", rest
    return "", text


_INSIDE = {("this", "last"): "last", ("this", "previous"): "previous", ("last", "last"): "last", ("this", "sum"): "sum"}
"""Of a word of time behind a period (9月 over 上年同期) what both say together, where it is not the period itself."""


def _within(scope: str, text: str, period: Period) -> tuple[str, str]:
    """A scope with the words of time that stand behind it: 9月上年同期 is the last year's, 1—9月上年同期 another time's."""
    if text in words.VALUES or _kind(text, "%", ""):
        return scope, text
    inner, rest = _said(text, period)
    if not inner:
        return scope, text
    if inner in ("this", scope) or (inner == "other" and text[:2] in ("本月", "当月", "本季", "当季")):
        return scope, rest
    return _INSIDE.get((scope, inner), "other"), rest


def _summed(named: Period | None) -> Period | None:
    """The run up to the end of a period: 9月累计 counts from January."""
    if named is None or (named.first % 12 == 0 and named.months > 1):
        return named
    return periods.months(named.year, 1, named.month)


def _scope(named: Period | None, period: Period) -> str:
    """What a named period is to the asked one."""
    if named is None:
        return "other"
    last, before = periods.last_year(period), periods.previous(period)
    for other, scope in ((period, "this"), (last, "last"), (before, "previous")):
        if (named.first, named.last) == (other.first, other.last):
            return scope
    opened = named.first % 12 == 0 and named.last == period.last
    return "sum" if opened and named.year == period.year else "other"


def is_number(text: str) -> bool:
    """Whether a cell holds a figure and no word of time such as 9月."""
    found = numeral.parse(text) if len(text) <= 40 else None
    return found is not None and found.unit not in ("月", "年", "月份", "季度", "月累计")


def find(rows: Rows, start: int, period: Period) -> Head | None:
    """The first head of figures at or below a row."""
    return next((head for index in range(start, len(rows)) if (head := at(rows, index, period))), None)


def at(rows: Rows, index: int, period: Period) -> Head | None:
    """The head of figures that starts in this very row: a name column and one that tells a value or a growth."""
    name = _name_column(rows[index])
    if name is None:
        return None
    depth = 1
    while depth < MAX_DEPTH and _continues(rows, index, index + depth, name):
        depth += 1
    head = _read(rows, index, depth, period, name)
    return head if any(key in head.by_key for key in TELLING) and not _is_list(rows, head) else None


def _name_column(row: tuple[Cell, ...]) -> int | None:
    """The column of names: 指标 before 项目."""
    likely = ((column, cell.text) for column, cell in enumerate(row) if words.LIKE_NAME.search(cell.text))
    flat = [(column, unit_of(header(text))[0]) for column, text in likely if len(text) <= words.MAX_HEADER]
    found = [(_ORDER[text], column) for column, text in flat if text in _ORDER]
    return min(found)[1] if found else None


def _continues(rows: Rows, first: int, index: int, name: int) -> bool:
    """Whether a row still belongs to the head: nothing new under the name, words and no figures elsewhere."""
    if index >= len(rows):
        return False
    row, above = rows[index], rows[first][name]
    if name < len(row) and row[name].text.strip() and row[name].span != above.span:
        return False
    covered = {cell.span for other in rows[first:index] for cell in other}
    new = [cell for cell in row if cell.text.strip() and cell.span not in covered]
    return bool(new) and not any(is_number(cell.text) for cell in new)


def _read(rows: Rows, first: int, depth: int, period: Period, name: int) -> Head:
    texts = dict(stacked(rows, first, depth))
    found = _meanings(_pieces(rows, first, depth), period, name)
    unknown = tuple(column for column in texts if column not in found)
    strayed = tuple(c for c, column in found.items() if column.loose and not _anchored(c, found, texts, period))
    columns: dict[int, Column] = {}
    by_key: dict[str, int] = {}
    doubles = []
    for column, meant in found.items():
        if column in strayed:
            continue
        if meant.key in by_key and meant.key != words.ORDER:
            doubles.append((column, by_key[meant.key]))
        else:
            columns[column] = meant
            by_key.setdefault(meant.key, column)
    return Head(first, depth, columns, texts, unknown, strayed, tuple(doubles), by_key)


def _meanings(pieces: dict[int, list[Cell]], period: Period, name: int) -> dict[int, Column]:
    """The columns that mean something; in a file of a run or a year, 累计 is its 本期 when nothing else is."""
    read = {column: Column(NAME) if column == name else _joined(cells, period) for column, cells in pieces.items()}
    found = {c: meant for c, meant in read.items() if meant and (meant.key != NAME or c == name)}
    if "本期" not in {meant.key for meant in found.values()} and period.kind in ("累计", "年"):
        of_run = {"累计": "本期", SUM_GROWTH: "增幅"}
        found = {c: replace(meant, key=of_run.get(meant.key, meant.key)) for c, meant in found.items()}
    found = {c: meant for c, meant in found.items() if meant.key != SUM_GROWTH}
    return _with_plain_values(found, pieces, name)


def _with_plain_values(found: dict[int, Column], pieces: dict[int, list[Cell]], name: int) -> dict[int, Column]:
    """The columns, with 完成 or 数值 as 本期 where the names are 指标, nothing tells a value and only one column says so."""
    strong = unit_of(header(pieces[name][0].text))[0] in STRONG_NAMES
    if not strong or any(meant.key in TELLING for meant in found.values()):
        return found
    texts = {c: unit_of(header("".join(cell.text for cell in cells))) for c, cells in pieces.items() if c not in found}
    plain = [c for c, (text, _) in texts.items() if text in words.VALUES]
    return found | {plain[0]: Column("本期", texts[plain[0]][1])} if len(plain) == 1 else found


def _anchored(column: int, columns: dict[int, Column], texts: dict[int, Cell], period: Period) -> bool:
    """Whether the nearest amount at the left of a loose column is the period's own, or there is none.

    Why: 同比 behind 1—9月 is the growth of the running total; taken for the month's it may even turn its direction.
    """
    for left in range(column - 1, -1, -1):
        found = columns.get(left)
        if found is not None and found.key in ("本期", "累计"):
            return found.key == "本期"
        if (
            found is None
            and left in texts
            and scope_of(unit_of(header(texts[left].text))[0], period)[0] in ("sum", "other")
        ):
            return False
    return True


def stacked(rows: Rows, first: int, depth: int) -> Iterator[tuple[int, Cell]]:
    """(column, cell) of a head: the words that stand over one another joined, at the lowest one's place."""
    for column, pieces in _pieces(rows, first, depth).items():
        yield column, Cell("".join(piece.text.strip() for piece in pieces), pieces[-1].span)


def _pieces(rows: Rows, first: int, depth: int) -> dict[int, list[Cell]]:
    """The cells over each column; a word over several columns that are not merged reaches to the right."""
    found: dict[int, list[Cell]] = {}
    for level in range(depth):
        row = rows[first + level]
        reach: Cell | None = None
        for column in range(max(len(r) for r in rows[first : first + depth])):
            cell = row[column] if column < len(row) else None
            below = _below(rows, first + level + 1, first + depth, column)
            if cell and cell.text.strip():
                reach = cell if below else None
            elif reach is not None and below:
                cell = reach
            else:
                reach = None
            if cell and cell.text.strip() and all(cell.span != other.span for other in found.get(column, ())):
                found.setdefault(column, []).append(cell)
    return dict(sorted(found.items()))


def _below(rows: Rows, start: int, end: int, column: int) -> bool:
    """Whether a column has words of its own in the lower rows of the head."""
    above = {cell.span for row in rows[start - 1 : start] for cell in row}
    return any(
        column < len(row) and row[column].text.strip() and row[column].span not in above for row in rows[start:end]
    )


def _joined(pieces: list[Cell], period: Period) -> Column | None:
    """The meaning of words over one another: 1—9月累计 over 总量, 增幅 over 9月, and a unit over or below."""
    texts = [piece.text for piece in pieces]
    bare = [text for text in texts if "±" in text or not words.is_unit(header(text).strip("()"))]
    unit = next((header(text).strip("()") for text in texts if text not in bare), "")
    for tried in (bare, bare[::-1], *([[bare[-1]]] if len(bare) > 1 and _neutral(bare[0], period) else ())):
        said = "".join(tried)
        found = (meaning(said, period) or (meaning(f"{said}({unit})", period) if unit else None)) if tried else None
        if found:
            return replace(found, unit=found.unit or unit)
    return None


def _neutral(text: str, period: Period) -> bool:
    """Whether a word over others says nothing about time or kind: 完成情况, 主要指标."""
    return not scope_of(unit_of(header(text))[0], period)[0] and (meaning(text, period) or Column("本期")) == Column(
        "本期"
    )


def _is_list(rows: Rows, head: Head) -> bool:
    """Whether a table under a weak name (项目) holds more figures that no key takes than figures that one does."""
    name = unit_of(header(rows[head.first][head.by_key[NAME]].text))[0]
    if name in STRONG_NAMES:
        return False
    body = rows[head.end : head.end + 10]
    odd = sum(any(c < len(row) and is_number(row[c].text) for row in body) for c in head.unknown)
    return odd > sum(key in head.by_key for key in (*words.AMOUNTS, *words.GROWTHS))
