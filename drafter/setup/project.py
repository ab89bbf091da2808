"""A new project: the sample departments, some of them with what they need of the others, or an empty one with an example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from drafter.diagnostic import DraftError, did_you_mean, error
from drafter.forms.desk import Desk
from drafter.report import DATA, SHARED, TEMPLATES
from drafter.setup import entries, planned, samples
from drafter.source import Span
from drafter.survey.shape import shape
from drafter.survey.unused import Usage, usage

NOWHERE = Path(__file__).parent / "-"
"""A folder that is not there: a project of planned files alone."""
READ_ME = "说明.txt"
EXAMPLE = "示例单位"


def of_samples(wanted: tuple[str, ...]) -> dict[str, bytes]:
    """The files of a project with the sample departments, all or those that are wanted. Errors: DraftError (P102)."""
    every = samples.content()
    known = planned.project(NOWHERE, every).departments()
    for name in wanted:
        if name not in known:
            hint = did_you_mean(name, known) or f"可选：{'、'.join(known)}"
            raise DraftError(error("P102", f"示例里没有“{name}”这个部门", Span("--部门", 1, 1), hint))
    content = _some(every, frozenset(wanted)) if wanted else every
    target = planned.project(NOWHERE, content).reports()[0].target
    return {**content, READ_ME: explained(target)}


def _some(every: Mapping[str, bytes], wanted: frozenset[str]) -> dict[str, bytes]:
    """The wanted departments whole; of 公共 and of the others what their reports ask for."""
    own = {name: data for name, data in every.items() if _folder(name) in wanted or name == samples.SETTINGS}
    shared = _shared_templates(every, own)
    facts = {name: data for name, data in every.items() if name.startswith(f"{DATA}/")}
    used = usage(Desk(planned.project(NOWHERE, {**facts, **own, **shared})))
    others = {name: _needed(name, data, used) for name, data in facts.items() if name not in own}
    content = {**own, **shared, **{name: data for name, data in others.items() if data}}
    content[samples.SETTINGS] = _settings(every[samples.SETTINGS].decode(), {_folder(name) for name in content})
    return content


def _folder(name: str) -> str:
    """The department that a file belongs to."""
    return name.split("/")[1] if name.count("/") > 1 else ""


def _shared_templates(every: Mapping[str, bytes], own: Mapping[str, bytes]) -> dict[str, bytes]:
    """The templates of 公共 that the departments' reports consist of, and what those include."""
    opened = planned.project(NOWHERE, {**own, **{n: d for n, d in every.items() if _folder(n) == SHARED}})
    loader = Desk(opened).builder.templates
    sections = [section.text for report in opened.reports() for section in report.all_sections]
    read = shape(sections, loader.source, TEMPLATES).sources
    return {name: every[name] for name in sorted(read) if _folder(name) == SHARED}


def _needed(name: str, data: bytes, used: Usage) -> bytes:
    """The entries of a facts or indicators file that are used; nothing when none is."""
    text = data.decode()
    department = _folder(name)
    wanted = [entry for entry in entries.names(text, name) if entry != "期间" and used.has(department, entry)]
    return entries.kept(text, name, lambda entry: entry == "期间" or entry in wanted).encode() if wanted else b""


def _settings(text: str, departments: Iterable[str]) -> bytes:
    """drafter.yaml without the departments that are not there; 部门表 stays when all of its rows are."""
    there = set(departments)
    opened = planned.project(NOWHERE, {samples.SETTINGS: text.encode()})
    keys = [key for key in entries.names(text, samples.SETTINGS) if key != "部门表" or set(opened.table()) <= there]
    lines = entries.kept(text, samples.SETTINGS, lambda key: key in keys).split("\n")
    gone = [name for name in _named(text) if name not in there]
    return "\n".join(line for line in lines if not line.startswith(tuple(f"  {name}:" for name in gone))).encode()


def _named(text: str) -> list[str]:
    """The departments that 单位 names."""
    node = planned.project(NOWHERE, {samples.SETTINGS: text.encode()}).settings[0].get("单位")
    return [key.text for key, _ in getattr(node, "items", ())]


