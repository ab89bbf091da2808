"""How well sections are found where line breaks were lost: precision, recall and headings, file by file.

    python -m benchmarks.glued [FOLDER or FILE.txt ...]

Every report is read with its lines, and again as one line; the markers that stand at line starts (by a pattern of their
own, not by the table of styles) must be found again at the same places, with the same headings. Without arguments: the
six real reports and the twenty seed passages beside the project.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drafter import reading, text, units
from drafter.source import BLANKS, typed

SHARED = Path(__file__).parents[2] / "shared"
HAN = "[一二三四五六七八九十百]+"
MARKERS = (rf"{HAN}、(?!{HAN}[、产])", rf"[（(]{HAN}[）)]", r"\d{1,3}[.．、](?!\d+(?![\d年+]))", r"[（(]\d{1,3}[）)]")
"""Markers of levels 1–4 at the start of a line."""
Unit = tuple[int, int, str]
"""Offset in the glued text, level, heading."""


@dataclass(frozen=True, slots=True)
class Score:
    """One report: markers at line starts, markers found in the glued text, and headings that agree."""

    name: str
    true: set[tuple[int, int]]
    found: set[tuple[int, int]]
    headings: int

    def __str__(self) -> str:
        right = len(self.true & self.found)
        shares = f"P {right / max(len(self.found), 1):.4f} R {right / max(len(self.true), 1):.4f}"
        return f"{self.name:32} {len(self.true):5} {shares}  {self.headings:4} headings alike"


def glued(lines: list[str]) -> tuple[str, list[int]]:
    """The lines in one, and where each begins in it."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return "".join(lines), starts


def found(source: str) -> list[Unit]:
    """The sections of levels 1–4 that are read."""
    outline = text.read(typed(source, "x.txt"))[0]
    listed = units.as_json(outline, source)["units"]
    assert isinstance(listed, list)
    return [(u["start"], u["level"], u["heading"]) for u in listed if u["level"] in (1, 2, 3, 4)]


def at_line_starts(lines: list[str], starts: list[int]) -> set[tuple[int, int]]:
    """The gold: what stands at the start of a line and looks like a marker."""
    return {
        (start, level)
        for line, start in zip(lines, starts, strict=False)
        for level, pattern in enumerate(MARKERS, start=1)
        if re.match(pattern, line)
    }


def score(path: Path) -> Score:
    """A report read glued, against its lines."""
    source = reading.read(path, path.name).source
    lines = [line.strip(BLANKS) for line in re.split("\r\n|\r|\n", source)]
    whole, starts = glued(lines)
    seen = found(whole)
    as_lines = {heading for _, _, heading in found("\n".join(lines))}
    return Score(path.stem, at_line_starts(lines, starts), {(at, level) for at, level, _ in seen},
                 sum(heading in as_lines for _, _, heading in seen))  # fmt: skip


def files(arguments: list[str]) -> Iterator[Path]:
    """The reports to read."""
    for one in map(Path, arguments or [str(SHARED / "corpus")]):
        yield from sorted(one.glob("*.txt")) if one.is_dir() else [one]


def main(arguments: list[str]) -> None:
    """Print a line for every report and the total."""
    scores = [score(path) for path in files(arguments)]
    assert scores, "no reports"
    for one in scores:
        print(one)
    true = sum(len(s.true) for s in scores)
    seen = sum(len(s.found) for s in scores)
    right = sum(len(s.true & s.found) for s in scores)
    print(f"{len(scores)} reports: {true} sections, P {right / seen:.4f}, R {right / true:.4f}")
    seeds = SHARED / "reference" / "seeds.txt"
    if not arguments and seeds.is_file():
        passages = seeds.read_text("utf-8").splitlines()
        count = sum(len(units.units(text.read(typed(p, "x"))[0])[1]) for p in passages if p)
        print(f"{len(passages)} seed passages: {count} units (tests/test_seeds.py compares them with the gold)")


if __name__ == "__main__":
    main(sys.argv[1:])
