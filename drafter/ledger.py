"""台账: what was last written where, so that a report edited by hand is never overwritten unseen."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import time
from pathlib import Path

NAME = ".ledger.json"
TEMPORARY = ".drafter-"
"""Start of the names of files that are being written."""
STALE_SECONDS = 3600
REPLACE_SECONDS = 1.0


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, data: bytes, *, like: Path | None = None) -> None:
    """Write a file whole or not at all (law L10): temporary file beside it, synced, renamed.

    A link is followed, the mode of an old file is kept; `like`: a new file takes its mode from that one, so that a copy
    is read by nobody who may not read the original. Errors: OSError; the old file is then as it was.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(4)}"
    try:
        with temporary.open("xb") as file:
            if like is not None:
                temporary.chmod(like.stat().st_mode & 0o777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        _replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _replace(temporary: Path, path: Path) -> None:
    """Rename, trying again for a second: scanners and Word hold files for a moment on Windows."""
    until = time.monotonic() + REPLACE_SECONDS
    while True:
        try:
            temporary.replace(path)
            return
        except PermissionError:
            if time.monotonic() >= until or path.is_dir():
                raise
            time.sleep(0.1)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def set_aside(path: Path, data: bytes, why: str) -> Path:
    """Keep what a file held beside it under the first free name: 报告（手改1）.docx, with its mode. Errors: OSError."""
    number = 1
    while True:
        beside = path.with_name(f"{path.stem}（{why}{number}）{path.suffix}")
        if not beside.exists():
            write_whole(beside, data, like=path)
            return beside
        if beside.read_bytes() == data:
            return beside
        number += 1


def is_aside(path: Path, why: str) -> bool:
    """Whether a name is one that `set_aside` gives."""
    return re.search(rf"（{re.escape(why)}\d+）$", path.stem) is not None


def sweep(folder: Path) -> None:
    """Remove what an interrupted writing left in a folder; files of a living process are left alone."""
    for path in folder.glob(f"{TEMPORARY}*"):
        process = path.name.removeprefix(TEMPORARY).split("-")[0]
        old = time.time() - path.stat().st_mtime > STALE_SECONDS
        if old or not (process.isdigit() and is_alive(int(process))):
            path.unlink(missing_ok=True)


def is_alive(process: int) -> bool:
    """Whether a process is running; where that cannot be known, it is taken to be."""
    if os.name == "nt" or process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Ledger:
    """Digests of the files that drafter wrote below an output folder, by relative name."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.written = _read(out / NAME)

    def is_ours(self, name: str, data: bytes) -> bool:
        """Whether these bytes are what drafter last wrote under the name."""
        return self.written.get(name) == digest(data)

    def record(self, name: str, data: bytes) -> None:
        """Remember what was written, keeping what another build recorded meanwhile."""
        self.written = {**_read(self.out / NAME), name: digest(data)}
        text = json.dumps({"written": self.written}, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole(self.out / NAME, text.encode())


def _read(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    written = content.get("written") if isinstance(content, dict) else None
    return {str(k): str(v) for k, v in written.items()} if isinstance(written, dict) else {}
