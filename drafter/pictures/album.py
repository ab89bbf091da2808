"""The pictures of a report: found in the project, judged by their headers, and what is wrong with them told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import PurePosixPath

from drafter.diagnostic import Diagnostic, closest, error, note, warning
from drafter.missing import Missing
from drafter.outline import Image, Outline, blocks
from drafter.pictures.privacy import clean
from drafter.pictures.raster import raster, stranger
from drafter.source import Files, Span, TooLarge, reason

MAX_BYTES = 20 * 1024 * 1024
"""Largest picture file that is put into a document."""
MAX_PIXELS = 100_000_000
"""Largest picture in pixels. Why: a small file may unfold into gigabytes in Word."""
_NOWHERE = Span("", 1, 1)
_ELSEWHERE = re.compile(r"[A-Za-z]:|[/\\]|~|(?i:https?|ftp|file|data):")
"""How a path begins that leads out of the project: a drive, a root, a home, an address."""
_KINDS = "可用 png、jpg、gif、bmp、tiff"
_SAVE = "用“画图”打开，另存为 png 或 jpg，再改这里的文件名"


def load(files: Files, outline: Outline, folder: str = "") -> tuple[Mapping[str, bytes], tuple[Diagnostic, ...]]:
    """(path as typed → content of every picture that can be shown, without metadata; what is wrong with the others).

    A path is looked for from the project's root, then from `folder` (the report's own); it never leaves the project.
    Reads through `files` alone. What cannot be shown is not in the mapping and stays visible as 【待补：图 …】.
    """
    found: dict[str, bytes] = {}
    told: list[Diagnostic] = []
    for image in images(outline):
        name, wrong = _named(files, image, folder)
        data, wrong = (_content(files, image, name)) if name else (None, wrong)
        if data is not None:
            found[image.path] = clean(data, keep_turn=True)
            wrong = None if found[image.path] == data else _private(image)
        told += [*(one for one in (wrong,) if one), *_width_faults(image)]
    return found, tuple(told)


def images(outline: Outline) -> Iterator[Image]:
    """Every image in reading order."""
    return (block for block in blocks(outline) if isinstance(block, Image))


def lacking(outline: Outline, found: Mapping[str, bytes]) -> tuple[Missing, ...]:
    """The pictures that are not there yet, as missing facts: they stop a final version."""
    return tuple(Missing(called(one), span=one.span) for one in images(outline) if one.path not in found)


def called(image: Image) -> str:
    """What a picture that is not there is called: 图 现场, else by its file."""
    return f"图 {image.caption.text.strip() or image.path}"


def _named(files: Files, image: Image, folder: str) -> tuple[str, Diagnostic | None]:
    """(name in the project, what is wrong); an empty name when there is no such file."""
    path = image.path.replace("\\", "/")
    if _ELSEWHERE.match(image.path) or "\0" in path:
        hint = "把图片放进工程文件夹，如 图/现场.png，写从工程文件夹算起的路径"
        return "", error("T115", "图片要在工程文件夹里", _place(image), hint, image.path)
    outside = False
    for name in dict.fromkeys((path, f"{folder}/{path}" if folder else path)):
        try:
            if files.exists(name):
                return _plain(name), None
        except (ValueError, OSError):
            outside = True
    if outside:
        hint = "去掉 ..，把图片放进工程文件夹"
        return "", error("T115", "图片要在工程文件夹里", _place(image), hint, image.path)
    near = _near(files, path, folder)
    hint = (
        f"你是不是想写“{near}”？"
        if near
        else f"放一张图到 {_plain(path)}，或改这里的路径（从工程文件夹或报告的文件夹算起）"
    )
    return "", error("T114", f"没有“{image.path[:60]}”这个图片文件", _place(image), hint, image.path)


def _near(files: Files, path: str, folder: str) -> str:
    """The picture beside the one that is not there whose name, without its kind, is the nearest; empty when none is."""
    known = {PurePosixPath(name).stem: name for name in _neighbours(files, path, folder)}
    stem = PurePosixPath(_plain(path)).stem
    return known.get(stem if stem in known else closest(stem, known) or "", "")


def _neighbours(files: Files, path: str, folder: str) -> Iterator[str]:
    """The pictures that lie where a path looks for one, named as it names them."""
    above = "/".join(_plain(path).split("/")[:-1])
    for start in ("", folder):
        with suppress(ValueError, OSError):
            names = files.names(_plain(f"{start}/{above}"))
            yield from (_plain(f"{above}/{name}") for name in names if name.lower().endswith(_SUFFIXES))


_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")


def _plain(name: str) -> str:
    """The name without ./ and //: one file is read once."""
    return "/".join(part for part in name.split("/") if part not in ("", "."))


