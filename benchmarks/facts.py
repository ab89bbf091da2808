"""Reading a facts file of 10,000 figures as a ratio to yaml.load with the C loader on the same text, in one run.

python -m benchmarks.facts [rounds]        exit 1 when loading takes 1.5 times as long in any shape

Rounds are interleaved and the best of each counts, so that a busy machine slows all columns alike. `load` types every
value and tells every finding; `all` also asks for every fact by name, as a report with 10,000 blanks would.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from drafter import facts, period
from drafter.source import Files

FIGURES = 10_000
LIMIT = 1.5
DEPARTMENT = "统计局"
PERIOD = period.month(2022, 9)
UNITS = ("起", "亿元", "%", "万人次", "户", "", "公里", "个")
REGISTERED = 40
INDICATORS = "\n".join(f'指标{n}: {{单位: "{UNITS[n % 5]}", 责任单位: 科室{n % 7}}}' for n in range(REGISTERED))


def plain(n: int) -> str:
    """A number with or without a unit; the first forty are registered in 指标.yaml."""
    return f"指标{n}: {n}.5{UNITS[n % 5 if n < REGISTERED else n % 8]}"


def pair(n: int) -> str:
    return f"指标{n}: {{本期: {n}.5, 上年同期: {n}.1}}"


def parts(n: int) -> str:
    """Four numbers a line, so that a quarter of the lines makes as many figures."""
    return f"指标{n}: {{本期: {n}.5, 上年同期: {n}.1, 其中: {{甲: 0.1, 乙: 0.2}}}}"


def mixed(n: int) -> str:
    """What a department's file looks like: mostly numbers, some pairs, ranks, parts, lists and texts."""
    rows = (
        f"数据{n}: {n}.5{UNITS[n % 8]}",
        f"数据{n}: {{本期: {n % 100}, 上年同期: {n % 90 + 1}}}",
        f"数据{n}: {n % 100},{n % 900 + 100}万元" if n % 100 else f"数据{n}: 近{n}人",
        f"数据{n}: {n % 60}起",
        f"数据{n}: {{本期: {n}.2亿元, 增幅: 3.9%, 位次: {{第: 5, 范围: 七县（市）}}}}",
        f"数据{n}: {n % 100}",
        f"数据{n}:\n  本期: 6\n  上年同期: 12\n  其中: {{教育: 2, 交通: 4}}\n  来源: “双随机”检查",
        f"数据{n}: {{增幅: -{n % 9}.4%, 预计: true}}",
        f"说明{n}: 由第{n}科牵头",
        f"响应{n}: [{{灾种: 低温雨雪冰冻灾害, 级别: Ⅲ, 次数: {n % 3 + 1}次}}]",
    )
    return rows[n % len(rows)]


SHAPES: dict[str, tuple[Callable[[int], str], int]] = {
    "plain": (plain, FIGURES),
    "pairs": (pair, FIGURES),
    "parts": (parts, FIGURES // 4),
    "mixed": (mixed, FIGURES),
}


def seconds(run: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    kept = run()
    end = time.process_time()
    del kept
    return end - start


def load(root: Path) -> facts.Facts:
    found = facts.load(Files(root), DEPARTMENT, PERIOD)
    assert not found.diagnostics, found.diagnostics[:3]
    return found


def load_all(root: Path) -> list[object]:
    found = load(root)
    return [found.get(name) for name in found.own_names()]


def measured(text: str, rounds: int) -> tuple[float, float, float]:
    """The best times of yaml.load, of our load, and of load with every fact asked for."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "data", DEPARTMENT)
        home.mkdir(parents=True)
        (home / f"{PERIOD}.yaml").write_text(text, "utf-8")
        (home / "指标.yaml").write_text(INDICATORS, "utf-8")
        runs: tuple[Callable[[], object], ...] = (
            lambda: yaml.load(text, yaml.CSafeLoader),
            lambda: load(Path(folder)),
            lambda: load_all(Path(folder)),
        )
        rows = [[seconds(run) for run in runs] for _ in range(rounds)]
    parse, ours, asked = (min(column) for column in zip(*rows, strict=True))
    return parse, ours, asked


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    worst = 0.0
    print(f"{'':8}{'yaml':>8}{'load':>8}{'all':>8}  load/yaml  all/yaml")
    for name, (line, count) in SHAPES.items():
        text = "\n".join([f"期间: {PERIOD}", *map(line, range(count))]) + "\n"
        parse, ours, asked = measured(text, rounds)
        worst = max(worst, ours / parse)
        times = "".join(f"{t * 1000:5.0f} ms" for t in (parse, ours, asked))
        print(f"{name:8}{times}{ours / parse:11.2f}{asked / parse:10.2f}")
    return int(worst >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
