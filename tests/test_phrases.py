"""Every wording vector: facts → expression → text, through the real facts reader and the real sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter import facts as fact_files
from drafter import period as periods
from drafter.draft import Values
from drafter.source import Files
from drafter.template import Templates
from tests.case_files import CASES, Case, load

VECTORS = load(CASES / "phrases")


@pytest.mark.parametrize("case", VECTORS, ids=str)
def test_wording(case: Case, tmp_path: Path) -> None:
    period = periods.parse(case.parts.get("period", "2022-09"))
    assert period is not None
    folder = tmp_path / "data" / "测试"
    folder.mkdir(parents=True)
    (folder / "指标.yaml").write_text((CASES / "phrases" / "指标.yaml").read_text("utf-8"), "utf-8")
    (folder / f"{period}.yaml").write_text(f"期间: {period}\n{case.input}\n", "utf-8")
    found = fact_files.load(Files(tmp_path), "测试", period)
    assert found.diagnostics == ()
    values = Values(found, periods.words(period))
    rendered = Templates({}.get).render_text(case.parts["say"], "templates/t.txt", values)
    assert [line.text for line in rendered.text] == [case.parts["want"].strip()]


def test_all_vectors_are_there() -> None:
    assert len(VECTORS) >= 46