def _place(image: Image) -> Span:
    return image.span or _NOWHERE


def _content(files: Files, image: Image, name: str) -> tuple[bytes | None, Diagnostic | None]:
    try:
        data = files.bytes(name, MAX_BYTES)
    except TooLarge:
        hint = "用“画图”改小，或另存为 jpg"
        return None, error("T117", f"图片超过 {MAX_BYTES // 1024 // 1024} MB", _place(image), hint, image.path)
    except (OSError, ValueError) as fault:
        why = reason(fault) if isinstance(fault, OSError) else "路径写得不对"
        return None, error("T114", f"图片读不了：{why}", _place(image), "关掉正在用它的程序，核对权限", image.path)
    wrong = _judged(data, image)
    return (None, wrong) if wrong else (data, None)


def _judged(data: bytes, image: Image) -> Diagnostic | None:
    """What is wrong with the content of a picture file."""
    found = raster(data)
    if found is None:
        kind = stranger(data)
        said = f"是 {kind} 文件，放不进 Word" if kind else "不是图片，或已损坏" if data else "是空文件"
        return error("T116", f"“{image.path[:60]}”{said}", _place(image), f"{_SAVE}；{_KINDS}", image.path)
    if found.width * found.height > MAX_PIXELS:
        size = f"{found.width}×{found.height}"
        return error("T117", f"图片有 {size} 个像素，太大了", _place(image), "用“画图”改小", image.path)
    return None


_WIDTH = re.compile(r"(\d{1,4}(?:[.．]\d{1,2})?)\s*(毫米|厘米|mm|cm|%|％)", re.IGNORECASE)
_TENTHS = {"毫米": 1, "mm": 1, "厘米": 10, "cm": 10}
"""Unit → millimetres."""


def width(image: Image, whole: int) -> int | None:
    """宽 in twips: 12厘米, 80毫米, 60% of `whole`; None when none is said, or nothing sensible."""
    found = _WIDTH.fullmatch(image.width.strip())
    if found is None:
        return None
    number, unit = Decimal(found[1].replace("．", ".")), found[2].lower()
    said = number * whole / 100 if unit in ("%", "％") else number * _TENTHS[unit] * 7200 / 127
    return int(said) or None


def _width_faults(image: Image) -> Iterator[Diagnostic]:
    if image.width and width(image, 8844) is None:
        message = f"宽“{image.width}”看不懂，按图片自己的大小"
        yield warning("T118", message, _place(image), "写成 {宽=12厘米}、{宽=80毫米} 或 {宽=60%}", image.width)


def mentions(found: Iterable[tuple[Span, str]]) -> Iterator[Diagnostic]:
    """T111 for images that do not stand alone on their line, given as (place, text)."""
    for place, text in found:
        if text.startswith("![") and "](" in text and text.endswith(")"):
            yield warning("T111", "图片要单独一行，这里照文字写出", place, "在它前后换行，一行只写 ![说明](路径)", text)
        else:
            hint = "感叹号和括号都写半角的，中间不空：![说明](路径)"
            yield warning("T111", "图片的符号不对，这里照文字写出", place, hint, text)


def _private(image: Image) -> Diagnostic:
    """T120 for a picture that carries a place or a camera's notes, which are left out of what is written."""
    return note("T120", "图片里带有拍摄信息，生成时去掉了", _place(image), "不用处理；原图没有动", image.path)
