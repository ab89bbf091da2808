"""What clerks write over columns and beside rows: the tables that headers and names are read by."""

from __future__ import annotations

import re
import unicodedata

NAME = "名称"
ORDER = "序号"
UNIT = "单位"
RANKS = ("位次", "范围", "共", "上年位次", "上期位次", "并列")
"""Columns that together make a figure's 位次."""
RANK_KEYS = {"位次": "第", "范围": "范围", "共": "共", "上年位次": "上年同期", "上期位次": "上期", "并列": "并列"}
AMOUNTS = ("本期", "上年同期", "上期", "目标", "累计")
GROWTHS = ("增幅", "环比增幅", "上年增幅", "上期增幅")
TELLING = ("本期", "累计", *GROWTHS)
"""Columns one of which makes a table one of figures."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split(" "))


def _rows(*rows: tuple[str, str]) -> dict[str, str]:
    return {word: key for key, words in rows for word in words.split(" ")}


STRONG_NAMES = (
    *("指标", "指标名称", "主要指标", "主要经济指标", "经济指标", "指标项", "指标项目", "统计指标", "数据项"),
    *("主要指标名称", "经济指标名称", "指标内容", "考核指标", "考核项目", "统计项目", "工作指标", "监测指标"),
)
WEAK_NAMES = ("项目", "项目名称", "名称", "事项", "内容", "类别", "数据名称", "数据")
LIKE_NAME = re.compile(r"[指项名事内类数统经主]")
"""A character that every header of a name column has: most rows of a table need no closer look."""
WHOLE = _rows(
    (NAME, " ".join((*STRONG_NAMES, *WEAK_NAMES))),
    (ORDER, "序号 编号 顺序 行次 NO No No. no # 栏次"),
    (UNIT, "单位 计量单位 数量单位 指标单位"),
    ("目标", "目标 目标数 目标值 年度目标 全年目标 年目标 目标任务 年度计划 全年计划 年计划 计划 计划数 计划值 任务 任务数 "
             "全年任务 年度任务 年度目标任务 年度目标值 预期目标 全年预期目标 预算数 年初预算"),
    ("预计", "预计 是否预计 预计数标记 预估"),
    ("范围", "范围 排名范围 位次范围 排位范围"),
    ("共", "共 参加排名数 排名总数"),
    ("并列", "并列 是否并列"),
    ("口径", "口径 统计口径 数据口径 指标口径"),
    ("来源", "来源 数据来源 资料来源"),
    ("责任单位", "责任单位 责任部门 牵头单位 牵头部门 主管部门 填报单位 提供单位 数据提供单位 主管单位 责任科室 填报科室"),
    ("备注", "备注 说明 备注说明 注"),
    ("上年位次", "上年同期位次 上年位次 去年同期位次 去年位次 上年排名 去年排名 去年同期排名 上年同期排名"),
    ("上期位次", "上期位次 上月位次 上期排名 上月排名"),
)  # fmt: skip
"""Whole headers and the columns they name (compared after `header`)."""
VALUES = _set(
    "数 值 数值 数据 总量 绝对值 绝对量 绝对数 完成 完成数 完成值 完成额 完成量 完成情况 实绩 实绩数 实际 实际数 实际值 "
    "实际完成 实际完成数 金额 数额 数量 累计数 累计完成 累计完成数 执行数 发生数 规模 指标值 统计值 填报值 填报数 上报数 实绩值"
)
"""What may follow the words of a period over a column of amounts."""
VALUES_ALONE = VALUES - {"数", "值", "完成", "金额", "数额", "数量", "规模", "累计数", "累计完成", "累计完成数", "实际"}
"""Of these, what says 本期 by itself."""
GROWTH_WORDS = _set(
    "增幅 增速 增长 增长率 增长幅度 同比 同比增长 同比增幅 同比增速 同比增长率 比上年同期增长 较上年同期增长 比去年同期增长 "
    "较去年同期增长 比上年增长 较上年增长 比去年增长 同比增减幅 增减幅 同比增减率 增减率 同比升降 同比增幅度"
)
WEAK_GROWTHS = _set(
    "增减 同比增减 同比变化 比上年同期 较上年同期 比去年同期 较去年同期 比上年同期增减 较上年同期增减 比去年同期增减 同比增 "
    "比上年 较上年 比去年 较去年 比上年增减 较上年增减 比去年增减 与上年同期相比 与去年同期相比 与上年同期比 与去年同期比 "
    "与上年相比 与去年相比 较上年同期相比 比同期 较同期 同期比 同期增减 比同期增减 增减变化 升降 增长速度 同比增长速度"
)
"""Growths only where the header also says %: they may as well be amounts."""
CHAIN_WORDS = _set(
    "环比 环比增长 环比增幅 环比增速 环比增长率 比上月增长 较上月增长 比上期增长 较上期增长 比上月 较上月"
)
RANK_WORDS = _set("位次 排名 名次 排位 位居")
_SCOPES = (
    ("last", "", "上年同期 去年同期 同期 上年 去年"),
    ("last", "月", "上年同月 去年同月"),
    ("last", "季", "上年同季 去年同季"),
    ("sum", "", "本年累计 今年累计 当年累计 年累计 自年初累计 年初至今 年初至本月 年初至报告期 1至本月累计 1-本月累计 1—本月累计 "
                "1至本月 1-本月 1—本月 本月止累计 本月末累计 今年以来累计 今年以来 累计"),
    ("previous", "", "上期"),
    ("previous", "月", "上月"),
    ("previous", "季", "上季度 上季"),
    ("this", "", "本期 当期 报告期 本年 今年"),
    ("this", "月", "本月 当月"),
    ("this", "季", "本季度 本季 当季"),
)  # fmt: skip
SCOPES = tuple((word, kind, scope) for scope, kind, words in _SCOPES for word in words.split())
"""(word, kind of period that alone it may mean, scope): words of time in front of what is counted.

