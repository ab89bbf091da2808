"""A layout from its file, and from what that is based on; the same content is the same object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PurePosixPath

from drafter import yamlfile
from drafter.diagnostic import Diagnostic, did_you_mean, error, has_errors
from drafter.layout import base, fit, make, values
from drafter.layout.find import Looked, looked
from drafter.layout.model import Layout
from drafter.layout.values import Values
from drafter.source import Files, Span

NAMES = ("总结", "公文", "函", "纪要", "命令")
"""The built-in layouts."""
BASIS = NAMES[0]
"""What a file is based on that does not say."""
MAX_CHAIN = 8
"""Most files of an office's own that are based on one another."""
SUFFIXES = (".yaml", ".yml")
_FOLDER = Path(__file__).with_name("files")
Loaded = tuple[Layout | None, tuple[Diagnostic, ...]]


@cache
def named(name: str) -> Layout:
    """A built-in layout; the same name gives the same object. Errors: KeyError for a name that is none of NAMES."""
    if name not in NAMES:
        raise KeyError(name)
    return make.layout(name, _built_in(name))


def source(name: str) -> str:
    """The file of a built-in layout."""
    return (_FOLDER / f"{name}.yaml").read_text("utf-8")


def copy(name: str) -> str:
    """The file of a built-in layout for an office to change, based on it: a line that is taken out says as before."""
    text, own = source(name), f"依据: {name}"
    based = re.compile(r"^依据: .*$", re.M)
    return based.sub(own, text, count=1) if based.search(text) else text.replace("\n\n", f"\n\n{own}\n\n", 1)


@cache
def _built_in(name: str) -> Values:
    """The values of a built-in layout, without places: nobody can mend them there."""
    tree, told = yamlfile.read(source(name), f"{name}.yaml")
    assert isinstance(tree, yamlfile.Mapping)
    said = values.gathered(tree)
    assert not (*told, *said.findings), [d.line() for d in (*told, *said.findings)]
    plain = {path: replace(one, span=None) for path, one in said.values.items()}
    basis = plain.pop(_BASED, None)
    return values.laid_over(_built_in(str(basis.value)), plain) if basis else plain


_BASED, _BASE = ("依据",), ("底稿",)


def load(files: Files, said: str, span: Span | None = None, folder: str = "") -> Loaded:
    """The layout that 版式 names: a built-in one, or a YAML file beside the one that says it, else in the project.

    None with errors (Y101–Y108, or F101–F109 of the YAML) when it cannot be used; the same files give the same object.
    `span`: where it is said; `folder`: project-relative folder of the file that says it. Never raises.
    """
    name = said.strip()
    if name in NAMES:
        return named(name), ()
    here = span or Span("drafter.yaml", 1, 1)
    found = looked(files, name, folder)
    if found.name is None:
        return None, (_not_there(files, name, here, found),)
    return _kept(files, found)


def _not_there(files: Files, said: str, here: Span, found: Looked) -> Diagnostic:
    """Y101 for a layout that is neither built in nor a file."""
    listed = f"内置的有：{'、'.join(NAMES)}；自己的写文件名，如 ./我县.yaml"
    if found.outside:
        return error("Y101", f"版式“{said[:60]}”不在项目里", here, "把文件放进项目文件夹，写从项目算起的路径", said)
    if PurePosixPath(said).suffix.lower() in SUFFIXES:
        names = {f"./{name}" for folder in found.folders for name in _files_of(files, folder)}
        where = "、".join(found.tried)
        return error("Y101", f"没有版式文件“{said}”（找过 {where}）", here, did_you_mean(said, names) or listed, said)
    twin = next((s for s in SUFFIXES if looked(files, said + s, found.folders[0]).name), "") if found.folders else ""
    hint = f"要用文件就写 ./{said}{twin}" if twin else did_you_mean(said, NAMES) or listed
    message = f"没有叫“{said[:60]}”的版式" if said else "版式是空的"
    return error("Y101", message, here, hint, said[:40])


def _files_of(files: Files, folder: str) -> list[str]:
    """The layout files that may have been meant."""
    try:
        return [name for name in files.names(folder) if name.endswith(SUFFIXES)]
    except OSError:
        return []


