"""Word output: sizes of the sample reports, a report of 2,000 paragraphs and 20 tables (D3), linear growth, peak memory.

python -m benchmarks.word
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from drafter.build import build
from drafter.outline import Outline, Paragraph, Section, Table
from drafter.project import Project
from drafter.source import Line
from drafter.style import ROWS, Marker

ROOT = Path(__file__).parents[1]


def report(paragraphs: int, tables: int) -> Outline:
    """A report of so many paragraphs in sections, and tables of 100 rows and 8 columns."""
    cells = tuple(tuple(Line(f"第{r}行{c}") if c else Line(str(r)) for c in range(8)) for r in range(100))
    grids = tuple(Table(Line(f"表{n} 任务分解"), cells) for n in range(1, tables + 1))
    text = "坚持问题导向，{}强化源头治理，全年排查隐患1,752处，整改率98.6%，同比提高3个百分点。"
    sections = tuple(
        Section(Marker(ROWS[0], n % 90 + 1), Line("重点工作"), run_in=False, blocks=tuple(
            Paragraph(Line(text.format(i))) for i in range(20)
        ))
        for n in range(paragraphs // 20)
    )  # fmt: skip
    return Outline(
        Line("工作总结"), Line("县人民政府："), grids, sections, (Line("县应急管理局"), Line("2022年9月30日"))
    )


def one(paragraphs: int, tables: int) -> None:
    """Write one report; print seconds, KB and peak MB of this process."""
    from drafter.word.write import write

    outline = report(paragraphs, tables)
    write(report(20, 1))
    start = time.perf_counter()
    size = len(write(outline))
    spent = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{paragraphs:>6} paragraphs, {tables:>2} tables: {spent:6.3f} s, {size / 1024:7.1f} KB, {peak} MB")


def main() -> None:
    if len(sys.argv) == 3:
        one(int(sys.argv[1]), int(sys.argv[2]))
        return
    for paragraphs, tables in ((60, 1), (500, 5), (2000, 0), (2000, 20), (4000, 40)):
        subprocess.run([sys.executable, "-m", "benchmarks.word", str(paragraphs), str(tables)], check=True)
    with TemporaryDirectory() as folder:
        project = Project(ROOT)
        jobs = [(r, project.newest(r)) for r in project.reports()]
        list(build(project, jobs, Path(folder), ("docx", "html", "txt")))
        for path in sorted(Path(folder).rglob("*.*")):
            if path.suffix in (".docx", ".html"):
                print(f"{path.stat().st_size / 1024:7.1f} KB  {path.name}")


if __name__ == "__main__":
    main()