Why the kind: 本月 in a table of 1—9月 is not that table's 本期, and its figures are not the run's.
"""
_MONTHS = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
PERIOD = re.compile(
    r"(?P<words>截[至止](?:\d{4}年?)?\d{1,2}月[末底]?"
    rf"|(?:\d{{4}}年?|[去上今本]年)?(?:(?:{_MONTHS}月?[-—~至])?{_MONTHS}月|第?[一二三四1-4]季度|前三季度|[上下]半年|全年)"
    r"|\d{4}-\d\d(?:\.\.\d{4}-\d\d)?|\d{4}\.\d{1,2}|20\d\d(?:0[1-9]|1[0-2])|\d{4}[QHqh]\d|\d{4}年同期|\d{4}年)"
    r"(?P<end>份|末|底)?(?P<sum>累计)?"
)
_SCALED_UNIT = re.compile(
    r"(?:十|百|千|万|十万|百万|千万|亿|千亿|万亿)?"
    r"(?:元|美元|港元|起|人|人次|次|个|项|家|件|户|户次|处|条|名|场|期|份|辆|台|套|座|宗|批|所|只|头|株|篇|羽|张|间|例|艘|架|班|床|"
    r"吨|千克|公斤|克|斤|吨标准煤|亩|公顷|公里|千米|米|平方米|平方公里|立方米|方|升|度|千瓦|千瓦时|兆瓦|天|日|小时|分钟|分|岁|年|"
    r"本|册|部|支|组|对|队|村|轮|标箱|人年)"
    r"(?:/[\u4e00-\u9fff]{1,4})?|微克/立方米|毫克/升|%|‰|℃|个?百分点|位|倍"
)
_WRAPPED_UNIT = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_TRAILING_UNIT = re.compile(r"[,/、:]?([^,/、:]+(?:/[\u4e00-\u9fff]{1,4})?)$")
_BLANKS = re.compile(r"\s+")
_BLANK_BESIDE_HAN = re.compile(r"(?<=[\u3400-\u9fff）”])\s+|\s+(?=[\u3400-\u9fff（“])")
_ORDINAL = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]、?|\d{1,2}[.．、](?!\d)|[①-⑳])\s*(?=\D)"
)
PART = re.compile(r"(?:其\s*中(?:\s*[:：]|\s|$)|[#＃])\s*")
"""In front of a row that is part of the one above."""
FORM_PART = re.compile(r"其中：")
"""The same in drafter's own forms."""
_SIGNED = (
    r"(?:(?:单位|部门|科室|统计|分管)?(?:负责人|领导)|[填制]\s*表\s*人?|[审复]\s*核\s*人?|填\s*报\s*人|经办人|联系人|联系电话|电话"
    r"|(?:填报|填表|制表|报送|报出|上报)(?:日期|时间|单位)|日期|单位\s*[（(](?:盖章|公章|签章)[）)])\s*+[:：]"
)
FOOTNOTE = re.compile(
    r"(?:注|备注|说明|附注|资料来源|数据来源|填表说明|填报说明)\s*+\d*+\s*+[:：]|[*※]|注\s*\d|" + _SIGNED
)
SIGNED = re.compile(_SIGNED)
"""Who made the table and when, below it."""
DASHES = frozenset(
    ("-", "--", "—", "——", "－", "–", "/", "／", "\\", "…", "……", "无", "暂无", "待定", "N/A", "n/a", "×")
)
"""What stands in a cell when there is nothing to write."""
TOTALS = frozenset(("合计", "总计", "小计", "共计"))
OFFICE = re.compile(r"(?:局|委|办|办公室|中心|部|院|公司|镇|乡|街道|县|市|区|处|科|厅|站|队|所|协会|委员会)$")