@dataclass(slots=True)
class _Chain:
    """What was read on the way from a file to the built-in layout it is based on."""

    files: Files
    names: list[str] = field(default_factory=list)
    """Files of the chain, from the one that was asked for."""
    findings: list[Diagnostic] = field(default_factory=list)
    seen: dict[str, bytes | None] = field(default_factory=dict)
    """Content of what was looked for; None for what is not there."""
    lost: set[values.Path] = field(default_factory=set)
    """Keys whose value cannot be used."""

    def values(self, found: Looked) -> Values:
        """The values of a file over those of its basis."""
        assert found.name is not None
        self.names.append(found.name)
        self.note(found)
        tree, told = yamlfile.load(self.files, found.name)
        self.findings += [_with_hash(one) for one in told]
        if tree is None:
            self.lost.add(_BASED)
            return _built_in(BASIS)
        said = values.gathered(tree)
        self.findings += said.findings
        self.lost |= said.lost
        own = said.values
        if _BASE in own:
            self.base(own, found.folder)
        return values.laid_over(self.basis(own, found.folder), own)

    def note(self, found: Looked) -> None:
        """Keep what was found, and what was looked for before it."""
        self.seen |= dict.fromkeys(found.tried[:-1])
        if found.name is not None:
            self.seen[found.name] = content(self.files, found.name)

    def basis(self, own: Values, folder: str) -> Values:
        """The values of 依据; those of BASIS when it is not said or cannot be used (Y101, Y106)."""
        said = own.pop(_BASED, None)
        name = str(said.value) if said else BASIS
        if name in NAMES:
            return _built_in(name)
        assert said is not None
        assert said.span is not None
        found = looked(self.files, name, folder)
        if found.name is None:
            self.findings.append(_not_there(self.files, name, said.span, found))
        elif len(self.names) >= MAX_CHAIN:
            self.findings.append(error("Y106", f"依据套了 {MAX_CHAIN} 层以上", said.span, "直接依据 总结 或 公文"))
        elif found.name in self.names:
            way = " → ".join([*self.names[self.names.index(found.name) :], found.name])
            self.findings.append(
                error("Y106", f"版式绕着圈互相依据：{way}", said.span, "把其中一个的依据改成 总结 或 公文")
            )
        else:
            return self.values(found)
        self.lost.add(_BASED)
        return _built_in(BASIS)

    def base(self, own: Values, folder: str) -> None:
        """底稿: the name becomes its content; gone when it cannot be used."""
        said = own.pop(_BASE)
        assert said.span is not None
        found = looked(self.files, str(said.value), folder)
        data, told = base.checked(self.files, found, str(said.value), said.span)
        self.note(found)
        self.findings += told
        if data is not None:
            own[_BASE] = replace(said, value=data)


_HASH = re.compile(r"颜色: *#[0-9A-Fa-f]{6}")


def _with_hash(finding: Diagnostic) -> Diagnostic:
    """A syntax error whose line has 颜色: #FF0000 inside { }: to YAML a comment begins there."""
    if finding.code == "F101" and _HASH.search(finding.quote):
        return replace(finding, message="“#”后面的都当成了注释", hint="颜色代码不带 #，写成 颜色: FF0000")
    return finding


def content(files: Files, name: str) -> bytes | None:
    """Content of a file, None when it cannot be read."""
    try:
        return files.bytes(name)
    except (OSError, ValueError):
        return None


_KEPT: dict[tuple[Path, str], tuple[Mapping[str, bytes | None], Loaded]] = {}
"""What files gave, and what they held then."""


def _kept(files: Files, found: Looked) -> Loaded:
    """The layout of a file, read again only when something of its chain changed."""
    assert found.name is not None
    key = (files.root, found.name)
    before = _KEPT.get(key)
    if before and all(content(files, name) == data for name, data in before[0].items()):
        return before[1]
    chain = _Chain(files)
    whole = chain.values(found)
    loaded = _made(found.name, whole, chain)
    _KEPT[key] = (chain.seen, loaded)
    return loaded


def _made(name: str, whole: Values, chain: _Chain) -> Loaded:
    """The layout, when nothing is wrong with it."""
    stem = "".join(c for c in PurePosixPath(name).stem if c.isprintable()) or "版式"
    made = make.layout(stem, whole)
    told = [*chain.findings, *fit.faults(made, whole, Span(name, 1, 1), chain.lost)]
    return None if has_errors(told) else made, tuple(sorted(dict.fromkeys(told), key=lambda d: d.span))


_WITH_BASE: dict[tuple[Layout, bytes], Layout] = {}


def with_base(layout: Layout, files: Files, said: str, span: Span, folder: str = "") -> Loaded:
    """A layout with the 底稿 that 报告.yaml names; None with Y108 when it cannot be used. Never raises.

    The same layout and the same content give the same object.
    """
    data, told = base.checked(files, looked(files, said, folder), said, span)
    if data is None:
        return None, told
    return _WITH_BASE.setdefault((layout, data), replace(layout, base=data, base_place=span)), told
