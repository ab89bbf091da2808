"""The vocabulary of templates: figures → official wording. FILTERS is the table; reading it is reading the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Any

from drafter.figure import OPERANDS, Figure
from drafter.missing import Missing
from drafter.phrases import rollup
from drafter.phrases.change import chained, difference, direction, moved, yearly
from drafter.phrases.chart import bar, line, pie
from drafter.phrases.course import course
from drafter.phrases.listing import listed, summary
from drafter.phrases.number import (
    about,
    chinese_number,
    convert,
    count,
    days,
    formal,
    number_only,
    profit,
    thousands,
    with_unit,
)
from drafter.phrases.phrase import Phrase, PhraseError, Said, one_figure, value
from drafter.phrases.proportion import proportion
from drafter.phrases.ranks import is_first, is_last, rank, rank_change
from drafter.phrases.relation import ratio, share, share_change, versus
from drafter.phrases.rest import except_for
from drafter.phrases.since import averaged, moved_to, than
from drafter.phrases.speed import multiple, speed
from drafter.phrases.tabulate import tabulate
from drafter.phrases.target import achievement, completion, progress
from drafter.phrases.whole import parts
from drafter.phrases.words import WORDS

__all__ = [
    "FILTERS",
    "TESTS",
    "WORDS",
    "Filter",
    "Phrase",
    "PhraseError",
    "Said",
    "instead",
    "is_known",
    "rank",
    "value",
]


def running(item: object) -> Figure | Missing:
    """累计: from January on, given or made of the months by the indicator's 累计 rule. F20."""
    if isinstance(item, Missing):
        return item
    return one_figure(item).accumulated()


def instead(name: str) -> str:
    """What was meant by a name that no fact has: a filter without its bar, 是 for true; else empty."""
    if name in (row.name for row in FILTERS):
        return f"“{name}”是过滤器，写在竖线后面：{{{{ 名称|{name} }}}}"
    return {"是": "是写成 true", "否": "否写成 false", "真": "真写成 true", "假": "假写成 false"}.get(name, "")


_OF_NOW = [OPERANDS[key] for key in ("本期", "增幅", "环比增幅", "累计")]
"""Operands that tell of this period."""


def _parts_known(figure: Figure) -> bool:
    return any(is_known(part) for part in figure.parts)


def is_known(item: object) -> bool:
    """The test `is 已填`: the fact is there; an empty list counts as not filled.

    Why not a base or a target: they are known before the period is, and a form prints them beside the empty 本期.
    """
    if isinstance(item, Missing):
        return False
    if isinstance(item, Figure):
        return any(getattr(item, f) is not None for f in _OF_NOW) or item.rank is not None or _parts_known(item)
    return item is not None and not (isinstance(item, (str, tuple, dict)) and not item)


@dataclass(frozen=True, slots=True)
class Filter:
    """One row of the vocabulary: Chinese name, English alias, function, and an example for the manual."""

    name: str
    alias: str
    run: Callable[..., Any]
    example: str

    @property
    def usage(self) -> str:
        """What may stand in its brackets, and the example."""
        options = [name for name in list(signature(self.run).parameters)[1:] if not name.isascii()]
        said = f"可写的选项：{'、'.join(options)}；" if options else ""
        return f"{said}例：{self.example}"


