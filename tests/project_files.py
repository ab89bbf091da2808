"""Small projects for tests: a folder from a mapping of names to texts, and builds of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from drafter import period as periods
from drafter.build import Result, build
from drafter.draft import Builder, Draft
from drafter.project import Project

ROOT = Path(__file__).parents[1]


def make(folder: Path, files: dict[str, str]) -> Project:
    """A project with these files; templates/ and data/ are always there."""
    for name in ("templates", "data"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return Project(folder)


def drafted(project: Project, target: str, period: str) -> Draft:
    """The draft of one report."""
    wanted = periods.parse(period)
    assert wanted is not None
    [report] = project.select((target,))
    return Builder(project).draft(report, wanted)


def built(project: Project, out: Path, formats: tuple[str, ...] = ("txt",), **options: Any) -> list[Result]:
    """Every report of a project, built for its newest period."""
    jobs = [(r, project.newest(r)) for r in project.reports()]
    return list(build(project, jobs, out, formats, **options))
