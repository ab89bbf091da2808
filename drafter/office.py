"""LibreOffice, where it is installed: found, and asked to turn one file into another kind, behind closed doors."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from drafter.diagnostic import DraftError, error
from drafter.source import Span

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
_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "pdf": 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}',
}
"""Kind → how LibreOffice calls it. Why tagged: what a PDF says can then be read aloud; before 7.4 it is ignored."""
ABSENT = "没有找到 LibreOffice"
UNREADABLE = "LibreOffice 打不开这个文件，它可能已损坏或加了密码"
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
        raise NotConverted(ABSENT)
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
        raise NotConverted(UNREADABLE)
    if path.stat().st_size > MAX_RESULT:
        raise NotConverted("转换出来的文件太大")
    return path.read_bytes()


_BY_HAND = "用 Word 或 WPS 打开 .docx，另存为 PDF"
_HINTS = {ABSENT: f"装上 LibreOffice 再生成一次（装在别处的，用环境变量 {_VARIABLE} 写明），或{_BY_HAND}"}
_WORDS = {UNREADABLE: "LibreOffice 没有做出文件"}


def pdf(docx: bytes, place: Span, seconds: int = SECONDS) -> bytes:
    """A .docx as PDF, set by LibreOffice; the same .docx gives the same bytes (on one version of LibreOffice).

    `place` is what a finding points at: the report. Errors: DraftError with P121 when LibreOffice is not there, gives
    up, crashes or takes too long.
    """
    try:
        made = convert(docx, ".docx", "pdf", seconds)
    except NotConverted as fault:
        told = str(fault)
        hint = _HINTS.get(told, f"再生成一次；还不行就{_BY_HAND}")
        raise DraftError(error("P121", f"转不成 PDF：{_WORDS.get(told, told)}", place, hint)) from fault
    return settled(made, _day(docx))


_CREATED = re.compile(rb"<dcterms:created[^>]*>(\d{4})-(\d\d)-(\d\d)")
_DATES = re.compile(rb"(/(?:Creation|Mod)Date\s?\(D:)\d{14}")
_STAMPS = re.compile(rb"(<xmp:(?:Create|Modify|Metadata)Date>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_IDS = re.compile(rb"/ID\s*\[\s*<[0-9A-Fa-f]{32}>\s*<[0-9A-Fa-f]{32}>\s*\]|/DocChecksum\s*/[0-9A-Fa-f]{32}")
_HEX = re.compile(rb"(?<=[</])[0-9A-Fa-f]{32}")


def _day(docx: bytes) -> bytes:
    """The day the .docx says it was made, as 20220930; a fixed one where it says none."""
    try:
        with ZipFile(BytesIO(docx)) as archive:
            found = _CREATED.search(archive.read("docProps/core.xml"))
    except (BadZipFile, KeyError):
        found = None
    return b"".join(found.groups()) if found else b"20000101"


def settled(data: bytes, day: bytes) -> bytes:
    """A PDF whose dates are `day` (20220930) and whose ids are made of its content; no byte is moved.

    Why: LibreOffice writes the clock and ids made from it, and reports would change with every build.
    """
    dated = _DATES.sub(rb"\g<1>" + day + b"000000", data)
    stamp = b"-".join((day[:4], day[4:6], day[6:])) + b"T00:00:00"
    still = _IDS.sub(lambda found: _HEX.sub(b"0" * 32, found[0]), _STAMPS.sub(rb"\g<1>" + stamp, dated))
    key = hashlib.sha256(still).hexdigest()[:32].upper().encode("ascii")
    return _IDS.sub(lambda found: _HEX.sub(key, found[0]), still)
