"""Figures of other departments in a report, as cases: whole small projects, their text and findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter import text
from drafter.project import Project
from tests.case_files import CASES, Case, load
from tests.project_files import drafted

ALL = load(CASES / "rollup")


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    files = {p: t for p, t in case.parts.items() if p.startswith("data/") or p == "drafter.yaml"}
    files["templates/县政府办/月报/1.txt"] = f"一、情况\n{case.parts['say']}"
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content + "\n", "utf-8")
    draft = drafted(Project(tmp_path), "县政府办/月报", "2022-09")
    found = list(dict.fromkeys(d.code for d in draft.diagnostics if not d.code.startswith("N")))
    assert found == case.lines("says"), [d.line() for d in draft.diagnostics]
    if draft.sound and draft.outline:
        body = text.write(draft.outline, guard=False).splitlines()
        start = body.index("一、情况") + 1
        assert body[start:-2] == case.lines("want")
    elif "want" in case.parts and draft.outline:
        assert case.parts["want"] in text.write(draft.outline, guard=False)
    for one in draft.diagnostics:
        assert (tmp_path / one.span.file).exists(), one.line()
        assert one.hint
