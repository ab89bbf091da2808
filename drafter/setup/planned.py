"""Files that are about to be written: a project with them as if they were there, and the writing, all or none."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from drafter import ledger
from drafter.project import Project
from drafter.report import SHARED
from drafter.source import MAX_TEXT_BYTES, Files

Content = Mapping[str, bytes]
"""Files by project-relative name."""
_ODD = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_TAKEN = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
MAX_NAME = 60
_BESIDE = re.compile(re.escape(ledger.TEMPORARY) + r"(\d+)-[0-9a-f]{8}")
"""A folder that becomes a project when it is whole, with the process that writes it."""


class Planned(Files):
    """The files below a folder with others laid over them; the folder need not be there."""

    def __init__(self, root: Path, content: Content) -> None:
        super().__init__(root)
        self.content = content

    def bytes(self, name: str, limit: int = MAX_TEXT_BYTES) -> bytes:
        """Content of a file, planned or there."""
        return self.content[name] if name in self.content else super().bytes(name, limit)

    def exists(self, name: str) -> bool:
        """Whether the name is a file, planned or there."""
        return name in self.content or super().exists(name)

    def _names(self, name: str, *, folders: bool) -> list[str]:
        ahead = f"{name.rstrip('/')}/"
        below = [other[len(ahead) :] for other in self.content if other.startswith(ahead)]
        mine = {other.partition("/")[0] for other in below if ("/" in other) == folders}
        return sorted({*super()._names(name, folders=folders), *mine})


def project(root: Path, content: Content) -> Project:
    """The project at a folder as it would be with these files."""
    opened = Project(root)
    opened.files = Planned(root, content)
    return opened


def unfit(name: str) -> str:
    """Why a department or report cannot be called so, as folders are; empty when it can."""
    if not name or name != name.strip() or name.startswith((".", "~$")) or name.endswith("."):
        return "名称不能空着，首尾不能有空格、点"
    if _ODD.search(name) or _TAKEN.fullmatch(name):
        return '名称里不能有 \\ / : * ? " < > |，也不能用 con、nul 这样的词'
    if len(name) > MAX_NAME:
        return f"名称不超过 {MAX_NAME} 个字"
    return f"“{SHARED}”是放共用内容的" if name == SHARED else ""


def write_new(root: Path, content: Content) -> None:
    """Write files that must not be there yet; when one cannot be written, those before it are taken back.

    Errors: FileExistsError naming the one in the way, OSError; nothing of ours is left then.
    """
    for name in content:
        if (root / name).exists():
            raise FileExistsError(name)
    written: list[Path] = []
    missing = [folder for name in content for folder in (root / name).parents if not folder.exists()]
    try:
        for name, data in content.items():
            written.append(root / name)
            ledger.write_whole(root / name, data)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        for folder in sorted(set(missing), key=lambda f: -len(f.parts)):
            _drop_empty(folder)
        raise


def _drop_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def write_folder(target: Path, content: Content) -> None:
    """Make a folder with these files, whole or not at all: written beside its place, then renamed into it.

    The place is free or an empty folder (in_the_way). Errors: OSError; nothing of ours is left then.
    """
    target = target.resolve()
    above = next(folder for folder in target.parents if folder.exists())
    made = [folder for folder in target.parents if not folder.exists()]
    _sweep(above)
    beside = above / f"{ledger.TEMPORARY}{os.getpid()}-{secrets.token_hex(4)}"
    try:
        for name, data in content.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).write_bytes(data)
        target.parent.mkdir(parents=True, exist_ok=True)
        _put(beside, target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        for folder in made:
            _drop_empty(folder)
        raise


def _sweep(folder: Path) -> None:
    """Remove what a process that is gone left beside the place of a project."""
    for path in folder.glob(f"{ledger.TEMPORARY}*"):
        found = _BESIDE.fullmatch(path.name)
        if found and path.is_dir() and not ledger.is_alive(int(found[1])):
            shutil.rmtree(path, ignore_errors=True)


def _put(beside: Path, target: Path) -> None:
    """Rename the folder into its place; into an empty one, entry by entry: it may be where the clerk stands."""
    if not target.exists():
        beside.replace(target)
        return
    moved: list[Path] = []
    try:
        for entry in sorted(beside.iterdir()):
            moved.append(entry.replace(target / entry.name))
        beside.rmdir()
    except BaseException:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        raise


def in_the_way(target: Path) -> str:
    """What keeps a folder from being made: a file, a folder with something in it; empty when nothing does."""
    if target.is_symlink() and not target.exists():
        return "是一个断了的链接"
    if target.is_file():
        return "是一个文件"
    if not target.is_dir():
        return ""
    names = sorted(entry.name for entry in target.iterdir())
    listed = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
    return f"里面已有 {len(names)} 样东西：{listed}" if names else ""
