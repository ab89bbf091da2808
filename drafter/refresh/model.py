"""What a refresh did, or would do, to a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drafter.diagnostic import Diagnostic
from drafter.plan import CLASHED, EDITED, GONE, PASTED, SUMS, UNKNOWN

BACKUP = "刷新前"
"""What the name of the backup says."""
CODES = {EDITED: "R202", CLASHED: "R203", GONE: "R204", UNKNOWN: "R205", PASTED: "R212", SUMS: "R214"}
"""Kind of a conflict → its code."""
CHANGED, REWORDED, ADDED, TAKEN, LEFT = "换数", "换话", "新增", "去掉", "不动"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done or left: a figure or its words changed, something came or went, a conflict stays as it is."""

    kind: str
    address: str
    before: str
    after: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One file. `data` is None where nothing is to be written."""

    file: str
    target: str
    period: str
    steps: tuple[Step, ...] = ()
    conflicts: tuple[Diagnostic, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    """(fact, office) of what is still missing."""
    settled: int = 0
    """Conflicts that were told before and whose comments somebody took away: a hand's word stands."""
    data: bytes | None = None
    written: Path | None = None
    backup: Path | None = None

    def count(self, kind: str) -> int:
        """How many steps of a kind."""
        return sum(step.kind == kind for step in self.steps)

    def as_json(self) -> dict[str, object]:
        """The JSON of one file; keys stay."""
        return {
            "file": self.file,
            "target": self.target,
            "period": self.period,
            "written": self.written.as_posix() if self.written else "",
            "backup": self.backup.as_posix() if self.backup else "",
            "steps": [{"kind": s.kind, "address": s.address, "before": s.before, "after": s.after, "fact": s.fact}
                      for s in self.steps],
            "settled": self.settled,
            "missing": [{"fact": fact, "office": office} for fact, office in self.missing],
            "conflicts": [d.as_json() for d in self.conflicts],
            "diagnostics": [d.as_json() for d in self.diagnostics],
        }  # fmt: skip


def rows(done: Refreshed) -> Iterator[tuple[str, str, str, str]]:
    """The table that is shown: what, where, before, after."""
    for step in done.steps:
        before, after = apart(" ".join(step.before.split()), " ".join(step.after.split()))
        yield step.kind, step.address or "—", before or "—", after or "—"


HEAD = ("做了什么", "位置", "原来", "现在")
SHORT = 24


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    bare = " ".join(text.split())
    return bare if len(bare) <= SHORT else f"{bare[:SHORT]}…"


def apart(before: str, after: str) -> tuple[str, str]:
    """Two texts cut so that what differs can be seen."""
    if max(len(before), len(after)) <= SHORT:
        return before, after
    same = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = max(same - SHORT // 3, 0) if before and after else 0
    return tuple(f"{'…' if start else ''}{short(text[start:])}" for text in (before, after))  # type: ignore[return-value]


def summary(done: Refreshed, *, dry: bool = False) -> str:
    """What was done, in one line."""
    counts = [f"{word}{n}处" for word in (CHANGED, REWORDED, ADDED, TAKEN) if (n := done.count(word))]
    said = "，".join(counts) or "没有要换的"
    told = f"{said}；冲突{len(done.conflicts)}处" if done.conflicts else said
    told += f"；保留手改{done.settled}处" if done.settled else ""
    if dry:
        return f"{done.file}：{told}（只看，没有写）"
    if done.written is None:
        return f"{done.file}：{told}，文件没有动"
    kept = f"，原稿留作“{done.backup.name}”" if done.backup else ""
    marks = "，冲突的地方加了批注" if done.conflicts else ""
    return f"{done.written.as_posix()}：{told}{marks}{kept}"
