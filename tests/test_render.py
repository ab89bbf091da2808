"""From facts and a section to the numbered text: what rendering makes of loops, conditions and values."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter import text
from tests.case_files import CASES, Case, load
from tests.project_files import drafted, make

FOUND = load(CASES / "render")


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_render(case: Case, tmp_path: Path) -> None:
    facts = case.parts.get("facts", "")
    files = {"data/某局/2022-09.yaml": f"期间: 2022-09\n{facts}\n", "templates/某局/月报/1.txt": case.input + "\n"}
    files["templates/某局/月报/报告.yaml"] = "署名: ''\n成文日期: ''\n标题: ''\n"
    draft = drafted(make(tmp_path, files), "某局/月报", "2022-09")
    assert [f"{d.span.line}:{d.span.column} {d.code}" for d in draft.diagnostics] == case.lines("says")
    if "text" in case.parts:
        assert draft.outline is not None
        assert text.write(draft.outline, guard=False).splitlines() == case.lines("text")
