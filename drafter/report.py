"""One report as its 报告.yaml says it: sections, title, cycle, layout, and the elements of a 公文."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drafter import yamlfile
from drafter.diagnostic import Diagnostic, did_you_mean, error
from drafter.document import SEALS
from drafter.layout.model import AUTOMATIC, LITERAL
from drafter.source import Files, Span

TEMPLATES, DATA = "templates", "data"
SHARED = "公共"
"""Department folder whose templates and facts all departments share."""
CYCLES = ("月", "季", "半年", "年", "累计")
MANNERS = ("规范", "接续", "原样")
"""体例: numbered by position (the default); numbered on from where the text begins, as fmt does; left as it is."""
ALIASES = {
    "发文机关标志": "发文机关",
    "主送机关": "主送",
    "附件说明": "附件",
    "抄送机关": "抄送",
    "密级和保密期限": "密级",
}
"""What the standard calls an element → its key in 报告.yaml."""
NUMBERINGS = (LITERAL, AUTOMATIC)
LEVELS_OF_CONTENTS = ("否", "是", "1", "2", "3", "4", "5", "无", "1层", "2层", "3层", "4层", "5层")
"""目录: none, two levels, or so many."""
SINGLE = ("副标题", "份号", "密级", "紧急程度", "发文字号", "签发职务", "附注", "印发机关", "印发日期")
SEVERAL = ("发文机关", "签发人", "抄送", "出席", "请假", "列席")
"""Elements of a 公文: those said in one text, and those that may be a list."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A text of 报告.yaml and where it stands (None: the default)."""

    text: str
    span: Span | None = None


NONE = Setting("")


@dataclass(frozen=True, slots=True)
class Bound:
    """附件: its name, and the sections of its text (none: it is not bound in)."""

    name: Setting
    sections: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a department, as 报告.yaml and its folder say it; every key has a default."""

    department: str
    name: str
    sections: tuple[Setting, ...]
    title: Setting = NONE
    cycle: str = ""
    layout: Setting = Setting("总结")
    addressee: Setting = NONE
    signer: Setting = Setting("{{ 单位 }}")
    cosigners: tuple[Setting, ...] = ()
    """署名 of the other organs of a joint document."""
    date: Setting = Setting("期末")
    manner: str = MANNERS[0]
    """体例: one of MANNERS."""
    elements: tuple[tuple[str, tuple[Setting, ...]], ...] = ()
    """(key of SINGLE or SEVERAL, texts) of what is given."""
    attachments: tuple[Bound, ...] = ()
    seal: str = ""
    """印章: one of SEALS; empty: as the layout says."""
    numbering: str = ""
    """编号: one of NUMBERINGS; empty: as the layout says."""
    contents: int | None = None
    """目录: levels; None: as the layout says."""
    base: Setting = NONE
    """底稿: a .docx of one's own."""
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)

    @property
    def target(self) -> str:
        """部门/报告."""
        return f"{self.department}/{self.name}"

    @property
    def file(self) -> str:
        """Its 报告.yaml, whether it is there or not."""
        return f"{TEMPLATES}/{self.target}/报告.yaml"

    @property
    def folder(self) -> str:
        """Its folder in the project."""
        return f"{TEMPLATES}/{self.target}"

    @property
    def texts(self) -> tuple[Setting, ...]:
        """Every text of 报告.yaml that is a template."""
        given = (one for _, settings in self.elements for one in settings)
        return (
            self.title,
            self.addressee,
            self.signer,
            *self.cosigners,
            self.date,
            *given,
            *(a.name for a in self.attachments),
        )

    @property
    def all_sections(self) -> tuple[Setting, ...]:
        """The sections of the text and of every 附件."""
        return (*self.sections, *(section for a in self.attachments for section in a.sections))

    def element(self, key: str) -> tuple[Setting, ...]:
        """The texts of an element; none where it is not given."""
        return dict(self.elements).get(key, ())

    def place(self, files: Files) -> Span:
        """Where a finding about the whole report points: 报告.yaml, else its first section."""
        own = [self.file, *(f"{TEMPLATES}/{s.text}" for s in self.sections)]
        return Span(next((f for f in own if files.exists(f)), f"{TEMPLATES}/{self.target}"), 1, 1)


