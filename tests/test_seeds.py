"""The real passages the project began with: every unit found, none invented, headings as a clerk would split them.

tests/seeds_gold.json holds numbers only: per passage rows of level, marker as written, number, offset and heading length
(null where the heading rule and the look of the passage differ: any heading will do). The passages themselves stand
beside the checkout; without them there is nothing to read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from drafter import text, units
from drafter.source import typed

HERE = Path(__file__).parent
PASSAGES = HERE.parents[1] / "shared" / "reference" / "seeds.txt"
GOLD = json.loads((HERE / "seeds_gold.json").read_text("utf-8"))
UNITS, HEADINGS, ENOUGH = 92, 63, 62

Key = tuple[object, str, int, int]
"""Level, marker as written, number, offset."""


@dataclass(frozen=True, slots=True)
class Score:
    """One passage: what the gold has, what was found of it, and what was made up."""

    expected: dict[Key, int | None]
    found: dict[Key, str]
    source: str

    @property
    def right(self) -> list[Key]:
        return [key for key in self.expected if key in self.found]

    @property
    def missed(self) -> list[Key]:
        return [key for key in self.expected if key not in self.found]

    @property
    def invented(self) -> list[Key]:
        return [key for key in self.found if key not in self.expected]

    def wanted(self, key: Key) -> str | None:
        """The heading the gold asks for; None when any will do."""
        length, begin = self.expected[key], int(str(key[3])) + len(key[1])
        return None if length is None else self.source[begin : begin + length]

    @property
    def wrong(self) -> list[str]:
        """Headings that are not those of the gold, as `marker found ≠ expected`; units that were missed not counted."""
        pairs = [(key, self.found[key], self.wanted(key)) for key in self.right]
        return [f"{key[1]}{found!r} ≠ {want!r}" for key, found, want in pairs if want is not None and found != want]

    @property
    def headings(self) -> int:
        """How many of the headings that the gold has are right."""
        return sum(bool(self.expected[key]) and self.found[key] == self.wanted(key) for key in self.right)


def score(source: str, rows: list[list[object]]) -> Score:
    document = units.as_json(text.read(typed(source, "t.txt"))[0], source)
    found = {
        (u["level"], u["marker"], u["number"], u["start"]): u["heading"]
        for u in document["units"]  # type: ignore[attr-defined]
    }
    expected = {
        (level, str(marker), int(str(number)), int(str(start))): length for level, marker, number, start, length in rows
    }
    return Score(expected, found, source)  # type: ignore[arg-type]


def passages() -> list[str]:
    if not PASSAGES.is_file():
        pytest.skip("the passages do not stand beside the checkout")
    return [line for line in PASSAGES.read_text("utf-8").split("\n") if line]


def test_the_gold_is_whole() -> None:
    rows = [row for passage in GOLD for row in passage]
    assert len(GOLD) == 20
    assert len(rows) == UNITS
    assert sum(bool(row[4]) for row in rows) == HEADINGS
    counts = {level: sum(row[0] == level for row in rows) for level in (1, 2, 3, 4, 5, "item")}
    assert counts == {1: 9, 2: 27, 3: 11, 4: 0, 5: 0, "item": 45}


def test_the_gold_fits_the_passages() -> None:
    for source, rows in zip(passages(), GOLD, strict=True):
        ends = [0]
        for _, marker, _, start, length in rows:
            assert source.startswith(marker, start)
            assert start >= ends[-1]
            ends.append(start + len(marker) + (length or 0))


@pytest.mark.parametrize("number", range(1, 21))
def test_every_unit_of_a_passage(number: int) -> None:
    got = score(passages()[number - 1], GOLD[number - 1])
    assert (got.missed, got.invented) == ([], [])


def test_all_passages_together() -> None:
    scores = [score(source, rows) for source, rows in zip(passages(), GOLD, strict=True)]
    report = "\n".join(
        f"{number:2}: {len(s.right)}/{len(s.expected)} units, {len(s.invented)} invented, {len(s.wrong)} headings wrong {s.wrong}"
        for number, s in enumerate(scores, start=1)
    )
    print(report)
    assert sum(len(s.right) for s in scores) == UNITS, report
    assert sum(len(s.invented) for s in scores) == 0, report
    assert sum(s.headings for s in scores) >= ENOUGH, report


def test_the_uncertain_split_is_said() -> None:
    """The heading of passage 14 runs into its text without a mark: the best split, and a note where it was made."""
    _, _, _, start, length = GOLD[13][0]
    _, said = text.read(typed(passages()[13], "t.txt"))
    assert [(d.severity.value, d.span.line, d.span.column) for d in said] == [
        ("note", 1, start + len("五、") + length + 1)
    ]
