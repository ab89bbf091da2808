"""Options and profiles shared by all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("drafter", deadline=None, derandomize=True)
settings.load_profile("drafter")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite expected output in the case files")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))
