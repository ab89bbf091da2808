"""Options and profiles shared by all tests."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import settings

from drafter.word import write
from tests.docx_check import problems

os.environ.setdefault("DRAFTER_FONTS", "不查")  # what this computer has is no part of what a test expects
KEPT = os.environ.get("DRAFTER_KEEP_DOCX", "")
"""Folder that keeps every distinct .docx the tests write, for a stricter judge: ../shared/tools/validate_docx.py."""

settings.register_profile("drafter", deadline=None, derandomize=True)
settings.load_profile("drafter")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite expected output in the case files")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport():
    """With DRAFTER_NO_SKIP a skip is a failure: only material that is not beside the checkout may be missing."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("DRAFTER_NO_SKIP") and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr)
        if "not beside this checkout" not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped, which is a failure here: {reason}"


@pytest.fixture(autouse=True)
def every_document_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever .docx a test makes passes the structural check."""
    written = write.write

    def checked(*args, **named):
        data = written(*args, **named)
        assert problems(data) == []
        if KEPT:
            (Path(KEPT) / f"{sha256(data).hexdigest()}.docx").write_bytes(data)
        return data

    monkeypatch.setattr(write, "write", checked)
