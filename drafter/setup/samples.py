"""The sample project as files: packed into the wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

from drafter.diagnostic import DraftError, error
from drafter.report import DATA, TEMPLATES
from drafter.source import Span

SETTINGS = "drafter.yaml"
PACKED = "samples"
"""Where pyproject.toml has the wheel put them."""


def folder() -> Path:
    """The folder that holds them. Errors: DraftError (P110) when the installation has none."""
    package = Path(__file__).parents[1]
    for place in (package / PACKED, package.parent):
        if (place / SETTINGS).is_file() and (place / TEMPLATES).is_dir() and (place / DATA).is_dir():
            return place
    message = "安装里没有带示例工程"
    raise DraftError(error("P110", message, Span("drafter", 1, 1), "重新安装 drafter，或用 drafter new 文件夹 --empty"))


def content() -> dict[str, bytes]:
    """Every file of the sample project by its name."""
    root = folder()
    found = [root / SETTINGS, *(p for name in (TEMPLATES, DATA) for p in sorted((root / name).rglob("*")))]
    files = [p for p in found if p.is_file() and not _is_hidden(p.relative_to(root))]
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in files}


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)
