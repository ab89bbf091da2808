"""LibreOffice, where it is installed: found, and asked to turn one file into another kind, behind closed doors."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

SECONDS = 90
"""A conversion that takes longer is given up."""
MAX_RESULT = 100 * 1024 * 1024
"""Bytes of what comes back."""
_VARIABLE = "DRAFTER_SOFFICE"
"""Environment variable that names the program, for places nobody thought of; a wrong name means there is none."""
_NAMES = ("soffice", "libreoffice", "soffice.exe")
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_PATTERNS = (("/opt", "libreoffice*/program/soffice"),)
_FILTERS = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_pdf_Export"}
"""Kind → how LibreOffice calls it."""
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""Settings of the private profile: no macros, no links, and a way to the network that leads nowhere."""


class NotConverted(Exception):
    """LibreOffice is not there, gave up, or made nothing; says which, in the words of a clerk."""


def find() -> str | None:
    """The program: DRAFTER_SOFFICE, then the PATH, then where Windows, macOS and Linux have it; None without one."""
    named = os.environ.get(_VARIABLE)
    if named is not None:
        return named if Path(named).is_file() else None
    on_path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if on_path:
        return on_path
    places = [
        *_PLACES,
        *(str(p) for root, pattern in _PATTERNS for p in sorted(Path(root).glob(pattern), reverse=True)),
    ]
    return next((place for place in places if Path(place).is_file()), None)


def convert(data: bytes, suffix: str, kind: str, seconds: int = SECONDS) -> bytes:
    """The file in another kind (docx, pdf); `suffix` is that of its name (.doc). One attempt, in a folder of its own.

    Errors: NotConverted.
    Why a profile of its own: LibreOffice gives a second call to the one that is open on the screen, macros and all.
    """
    program = find()
    if program is None:
        raise NotConverted("没有找到 LibreOffice")
    with tempfile.TemporaryDirectory(prefix="drafter-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"in{suffix.lower()}"
        source.write_bytes(data)
        _profile(folder / "profile")
        _run(_command(program, folder, source, kind), seconds)
        return _result(folder / "out" / f"in.{kind}")


def _command(program: str, folder: Path, source: Path, kind: str) -> list[str]:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
    return [program, profile, *quiet, "--convert-to", _FILTERS[kind], "--outdir", str(folder / "out"), str(source)]


def _profile(folder: Path) -> None:
    """A fresh profile that holds the settings."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    head = '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    (user / "registrymodifications.xcu").write_text(f"{head}{items}</oor:items>", encoding="utf-8")


def _run(command: list[str], seconds: int) -> None:
    """Errors: NotConverted when it cannot start or does not end in time; then nothing of it goes on running."""
    environment = os.environ | {"SAL_USE_VCLPLUGIN": "svp"}
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603 - the program that find() found, no shell
            command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=os.name == "posix"
        )
    except OSError as fault:
        raise NotConverted("LibreOffice 打不开") from fault
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as fault:
        raise NotConverted(f"LibreOffice 超过{seconds}秒没有转换完") from fault
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program with all it started."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _result(path: Path) -> bytes:
    """What was made. Errors: NotConverted when there is nothing, or more than anybody writes."""
    if not path.is_file():
        raise NotConverted("LibreOffice 打不开这个文件，它可能已损坏或加了密码")
    if path.stat().st_size > MAX_RESULT:
        raise NotConverted("转换出来的文件太大")
    return path.read_bytes()
