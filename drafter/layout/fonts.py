"""字体: which fonts a layout names, and which of them this computer lacks. Only told, never written into a document."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Set
from functools import cache

from drafter.diagnostic import Diagnostic, note
from drafter.layout.model import Layout
from drafter.source import Span

SECONDS = 5
"""What takes longer to tell its fonts is not waited for."""
VARIABLE = "DRAFTER_FONTS"
"""Environment variable with the names of fonts, for a computer that writes what others print; 不查: tell nothing."""
UNASKED = "不查"
ALIASES = (
    ("宋体", "SimSun"), ("新宋体", "NSimSun"), ("黑体", "SimHei"), ("仿宋", "FangSong"), ("楷体", "KaiTi"),
    ("仿宋_GB2312", "FangSong_GB2312"), ("楷体_GB2312", "KaiTi_GB2312"), ("等线", "DengXian"),
    ("微软雅黑", "Microsoft YaHei"), ("华文中宋", "STZhongsong"), ("华文宋体", "STSong"), ("华文仿宋", "STFangsong"),
    ("华文楷体", "STKaiti"), ("华文细黑", "STXihei"),
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S"), ("方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
    ("方正仿宋简体", "FZFangSong-Z02S"), ("方正仿宋_GBK", "FZFangSong-Z02"), ("方正楷体简体", "FZKai-Z03S"),
    ("方正楷体_GBK", "FZKai-Z03"), ("方正黑体简体", "FZHei-B01S"), ("方正黑体_GBK", "FZHei-B01"),
)  # fmt: skip
"""Fonts that computers know by two names."""
_REGISTRY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
_KIND = re.compile(r"\s*\((?:TrueType|OpenType|All res|VGA res)\)\s*$", re.IGNORECASE)


def folded(name: str) -> str:
    """A name as it is compared: small letters without blanks, hyphens and underlines."""
    return re.sub(r"[\s\-_]", "", name).lower()


_SAME: dict[str, frozenset[str]] = {}
for _pair in ALIASES:
    for _name in _pair:
        _SAME[folded(_name)] = frozenset(map(folded, _pair))


def named(layouts: Iterable[Layout]) -> tuple[str, ...]:
    """The fonts that layouts name, each once."""
    every = ((one.latin, *(f for look in one.looks.values() for f in (look.font, look.latin))) for one in layouts)
    return tuple(dict.fromkeys(font for fonts in every for font in fonts if font))


@cache
def installed() -> frozenset[str] | None:
    """The names (as compared) of this computer's fonts; None when it cannot be told. Asked once. Never raises.

    Windows: its registry. Elsewhere: fc-list, where it is. The variable DRAFTER_FONTS goes before both.
    """
    said = os.environ.get(VARIABLE)
    if said is not None:
        return None if said.strip() in ("", UNASKED) else known(re.split(r"[、,，;；\n]", said))
    return _of_windows() if sys.platform == "win32" else _of_fontconfig()


def known(names: Iterable[str]) -> frozenset[str]:
    """Names of fonts as compared, with their other names."""
    plain = {folded(name) for name in names} - {""}
    return frozenset(plain.union(*(_SAME.get(name, ()) for name in plain)))


def _of_fontconfig() -> frozenset[str] | None:
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 the program of this computer, without words from outside
            [program, ":", "family"], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    families = done.stdout.decode("utf-8", "replace").replace("\\", "")
    return known(re.split(r"[,\n]", families)) or None


def _of_windows() -> frozenset[str] | None:
    """The registry of the computer and of the user. Names look like 仿宋 (TrueType), SimSun & NSimSun (TrueType)."""
    if sys.platform != "win32":
        return None
    import winreg

    found: list[str] = []
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            with winreg.OpenKey(root, _REGISTRY) as key:
                found += [winreg.EnumValue(key, index)[0] for index in range(winreg.QueryInfoKey(key)[1])]
        except OSError:
            continue
    return known(of_registry(found)) or None


def of_registry(names: Iterable[str]) -> list[str]:
    """The names of fonts in the words of Windows' registry."""
    return [one.strip() for name in names for one in _KIND.sub("", name).split("&")]


def lacking(layouts: Iterable[Layout], present: Set[str]) -> tuple[tuple[str, str], ...]:
    """(font, what substitutes it here) of fonts that are not there; "" when none of those that a layout names is."""
    every = tuple(layouts)
    found = []
    for font in named(every):
        if folded(font) not in present:
            others = (one.substitutes.get(font, "") for one in every)
            found.append((font, next((other for other in others if other and folded(other) in present), "")))
    return tuple(found)


def told(layouts: Iterable[Layout], span: Span, present: Set[str] | None = None) -> tuple[Diagnostic, ...]:
    """Y109 at `span`, one for all fonts that are lacking; nothing when all are there or nobody can tell."""
    there = installed() if present is None else present
    found = lacking(layouts, there) if there is not None else ()
    if not found:
        return ()
    others = [f"{font}（Word 用{other}代替）" for font, other in found if other]
    lost = "、".join(font for font, other in found if not other)
    names = "；".join([*others, *([f"{lost}（Word 自己另找字体代替）"] if lost else [])])
    return (note("Y109", f"这台电脑没有字体：{names}", span, "打印、转 PDF 以前装上，否则字宽、分页会变"),)
