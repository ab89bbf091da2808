"""Cold start of `drafter --help` as a ratio to an empty Python, in one run, pair by pair.

python -m benchmarks.startup [pairs]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time


def seconds(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    seconds("-m", "drafter", "--help")
    rows = [(seconds("-m", "drafter", "--help"), seconds("-c", "pass")) for _ in range(pairs)]
    helped, empty = (statistics.median(column) for column in zip(*rows, strict=True))
    ratio = statistics.median(a / b for a, b in rows)
    print(f"drafter --help {helped * 1000:.0f} ms, python -c pass {empty * 1000:.0f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