MAX_HEADER = 80
"""Characters of a header or name that are looked into."""


def header(text: str) -> str:
    """A header as it is compared: NFKC, no blanks, one dash, no ± and marks at its end."""
    flat = _BLANKS.sub("", unicodedata.normalize("NFKC", text[:MAX_HEADER])).replace("–", "—").replace("～", "~")
    flat = flat.replace("±", "").replace("+/-", "").replace("+-", "").replace("%)", "%)")
    return flat.strip(":*·、,。;")


def is_unit(text: str) -> bool:
    """Whether a word in brackets or behind a comma is a unit and no remark."""
    return _SCALED_UNIT.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def unit_of(text: str) -> tuple[str, str]:
    """(rest, unit) of a header such as 本期(万元), 增幅,%, 同比%; the unit may be several: %、百分点."""
    found = [next(g for g in match if g or not any(match)) for match in _WRAPPED_UNIT.findall(text)]
    unit = next((word for raw in found if (word := raw.removeprefix("单位:")) and units(word)), "")
    rest = _WRAPPED_UNIT.sub("", text)
    if not unit and rest.endswith("%"):
        return rest.rstrip("%,/"), "%"
    trailing = _TRAILING_UNIT.search(rest)
    if not unit and trailing and trailing.start() and rest[trailing.start()] in ",/" and is_unit(trailing[1]):
        return rest[: trailing.start()], trailing[1]
    return rest, unit


def units(text: str) -> list[str]:
    """The units of 万元、%; none when a word of it is no unit."""
    words = [word for word in re.split(r"[、,，;；和或]", unicodedata.normalize("NFKC", text)) if word.strip()]
    return [word.strip() for word in words] if words and all(is_unit(word) for word in words) else []


def named(text: str) -> tuple[str, str]:
    """(name, unit) of a row: without blanks beside 汉字, ordinal, colon, and a unit in brackets at its end."""
    if len(text) > MAX_HEADER:
        return text.strip(), ""
    name = _BLANK_BESIDE_HAN.sub("", text.strip().replace("\n", ""))
    name = _ORDINAL.sub("", name, count=1).rstrip("：:")
    found = re.search(r"[（(]([^（()）]+)[)）]$", name)
    if found and found.start() and is_unit(found[1]):
        return name[: found.start()].rstrip(), unicodedata.normalize("NFKC", found[1])
    return name, ""


def field_of(text: str) -> tuple[str, str]:
    """(key, unit) of a column of a list; 工业产值（亿元）over 同比% is 工业产值同比 in %."""
    name, unit = named(text)
    if unit or len(text) > MAX_HEADER:
        return name, unit
    found = [match for match in _WRAPPED_UNIT.finditer(unicodedata.normalize("NFKC", name)) if is_unit(match[1] or "")]
    if name[-1:] in ("%", "％") and len(name) > 1:
        unit, name = "%", name[:-1].rstrip("±＋+-／/")
    if found:
        name = _BRACKETS.sub(lambda m: "" if is_unit(m[1]) else m[0], name)
    return name, unit or (found[0][1] if found else "")


def numbered(text: str) -> bool:
    """Whether a name starts with an ordinal: 一、 （一） 1."""
    return _ORDINAL.match(text.strip()) is not None
