"""Where a file lies that another file names: beside the one that says it, else from the project on; never outside."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from drafter.source import Files


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking for a file came to."""

    name: str | None
    """Its project-relative name; None when it is not there."""
    tried: tuple[str, ...] = ()
    """The names that were tried; the last one is `name`, if it was found."""
    outside: bool = False
    """Whether the path leads out of the project."""

    @property
    def folder(self) -> str:
        """The folder it lies in."""
        return posixpath.dirname(self.name or "")

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that were looked into."""
        return tuple(dict.fromkeys(posixpath.dirname(name) for name in self.tried))


def looked(files: Files, said: str, folder: str = "") -> Looked:
    """The file that a path means in a file of `folder`. Never raises."""
    path = said.strip().replace("\\", "/")
    if path.startswith(("/", "~")) or ":" in path or "\0" in path or not path:
        return Looked(None, outside=bool(path))
    tried: list[str] = []
    for start in dict.fromkeys((folder, "")):
        name = posixpath.normpath(posixpath.join(start, path))
        if name == ".." or name.startswith("../") or not _inside(files, name):
            continue
        if name not in tried:
            tried.append(name)
            if _is_file(files, name):
                return Looked(name, tuple(tried))
    return Looked(None, tuple(tried), outside=not tried)


def _inside(files: Files, name: str) -> bool:
    try:
        files.path(name)
    except (OSError, ValueError):
        return False
    return True


def _is_file(files: Files, name: str) -> bool:
    try:
        return files.exists(name)
    except (OSError, ValueError):
        return False
