"""A tree of YAML nodes → values by their path of keys, each checked by its kind; findings are told at their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter import yamlfile
from drafter.diagnostic import Diagnostic, did_you_mean, error
from drafter.layout.schema import ELEMENTS, LAYOUT, TWINS, Group, Many, Named
from drafter.layout.units import NONE, Kind, OutOfRange, Unfit
from drafter.source import Span
from drafter.yamlfile.slip import folded

Path = tuple[str, ...]
ORDER: Path = ("次序",)
STYLES: Path = ("样式",)


@dataclass(frozen=True, slots=True)
class Said:
    """A value as the layout takes it, and where an office wrote it (None: in a built-in layout)."""

    value: object
    span: Span | None = None


Values = dict[Path, Said]
"""Values by path: (版心, 宽), (样式, 标题, 字号). A group that may be 无 stands itself here: True or False."""


@dataclass(slots=True)
class Gathered:
    """The values of one file and what is wrong with it."""

    values: Values = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    lost: set[Path] = field(default_factory=set)
    """Keys whose value cannot be used."""


def gathered(tree: yamlfile.Mapping) -> Gathered:
    """The values of one file and what is wrong with it: Y102–Y105, Y107. Never raises."""
    reader = _Reader()
    reader.group(tree, LAYOUT, ())
    _twins(reader)
    return reader


def place(path: Path) -> str:
    """What a finding calls a key: 样式的标题的字号."""
    return "的".join(path)


@dataclass(slots=True)
class _Reader(Gathered):
    """Walks the tree beside the schema."""

    def say(self, code: str, message: str, node: yamlfile.Node, hint: str, path: Path = ()) -> None:
        """A finding at a node, and at the key it makes useless."""
        if path:
            self.lost.add(path)
        quote = node.text[:40] if isinstance(node, yamlfile.Scalar) else ""
        self.findings.append(error(code, message, node.span, hint, quote))

    def group(self, node: yamlfile.Node, group: Group, path: Path) -> None:
        """The keys of a mapping, or a word in its place."""
        if isinstance(node, yamlfile.Mapping):
            if group.absent:
                self.values[path] = Said(value=True, span=node.span)
            for key, value in node.items:
                self.key(key, value, group, path)
        elif not isinstance(node, yamlfile.Scalar):
            self.say("Y103", f"“{place(path)}”不是列表", node, f"下面缩进写 {'、'.join(list(group.keys)[:6])} 等", path)
        elif node.empty:
            self.say("Y103", f"“{place(path)}”下面是空的", node, "删掉这一行，就照依据的版式", path)
        else:
            self.word(node, group, path)

    def word(self, node: yamlfile.Scalar, group: Group, path: Path) -> None:
        """无, or a preset such as A4."""
        word = folded(node.text)
        if group.absent and word == NONE:
            self.values[path] = Said(value=False, span=node.span)
        elif word.upper() in group.presets:
            for (key, kind), text in zip(group.keys.items(), group.presets[word.upper()], strict=True):
                assert callable(kind)
                self.values[(*path, key)] = Said(kind(text), node.span)
        else:
            words = [*([NONE] if group.absent else []), *group.presets]
            listed = f"可以写 {'、'.join(words)}，或" if words else ""
            hint = did_you_mean(word, words) or f"{listed}在下面缩进写 {'、'.join(list(group.keys)[:6])} 等"
            self.say("Y103", f"“{place(path)}”不能写成“{node.text[:20]}”", node, hint, path)

    def key(self, key: yamlfile.Scalar, value: yamlfile.Node, group: Group, path: Path) -> None:
        """One key of a mapping."""
        name = folded(key.text)
        kind = group.keys.get(name)
        if kind is None:
            what = "样式" if path == STYLES else "键"
            known = "冒号要用半角，后面空一格，如 天头: 37毫米" if "：" in key.text else _elsewhere(name)
            hint = known or did_you_mean(name, group.keys) or f"可用：{'、'.join(group.keys)}"
            self.say("Y102", f"{f'“{place(path)}”里' if path else ''}不认识的{what}“{key.text}”", key, hint, path)
        elif isinstance(kind, Group):
            self.group(value, kind, (*path, name))
        elif isinstance(kind, Many):
            self.many(value, kind, (*path, name))
        elif isinstance(kind, Named):
            self.named(value, kind, (*path, name))
        else:
            self.one(value, kind, (*path, name))

    def one(self, node: yamlfile.Node, kind: Kind, path: Path) -> None:
        """One value."""
        if (found := self.read(node, kind, path)) is not None:
            self.values[path] = found

    def many(self, node: yamlfile.Node, many: Many, path: Path) -> None:
        """A list of values."""
        alone = many.alone and isinstance(node, yamlfile.Scalar) and not node.empty
        items = (node,) if alone else node.items if isinstance(node, yamlfile.Sequence) else ()
        if not many.low <= len(items) <= many.high:
            wrong = f"写了 {len(items)} 项" if items else "要写成列表"
            self.say("Y103", f"“{place(path)}”{wrong}", node, f"例：{path[-1]}: {many.example}", path)
            return
        found = [self.read(item, many.kind, path) for item in items]
        if all(found):
            self.values[path] = Said(tuple(said.value for said in found if said), node.span)
        if path == ORDER:
            self.findings += _order(found, node)

    def named(self, node: yamlfile.Node, named: Named, path: Path) -> None:
        """Values under free names."""
        if not isinstance(node, yamlfile.Mapping):
            self.say("Y103", f"“{place(path)}”下面要写“名称: 值”", node, f"例：{named.example}", path)
            return
        for key, value in node.items:
            name, said = self.read(key, named.name, path), self.read(value, named.kind, (*path, key.text[:20]))
            if name and said:
                self.values[(*path, str(name.value))] = said

    def read(self, node: yamlfile.Node, kind: Kind, path: Path) -> Said | None:
        """A value by its kind; None when it is told to be wrong."""
        if not isinstance(node, yamlfile.Scalar):
            self.say("Y103", f"“{place(path)}”要写一个值", node, "去掉括号和下面的缩进", path)
            return None
        if node.empty:
            hint = "颜色不带 #" if path[-1] == "颜色" else "写上，或删掉这一行：没有写的照依据的版式"
            self.say("Y103", f"“{place(path)}”是空的", node, hint, path)
            return None
        try:
            return Said(kind(node.text), node.span)
        except OutOfRange as odd:
            self.say("Y104", f"“{place(path)}”：{odd.message}", node, odd.hint, path)
        except Unfit as odd:
            self.say("Y103", f"“{place(path)}”：{odd.message}", node, odd.hint, path)
        return None


def _elsewhere(name: str) -> str:
    """Where a key stands that was written in another place."""
    groups = [key for key, kind in LAYOUT.keys.items() if isinstance(kind, Group) and name in kind.keys]
    return f"“{name}”写在“{groups[0]}”下面" if groups else f"“{name}”写在最外层" if name in LAYOUT.keys else ""


def _order(found: list[Said | None], node: yamlfile.Node) -> Iterator[Diagnostic]:
    """Y105: elements of 次序 that are not known or stand twice, or no 正文."""
    seen: set[str] = set()
    for said in filter(None, found):
        name, span = str(said.value), said.span or node.span
        if name not in ELEMENTS:
            hint = did_you_mean(name, ELEMENTS) or f"可用：{'、'.join(ELEMENTS)}"
            yield error("Y105", f"次序里不认识的要素“{name[:20]}”", span, hint, name[:40])
        elif name in seen:
            yield error("Y105", f"次序里“{name}”写了两次", span, "留下一个", name)
        seen.add(name)
    if "正文" not in seen:
        yield error("Y105", "次序里没有“正文”", node.span, "把“正文”写进次序")


def _twins(reader: _Reader) -> None:
    """Y107: one thing said in two ways in one file."""
    for one, other in TWINS:
        first, second = reader.values.get(one), reader.values.get(other)
        if first and second and second.span:
            message = f"“{place(one)}”和“{place(other)}”说的是一件事，只能写一样"
            reader.findings.append(error("Y107", message, second.span, f"删去“{place(one)}”或“{place(other)}”"))


def laid_over(base: Values, own: Values) -> Values:
    """The values of a layout that is based on another: what it says goes before, in either of two ways to say it."""
    gone = {other for pair in TWINS for this, other in (pair, pair[::-1]) if this in own}
    shut = [path for path, said in own.items() if said.value is False and LAYOUT_GROUPS.get(path)]
    kept = {p: s for p, s in base.items() if p not in gone and not any(p[: len(top)] == top for top in shut)}
    return kept | own


def _groups(group: Group, path: Path = ()) -> Iterator[tuple[Path, bool]]:
    yield path, group.absent
    for key, kind in group.keys.items():
        if isinstance(kind, Group):
            yield from _groups(kind, (*path, key))


LAYOUT_GROUPS = dict(_groups(LAYOUT))
"""Path of a group → whether 无 may stand in its place."""
