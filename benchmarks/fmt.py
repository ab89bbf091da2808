"""drafter fmt: how many times longer 1 MB takes than 250 kB, in each shape, and megabytes a second.

python -m benchmarks.fmt [rounds]        exit 1 when 1 MB takes 6 times as long as 250 kB, all of fmt 10 times

Linear work takes 4 times as long, square work 16 times. fmt goes over a text until nothing changes: a larger one may
need 3 goes instead of 2 and then takes 6 times as long. Three works are timed: widths (marks and blanks), the whole of fmt, and fmt with
the list of places that --check and --diff show. Rounds are interleaved and the best of each counts, so that a busy
machine slows all columns alike.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable

from benchmarks.outline import MB, cut, damaged, glued, repeated
from drafter import changes
from drafter.canonical import formatted
from drafter.width import widths

SHORT = 0.5
"""Seconds; a shape that is done sooner is not judged."""
LINE = "全县发生事故6起,死亡4人(略),同比下降45.5%.见http://a.cn/x."
ENTRY = "(一)夯实基础。全县发生事故6起,死亡4人(略),同比下降45.5%。一是健全制度;二是压实责任。\n"

SHAPES: dict[str, Callable[[int], str]] = {
    "lines": lambda size: repeated(f"{LINE}\n", size),
    "one line": lambda size: repeated(LINE, size),
    "brackets": lambda size: cut("(" * (size // 5) + "汉)" * (size // 5), size),
    "blanks": lambda size: cut("汉" + " " * (size // 2) + "，" + " 　" * (size // 8), size),
    "quotes": lambda size: cut("“a b" * (size // 10) + "”" * (size // 10), size),
    "rates": lambda size: repeated("增1%,", size),
    "tags": lambda size: cut("{{" * (size // 4) + "{%" * (size // 4), size),
    "pictures": lambda size: repeated("![a](", size),
    "files": lambda size: repeated("汉.docx", size),
    "addresses": lambda size: cut("www." * (size // 8) + "http://" * (size // 14), size),
    "marks": lambda size: "汉" + repeated(",", size - 3),
    "lists": lambda size: "汉," + repeated("(a),", size - 4),
    "cells": lambda size: repeated("|a,b", size - 1) + "|",
    "asks": lambda size: "“" + repeated("汉?", size - 3),
}
"""Texts of a size in bytes that a careless search takes the square of."""
REPORTS: dict[str, Callable[[int], str]] = {
    "sections": lambda size: repeated("一、工作情况\n" + ENTRY * 90, size),
    "glued reports": glued,
    "damaged": damaged,
}


def compared(source: str) -> None:
    changes.hunks(source, formatted(source))


def seconds(work: Callable[[str], object], source: str) -> float:
    gc.collect()
    start = time.process_time()
    work(source)
    return time.process_time() - start


ROWS: tuple[tuple[str, Callable[[str], object], dict[str, Callable[[int], str]], float], ...] = (
    ("widths", widths, SHAPES, 6.0),
    ("fmt", formatted, REPORTS, 10.0),
    ("fmt --check", compared, REPORTS, 10.0),
)
"""What is timed, what it is called, on which texts, and the longest ratio."""


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    bad = 0
    print(f"{'':28}{'1 MB / 250 kB':>14}{'MB/s':>8}")
    for title, work, shapes, limit in ROWS:
        for name, shape in shapes.items():
            small, large = shape(MB // 4), shape(MB)
            pairs = [(seconds(work, small), seconds(work, large)) for _ in range(rounds)]
            short, long = (min(column) for column in zip(*pairs, strict=True))
            ratio = long / max(short, 0.001)
            bad += ratio >= limit and long > SHORT
            print(f"{f'{title}, {name}':28}{ratio:14.1f}{len(large.encode()) / MB / max(long, 0.001):8.2f}", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
