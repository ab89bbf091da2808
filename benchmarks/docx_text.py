"""How much of the visible text of foreign .docx files is read: python -m benchmarks.docx_text FOLDER [oracle.tsv].

The table has the columns file, kind, visible_chars, visible_sha256_16: the visible text is that of all w:t outside
w:del, w:moveFrom and mc:Fallback, without blanks. What is compared with it is the outline as JSON: title, lead, and
markers, headings and bodies of the units. A loss that a finding names is told as such.
Exit code 1 when less than 99.9% is read in total, or a file loses more than 1% that no finding names.
"""

from __future__ import annotations

import csv
import hashlib
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from lxml import etree

from drafter import text, units
from drafter.diagnostic import DraftError
from drafter.source import Text
from drafter.word.package import opened
from drafter.word.read import read_all

_GONE = {"del", "moveFrom", "Fallback"}


def visible(root: etree._Element) -> str:
    """The text the table was made of."""
    pieces = []
    stack = [root]
    while stack:
        element = stack.pop()
        name = str(element.tag).rpartition("}")[2]
        if name in _GONE:
            continue
        if name == "t":
            pieces.append(element.text or "")
        stack.extend(reversed(element))
    return "".join("".join(pieces).split())


def shown(lines: Text) -> str:
    """All the words of the outline."""
    outline, _ = text.read(lines)
    lead, found = units.units(outline)
    words = [outline.title.text, lead]
    for unit in found:
        words += [unit.marker.written or str(unit.marker), unit.heading, unit.body]
    return "".join(words)


def lost(wanted: str, read: str) -> int:
    """How many characters of the visible text are not there."""
    return sum((Counter(wanted) - Counter(read)).values())


def one(path: Path, row: dict[str, str]) -> tuple[int, int, str, float]:
    """(visible characters, lost ones, what was told, seconds) of a file."""
    data = path.read_bytes()
    start = time.perf_counter()
    try:
        found = read_all(data, path.name)
        read = shown(found.text)
    except DraftError as refused:
        return (
            int(row["visible_chars"] or 0),
            int(row["visible_chars"] or 0),
            refused.diagnostics[0].line(),
            time.perf_counter() - start,
        )
    took = time.perf_counter() - start
    wanted = visible(opened(data, path.name)[1])
    digest = hashlib.sha256(wanted.encode()).hexdigest()[:16]
    told = " ".join(d.code for d in found.diagnostics)
    if digest != row["visible_sha256_16"]:
        told += " (other text than in the table)"
    return len(wanted), lost(wanted, read), told, took


def main(folder: Path, table: Path) -> int:
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    total = missing = bad = 0
    slowest = 0.0
    for row in rows:
        seen, gone, told, took = one(folder / row["file"], row)
        total, missing, slowest = total + seen, missing + gone, max(slowest, took)
        named = any(code in told for code in ("D115", "D118", "D120", "D10"))
        bad += gone * 100 > seen and not named
        if gone or "(other" in told:
            print(f"{row['file']}: {seen - gone}/{seen} {told}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(rows)} files, {total - missing} of {total} characters ({(total - missing) / max(total, 1):.4%})")
    print(f"{bad} files lose more than 1% unnamed; slowest {slowest:.2f} s, {memory} MB")
    return int(bool(bad) or missing * 1000 > total)


if __name__ == "__main__":
    FOLDER = Path(sys.argv[1])
    sys.exit(main(FOLDER, Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER / "oracle.tsv"))