def empty() -> dict[str, bytes]:
    """The files of a project with folders, settings and one section to begin with."""
    report = f"{TEMPLATES}/{EXAMPLE}/月度工作总结"
    texts = {
        samples.SETTINGS: _SETTINGS,
        f"{report}/报告.yaml": _REPORT,
        f"{report}/1-工作情况.txt": _SECTION,
        f"{DATA}/{EXAMPLE}/指标.yaml": _INDICATORS,
        f"{DATA}/{EXAMPLE}/2022-09.yaml": _FACTS,
        f"{DATA}/{EXAMPLE}/2021-09.yaml": _BEFORE,
    }
    return {**{name: text.encode() for name, text in texts.items()}, READ_ME: explained(f"{EXAMPLE}/月度工作总结")}


def explained(target: str) -> bytes:
    """说明.txt, as Notepad on an old Windows reads it: UTF-8 with a mark, CRLF."""
    return (
        b"\xef\xbb\xbf"
        + _EXPLAINED.format(target=target, department=target.partition("/")[0]).replace("\n", "\r\n").encode()
    )


_EXPLAINED = """\
drafter 工程说明

这个文件夹里：
  drafter.yaml   各单位的全称等设置
  templates      模板：templates\\部门\\报告\\1-….txt，照公文格式写，数的位置写 {{{{ 名称 }}}}
  data           事实：data\\部门\\2022-09.yaml 是一期的数，data\\部门\\指标.yaml 写单位和责任单位
  out            生成的 Word 文件（生成以后才有）
  templates\\公共、data\\公共 是各部门共用的

在这个文件夹里打开命令窗口，先试三个命令：
  drafter build    生成全部报告，Word 文件在 out 里
  drafter template check    查模板用了哪些名称、写得对不对
  drafter facts form {department}    出下一期的填报表

Word 稿子在 out 里改过以后：
  drafter trace 稿子.docx      每个数从哪里来、谁改过、过没过期
  drafter refresh 稿子.docx    数变了，把新数放进改过的稿子，改过的话不动

给新部门建模板：drafter template new 新部门 --from {target}
把旧稿变成模板：drafter import 旧稿.docx --as 部门/报告 --period 2022-09
看一个代码是什么意思：drafter explain T102

示例里的县名、单位和数据都是编的。文件都用纯文本编辑器改，编码用 UTF-8。
"""
_SETTINGS = f"""\
# 各单位的全称：标题、落款里的 {{{{ 单位 }}}} 用它；不写就用文件夹的名称
单位:
  {EXAMPLE}: 某某县{EXAMPLE}
# 汇总、排名用的乡镇（data/ 下的文件夹名），用到时去掉井号
# 部门表: [甲镇, 乙镇]
"""
_REPORT = """\
# 都可以不写；不写章节就是这个文件夹里的 .txt 按名称排
标题: "{{ 单位 }}{{ 期间 }}工作总结"
周期: 月                        # 月、季、半年、年、累计
章节: [1-工作情况]
署名: "{{ 单位 }}"
"""
_SECTION = """\
{# 照公文格式写；序数不用数，生成时按位置重排。这一行是说明，不会印出来 #}
一、主要工作情况
（一）服务群众方面：截至{{ 期末 }}，办理群众来件{{ 群众来件 }}，{{ 群众来件|同比 }}。
（二）改进工作方面：主要做法：{% for 项 in 工作举措 %}一是{{ 项.做法 }}；{% endfor %}
"""
_INDICATORS = """\
# 一个数一行：单位、性质（总量、比率、个数、存量）、极性（越高越好、越低越好、无）、责任单位
群众来件: {单位: 件, 性质: 个数, 责任单位: 办公室}
"""
_FACTS = """\
期间: 2022-09
群众来件: 36
工作举措:
  - {做法: 来件当日登记、三日内回复}
  - {做法: 每周碰头，逐件过问办理进度}
"""
_BEFORE = """\
期间: 2021-09
# 去年的数写在去年的文件里，同比由程序算
群众来件: 40
"""