FILTERS = (
    Filter("数", "number", number_only, "{{ 事故起数|数 }} → 6"),
    Filter("同比", "yoy", yearly, "{{ [事故起数, 死亡人数]|同比 }} → 同比分别下降45.5%、50%"),
    Filter("环比", "mom", chained, "{{ 用电量|环比 }} → 环比增长10%"),
    Filter("增减", "change", moved, "{{ 民间投资|增减 }} → 增长44.7%"),
    Filter("增减量", "delta", difference, "{{ 事故起数|增减量 }} → 减少5起"),
    Filter("占比", "share", share, "{{ 规上企业|占比(企业) }} → 占比48.6%"),
    Filter("比重", "ratio", ratio, "占财政总收入比重{{ 税收收入|比重(财政总收入) }} → 48.6%"),
    Filter("完成率", "completion", completion, "{{ 完成投资|完成率 }} → 完成年度目标的35.4%"),
    Filter("进度", "progress", progress, "{{ 完成投资|进度 }} → 慢于序时进度6.3个百分点"),
    Filter("位次", "rank", rank, "{{ 民间投资|位次 }} → 居七县（市）首位"),
    Filter("其中", "parts", parts, "{{ 事故起数|其中 }} → 工贸领域4起、道路交通2起"),
    Filter("换算", "convert", convert, "{{ 税收收入|换算('亿元', 小数=2) }} → 1.75亿元"),
    Filter("累计", "running", running, "{{ 固定资产投资|累计 }} → 7.95亿元"),
    Filter("合计", "sum", rollup.total, "{{ 部门表|合计('财政收入') }} → 4.2亿元"),
    Filter("平均", "mean", rollup.mean, "{{ 部门表|平均('财政收入', 小数=2) }} → 0.35亿元"),
    Filter(
        "排名",
        "ranking",
        rollup.ranking,
        "{% for 项 in 部门表|排名('财政收入') %}第{{ 项.名次 }}：{{ 项.名称 }}；{% endfor %}",
    ),
    Filter("排位", "standing", rollup.standing, "{{ 部门('云岭镇')|排位(部门表, '财政收入', '全县') }} → 居全县第2位"),
    Filter("前", "first", rollup.first, "{{ 部门表|排名('财政收入')|前(3)|名单 }} → 青溪镇、云岭镇、白石镇"),
    Filter("后", "last", rollup.last, "{{ 部门表|排名('财政收入')|后(1)|名单 }} → 石桥镇"),
    Filter("名单", "names", rollup.names, "{{ 部门表|名单 }} → 云岭镇、青溪镇"),
    Filter(
        "表格",
        "table",
        tabulate,
        '{{ 重点项目|表格(列=["名称", "总投资"], 合计=true, 单位="万元", 标题="重点项目", 序号=true) }} → 表：重点项目 ⏎ …',
    ),
    Filter("逐期", "course", course, "{{ 税收收入|逐期(6)|折线图 }} → 图：税收收入（折线图）"),
    Filter(
        "柱状图", "bar", bar, "{{ 部门表|柱状图(列='财政收入', 标题='各镇财政收入') }} → 图：各镇财政收入（柱状图）"
    ),
    Filter("折线图", "line", line, "{{ 税收收入|逐期|折线图(对比=true, 附表=false) }} → 图：税收收入（折线图）"),
    Filter("饼图", "pie", pie, "{{ 财政总收入|饼图(余项='其他') }} → 图：财政总收入（饼图）"),
    Filter("值", "amount", with_unit, "预计达到{{ 财政总收入|值(预计=false) }} → 预计达到12.3亿元"),
    Filter("倍数", "multiple", multiple, "{{ 出口额|倍数 }} → 是上年同期的2.5倍"),
    Filter("增速变化", "speed", speed, "{{ 固定资产投资|增速变化 }} → 降幅较1—4月收窄2.3个百分点"),
    Filter("比", "than", than, "{{ 生产总值|比(期('2020年').生产总值) }} → 比2020年增长58.1%"),
    Filter("年均", "annual", averaged, "{{ 生产总值|年均(期('2020年').生产总值) }} → 年均增长9.6%"),
    Filter(
        "增减到", "moved_to", moved_to, "{{ 生产总值|增减到(期('2020年').生产总值) }} → 由2020年的60亿元增加到94.9亿元"
    ),
    Filter("占比变化", "share_change", share_change, "{{ 规上企业|占比变化(企业) }} → 同比提高3个百分点"),
    Filter("位次变化", "rank_change", rank_change, "{{ 民间投资|位次变化 }} → 较上年同期前移2位"),
    Filter("完成情况", "achievement", achievement, "{{ 完成投资|完成情况 }} → 超额完成年度目标5.2%"),
    Filter("较", "versus", versus, "{{ 满意度|较(全省平均) }} → 高于全省平均1.2个百分点"),
    Filter("盈亏", "profit", profit, "{{ 利润总额|盈亏 }} → 亏损30万元"),
    Filter("约数", "about", about, "{{ 参训人数|约数(100) }} → 2800余人"),
    Filter("除外", "except", except_for, "{{ 任务|除外(推进中) }} → 除1项正在推进外，其余3项全部完成"),
    Filter("比例", "proportion", proportion, "{{ [一产, 二产, 三产]|比例 }} → 21.5∶36.1∶42.4"),
    Filter("列举", "listed", listed, "{{ [自查, 整改]|列举 }} → 自查24个、整改1个"),
    Filter("概述", "summary", summary, "{{ 民间投资|概述 }} → 民间投资增长44.7%，居七县（市）首位"),
    Filter("天数", "days", days, "{{ 开工日期|天数(竣工日期) }} → 45天"),
    Filter("条数", "count", count, "{{ 重点项目|条数 }} → 3"),
    Filter("中文数", "chinese", chinese_number, "{{ 12|中文数 }} → 十二"),
    Filter("大写", "capital", formal, "{{ 罚款|大写 }} → 贰万玖仟元整"),
    Filter("千分位", "grouped", thousands, "{{ 财政总收入|千分位 }} → 1,234,567万元"),
)

TESTS: tuple[tuple[str, str, Callable[[object], bool], str], ...] = (
    ("已填", "known", is_known, "{% if 满意度 is 已填 %}"),
    ("增长", "up", direction("增长"), "{% if 财政总收入 is 增长 %}"),
    ("下降", "down", direction("下降"), "{% if 事故起数 is 下降 %}"),
    ("持平", "flat", direction("持平"), "{% if 事故起数 is 持平 %}"),
    ("首位", "first", is_first, "{% if 民间投资 is 首位 %}"),
    ("末位", "last", is_last, "{% if 民间投资 is 末位 %}"),
)