def mapping(files: Files, name: str, keys: tuple[str, ...]) -> tuple[dict[str, yamlfile.Node], tuple[Diagnostic, ...]]:
    """A YAML file's entries by key, unknown keys told with a suggestion."""
    node, found = yamlfile.load(files, name)
    if node is None:
        return {}, tuple(found)
    return {k.text: v for k, v in node.items}, (*found, *_unknown(node, keys, "这里应是“键: 值”"))


def _unknown(node: yamlfile.Node, keys: tuple[str, ...], message: str) -> Iterator[Diagnostic]:
    if not isinstance(node, yamlfile.Mapping):
        yield error("P104", message, node.span, f"可用的键：{'、'.join(keys)}")
        return
    for key, _ in node.items:
        if key.text not in keys:
            hint = did_you_mean(key.text, keys) or f"可用的键：{'、'.join(keys)}"
            yield error("P104", f"不认识的键“{key.text}”", key.span, hint)


_PLAIN = ("标题", "周期", "章节", "版式", "主送", "署名", "成文日期", "体例", "附件", "印章", "编号", "目录", "底稿")
KEYS = (*_PLAIN, *SINGLE, *SEVERAL, *ALIASES)
"""Keys of 报告.yaml."""
_OF_ATTACHMENT = ("名称", "章节")


def filled(files: Files, plain: Report, nodes: dict[str, yamlfile.Node], told: list[Diagnostic]) -> Report:
    """The report with the entries of its 报告.yaml over the defaults; findings are added to `told`."""
    return _Filler(files, plain, nodes, told).report()


