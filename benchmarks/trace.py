"""Traceable figures: what they cost when a report is written, read, traced and refreshed.

python -m benchmarks.trace [PARAGRAPHS]…

A made-up report of 2,000 paragraphs with 5,000 figures, written without and with bookmarks; opened; traced against its
project; refreshed with no new facts, with a tenth of the facts new, and after a clerk has edited it.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from drafter import formats, tracing
from drafter import period as periods
from drafter.draft import Builder, Draft
from drafter.project import Project
from drafter.refresh import refresh
from drafter.word.trace.file import open_file
from drafter.word.write import write
from tests.made_edits import edited

TARGET, PERIOD = "应急管理局/月度工作总结", "2022-09"
PER_SECTION = 40
CLAUSES = (
    "全县排查隐患{{{{ 项{n}.甲 }}}}、完成整改{{{{ 项{n}.乙 }}}}，第{n}片区逐户过筛、逐条销号，责任落实到岗到人。",
    "第{n}片区更换老旧管线{{{{ 项{n}.甲 }}}}，惠及居民{{{{ 项{n}.乙 }}}}，投入资金{{{{ 项{n}.丙 }}}}，群众反映较好。",
)


def project(folder: Path, paragraphs: int, changed: int = 0) -> Project:
    """A project whose report has so many paragraphs with two or three figures each; `changed` of them are new."""
    report = folder / f"templates/{TARGET}"
    data = folder / "data/应急管理局"
    for place in (report, data):
        place.mkdir(parents=True, exist_ok=True)
    names = []
    for first in range(0, paragraphs, PER_SECTION):
        name = f"{first // PER_SECTION + 1}-章节"
        names.append(name)
        lines = [CLAUSES[n % 2].format(n=n) for n in range(first, min(first + PER_SECTION, paragraphs))]
        (report / f"{name}.txt").write_text("一、片区工作\n" + "\n".join(lines) + "\n", "utf-8")
    (report / "报告.yaml").write_text(f'标题: "工作总结"\n章节: [{", ".join(names)}]\n', "utf-8")
    r = Random(paragraphs)
    facts = [f"期间: {PERIOD}"]
    for n in range(paragraphs):
        values = [r.randrange(10, 9000) + (n < changed) for _ in range(3)]
        facts.append(f"项{n}: {{甲: {values[0]}处, 乙: {values[1]}户, 丙: {values[2]}万元}}")
    (data / f"{PERIOD}.yaml").write_text("\n".join(facts) + "\n", "utf-8")
    return Project(folder)


def drafted(one: Project) -> Draft:
    [report] = one.reports()
    period = periods.parse(PERIOD)
    assert period is not None
    draft = Builder(one).draft(report, period)
    assert draft.sound, draft.diagnostics[:3]
    return draft


def untraced(draft: Draft) -> bytes:
    assert draft.document is not None
    return write(draft.document, draft.layout, author=draft.author, date=draft.date)


def timed(run: Callable[[], object], times: int = 3) -> float:
    """Seconds of processor time of the fastest of some runs."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        run()
        spent.append(time.process_time() - start)
    return min(spent)


def measured(paragraphs: int, folder: Path) -> None:
    """Print the table of one size."""
    old = project(folder / "old", paragraphs)
    new = project(folder / "new", paragraphs, paragraphs // 10)
    draft = drafted(old)
    plain, data = untraced(draft), formats.docx(draft)
    path = folder / "报告.docx"
    path.write_bytes(data)
    hand = folder / "手改.docx"
    hand.write_bytes(edited(data, Random(1), 60)[0])
    figures = len(draft_figures(data))
    print(f"{paragraphs} paragraphs, {figures} figures; .docx {len(plain) // 1024} KB, traced {len(data) // 1024} KB")
    base = timed(lambda: untraced(draft), 5)
    rows = (
        ("draft", lambda: drafted(old)),
        ("write, traced", lambda: formats.docx(draft)),
        ("open", lambda: open_file(data, path.name)),
        ("trace", lambda: tracing.read(path, path.name, old)),
        ("refresh, same facts", lambda: refresh(path, path.name, old, dry=True)),
        ("refresh, a tenth new", lambda: refresh(path, path.name, new, dry=True)),
        ("refresh, 60 hand edits", lambda: refresh(hand, hand.name, new, dry=True)),
    )
    print(f"  {'write, untraced':<24}{base:8.2f} s {1:8.1f} × write")
    for name, run in rows:
        spent = timed(run, 1 if name.startswith("refresh") else 3)
        print(f"  {name:<24}{spent:8.2f} s {spent / base:8.1f} × write")


def draft_figures(data: bytes) -> object:
    record = open_file(data, "t.docx").record
    assert record is not None
    return record.figures


def main() -> None:
    sizes = [int(n) for n in sys.argv[1:]] or [500, 1000, 2000]
    for paragraphs in sizes:
        with TemporaryDirectory() as folder:
            measured(paragraphs, Path(folder))
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
