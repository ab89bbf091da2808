"""A refresh in memory: a file and a project give the file as it is then, and the plan that was carried out."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

from drafter.merge import merge
from drafter.plan import Plan
from drafter.project import Project
from drafter.refresh import Refreshed, refresh, run


def refreshed(data: bytes, project: Project, place: Path) -> tuple[bytes, Plan, Refreshed]:
    """The file with the facts of a project; the file itself where nothing is to be written. `place`: a folder to work in."""
    path = place / "报告.docx"
    path.write_bytes(data)
    plans: list[Plan] = []

    def kept(*given, **named) -> Plan:
        plans.append(merge(*given, **named))
        return plans[-1]

    with mock.patch.object(run, "merge", kept):
        done = refresh(path, path.name, project, dry=True)
    assert path.read_bytes() == data
    return done.data or data, plans[0], done