class _Filler:
    """Puts the entries of a 报告.yaml over the defaults."""

    def __init__(self, files: Files, plain: Report, nodes: dict[str, yamlfile.Node], told: list[Diagnostic]) -> None:
        self.files = files
        self.plain = plain
        self.nodes = {ALIASES.get(key, key): node for key, node in nodes.items()}
        self.told = told
        for key, node in nodes.items():
            if ALIASES.get(key, key) != key and ALIASES[key] in nodes:
                told.append(error("P104", f"“{key}”就是“{ALIASES[key]}”，写了两次", node.span, "留下一个"))

    def report(self) -> Report:
        """The report with its settings."""
        plain, attached = self.plain, tuple(self.attachments())
        signer, *cosigners = self.signers()
        bound = {section.text for one in attached for section in one.sections}
        own = tuple(section for section in plain.sections if section.text not in bound)
        made = replace(
            plain,
            sections=self.sections(self.nodes.get("章节"), own),
            title=self.setting("标题", plain.title),
            cycle=self.choice("周期", CYCLES, plain.cycle),
            layout=self.setting("版式", plain.layout),
            addressee=self.setting("主送", plain.addressee),
            signer=signer,
            cosigners=tuple(cosigners),
            date=self.setting("成文日期", plain.date, or_none=True),
            manner=self.choice("体例", MANNERS, plain.manner),
            elements=tuple(self.elements()),
            attachments=attached,
            seal=self.choice("印章", SEALS, ""),
            numbering=self.choice("编号", NUMBERINGS, ""),
            contents=self.contents(),
            base=self.setting("底稿", NONE),
        )
        return replace(made, diagnostics=tuple(sorted(self.told, key=lambda one: (one.span.line, one.span.column))))

    def setting(self, key: str, default: Setting, *, or_none: bool = False) -> Setting:
        """One text; `or_none`: a key with nothing behind it says that there is none."""
        node = self.nodes.get(key)
        if node is None:
            return default
        if isinstance(node, yamlfile.Scalar):
            empty = Setting("", node.span) if or_none else default
            return empty if node.empty else Setting(node.text, node.span)
        self.told.append(error("P104", f"“{key}”要写一段文字", node.span, _one_text(key, node)))
        return default

    def signers(self) -> tuple[Setting, ...]:
        """署名: one, or the organs of a joint document."""
        node = self.nodes.get("署名")
        if not isinstance(node, yamlfile.Sequence):
            return (self.setting("署名", self.plain.signer, or_none=True),)
        return tuple(self.texts("署名", node)) or (Setting("", node.span),)

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        """One word out of a few; anything else is told."""
        said = self.setting(key, Setting(default))
        if said.text and said.text not in known and said.span:
            hint = did_you_mean(said.text, known) or f"可用：{'、'.join(known)}"
            self.told.append(error("P104", f"不认识的{key}“{said.text}”", said.span, hint))
        return said.text if said.text in known else ""

    def contents(self) -> int | None:
        """目录: 是 is two levels; 无 and 2层 as a layout writes them."""
        said = self.choice("目录", LEVELS_OF_CONTENTS, "").removesuffix("层")
        return {"": None, "否": 0, "无": 0, "是": 2}[said] if not said.isdigit() else int(said)

    def elements(self) -> Iterator[tuple[str, tuple[Setting, ...]]]:
        """The elements of a 公文 that are given."""
        for key in (*SINGLE, *SEVERAL):
            node = self.nodes.get(key)
            if key in SEVERAL and isinstance(node, yamlfile.Sequence):
                yield key, tuple(self.texts(key, node))
            elif node is not None and (one := self.setting(key, NONE)).text:
                yield key, (one,)

    def texts(self, key: str, node: yamlfile.Sequence) -> Iterator[Setting]:
        for item in node.items:
            if isinstance(item, yamlfile.Scalar):
                yield Setting(item.text, item.span)
            else:
                self.told.append(error("P104", f"“{key}”的每一项要写一段文字", item.span, f"例：{key}: [甲, 乙]"))

    def attachments(self) -> Iterator[Bound]:
        """附件: a name, a list of names, or of {名称, 章节}."""
        node = self.nodes.get("附件")
        if isinstance(node, yamlfile.Scalar) and node.empty:
            return
        for item in node.items if isinstance(node, yamlfile.Sequence) else [node] if node is not None else []:
            if isinstance(item, yamlfile.Scalar):
                yield Bound(Setting(item.text, item.span))
            else:
                yield from self.bound(item)

    def bound(self, item: yamlfile.Node) -> Iterator[Bound]:
        """One 附件 with its text."""
        self.told.extend(_unknown(item, _OF_ATTACHMENT, "附件要写名称，或写 {名称: …, 章节: …}"))
        nodes = {k.text: v for k, v in item.items} if isinstance(item, yamlfile.Mapping) else {}
        name = nodes.get("名称")
        if isinstance(name, yamlfile.Scalar) and not name.empty:
            yield Bound(Setting(name.text, name.span), self.sections(nodes.get("章节"), ()))
        elif nodes:
            self.told.append(
                error("P104", "附件没有名称", item.span, "例：附件: [{名称: 任务清单, 章节: 附件1-任务清单}]")
            )

    def sections(self, node: yamlfile.Node | None, default: tuple[Setting, ...]) -> tuple[Setting, ...]:
        if node is None:
            return default
        if isinstance(node, yamlfile.Scalar) and node.empty:
            return default
        if not isinstance(node, yamlfile.Sequence):
            if default or not isinstance(node, yamlfile.Scalar):
                self.told.append(error("P104", "“章节”要写成列表", node.span, "例：章节: [1-安全形势, 公共/下步打算]"))
                return default
            return tuple(self.section(node))
        return tuple(s for item in node.items for s in self.section(item))

    def section(self, item: yamlfile.Node) -> Iterator[Setting]:
        if not isinstance(item, yamlfile.Scalar):
            self.told.append(error("P104", "章节名要写一段文字", item.span, "例：1-安全形势"))
            return
        name = item.text.removesuffix(".txt") + ".txt"
        own = f"{self.plain.target}/{name}"
        for candidate in (own, name):
            if _is_there(self.files, candidate):
                yield Setting(candidate, item.span)
                return
        hint = did_you_mean(item.text, known := self.known_sections()) or (
            f"可选：{'、'.join(known)}" if known else f"在 {TEMPLATES}/{self.plain.target}/ 里放 {name}"
        )
        self.told.append(error("P105", f"找不到章节“{item.text}”", item.span, hint))

    def known_sections(self) -> list[str]:
        """Names that 章节 may hold."""
        own = [n.removesuffix(".txt") for n in self.files.names(self.plain.folder) if n.endswith(".txt")]
        return own + [f"{SHARED}/{n.removesuffix('.txt')}" for n in self.files.names(f"{TEMPLATES}/{SHARED}")]


def _one_text(key: str, node: yamlfile.Node) -> str:
    """How a list is written as one text: 主送: 各乡镇人民政府，县直各部门."""
    items = node.items if isinstance(node, yamlfile.Sequence) else ()
    words = [item.text for item in items if isinstance(item, yamlfile.Scalar)]
    return f"写在一行，例：{key}: {'，'.join(words) if words and len(words) == len(items) else '…'}"


def _is_there(files: Files, name: str) -> bool:
    try:
        return files.exists(f"{TEMPLATES}/{name}")
    except ValueError:
        return False
