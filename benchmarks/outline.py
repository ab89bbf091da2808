"""Reading of numbered text: seconds for 1 MB in each shape, and how many times longer 1 MB takes than 250 kB.

python -m benchmarks.outline [rounds]        exit 1 when 1 MB of reports takes 2 s or more, 1 MB of anything
                                             12 s, or 6 times as long as 250 kB

Linear reading takes 4 times as long. Rounds are interleaved and the best of each counts, so that a busy machine slows
all columns alike.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable

from drafter import text, units
from drafter.source import typed
from tests.broken_text import mutated
from tests.made_reports import made

MB = 1_000_000
LIMIT, LIMIT_OF_ODD, RATIO = 2.0, 12.0, 6.0
REPORTS = {"glued reports", "with line ends", "damaged"}


def filled(piece: Callable[[int], str], size: int) -> str:
    """Pieces 0, 1, … until there are `size` bytes of UTF-8."""
    pieces: list[str] = []
    room = size
    while room > 0:
        pieces.append(piece(len(pieces)))
        room -= len(pieces[-1].encode())
    return cut("".join(pieces), size)


def cut(whole: str, size: int) -> str:
    return whole.encode()[:size].decode(errors="ignore")


def repeated(piece: str, size: int) -> str:
    return cut(piece * (size // len(piece.encode()) + 1), size)


def glued(size: int) -> str:
    return filled(lambda n: made(n).joined("")[0], size)


def broken_lines(size: int) -> str:
    return filled(lambda n: made(n).joined("\n")[0] + "\n", size)


def one_report(size: int) -> str:
    """One report whose level 3 starts again and again, without a line end."""
    return filled(lambda n: f"{n % 199 + 1}.落实任务{n}。完成投资{n}.5亿元，增长4.2%。", size)


MARKS = (
    "一、",
    "（一）",
    "(二)",
    "1.",
    "2．",
    "3、",
    "（1）",
    "①",
    "一是",
    "二是",
    "三要",
    "首先，",
    "第一，",
    "其一，",
    "亮点一：",
)


def marks_only(size: int) -> str:
    r = random.Random(1)
    return filled(lambda n: r.choice(MARKS), size)


def damaged(size: int) -> str:
    return filled(lambda n: mutated(n, made(n).joined("")[0]), size)


SHAPES: dict[str, Callable[[int], str]] = {
    "glued reports": glued,
    "with line ends": broken_lines,
    "one glued list": one_report,
    "damaged": damaged,
    "only markers": marks_only,
    "only 一、": lambda size: repeated("一、", size),
    "only （一）": lambda size: repeated("（一）", size),
    "only 1.": lambda size: repeated("1.", size),
    "only 一是": lambda size: repeated("一是", size),
    "only digits": lambda size: repeated("1234567890", size),
    "only 一": lambda size: repeated("一", size),
    "only “": lambda size: repeated("“", size),
    "quotations": lambda size: repeated("“一是甲；二是乙”，", size),
    "only （": lambda size: repeated("（", size),
    "only （一": lambda size: repeated("（一", size),
    "no mark at all": lambda size: repeated("清源县水利建设", size),
    "blanks": lambda size: repeated("　 ", size),
    "line ends": lambda size: repeated("\n", size),
    "lines of 一是": lambda size: repeated("一是甲。\n", size),
    "lines of pipes": lambda size: repeated("| 甲 | 1 |\n", size),
}


def seconds(source: str) -> float:
    lines = typed(source, "t.txt")
    gc.collect()
    start = time.process_time()
    kept = units.as_json(text.read(lines)[0], source)
    end = time.process_time()
    del kept
    return end - start


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    bad = 0
    print(f"{'':18}{'250 kB':>9}{'1 MB':>9}  ratio")
    for name, shape in SHAPES.items():
        small, large = shape(MB // 4), shape(MB)
        rows = [(seconds(small), seconds(large)) for _ in range(rounds)]
        short, long = (min(column) for column in zip(*rows, strict=True))
        ratio = long / max(short, 0.001)
        bad += long >= (LIMIT if name in REPORTS else LIMIT_OF_ODD) or (ratio >= RATIO and long > 0.5)
        print(f"{name:18}{short:8.2f}s{long:8.2f}s{ratio:7.1f}", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
