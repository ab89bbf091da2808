"""标题 parted into lines: at the ends of words, in a trapezium or a diamond, no 的 at the head of a line.

Source: GB/T 9704-2012 7.3.1 (词意完整，排列对称，长短适宜，间距恰当；梯形或菱形).
Why no dictionary: a title is made of few words, which stand in the tables below; a place between two words nobody
knows costs more than one beside a word of the tables, and a title may always be parted by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from drafter.source import Line
from drafter.typeset.widths import halves

_WORDS = """
工作总结 工作报告 工作回顾 工作要点 工作计划 工作方案 工作安排 工作情况 工作汇报 情况报告 情况通报 情况汇报 情况说明 调研报告 述职报告
自查报告 实施方案 实施意见 指导意见 若干意见 若干措施 行动方案 行动计划 管理办法 暂行办法 实施办法 实施细则 应急预案 会议纪要 责任清单
总结 报告 回顾 要点 计划 方案 安排 汇报 通报 通知 通告 公告 公报 决定 决议 意见 措施 办法 细则 规定 规划 纲要 纪要 请示 批复 函 预案 清单 说明 建议 讲话
关于 印发 转发 批转 开展 加强 推进 推动 做好 进一步 全面 深入 切实 深化 落实 贯彻 实施 组织 建立 健全 完善 调整 成立 召开 举办 申请 解决 表彰 公布 发布 命名 授予 任免
专项 行动 整治 检查 督查 督导 巡查 排查 治理 整改 攻坚 提升 改革 创新 创建 建设 发展 管理 服务 保障 保护 监督 监管 评估 考核 考评 评价 培训 宣传 教育 活动
安全生产 应急管理 防汛抗旱 防灾减灾 森林防火 消防安全 食品安全 道路交通 交通运输 生态环境 环境保护 自然资源 城乡建设 住房保障 社会保障 人力资源 医疗保障 卫生健康 疫情防控
乡村振兴 脱贫攻坚 农业农村 粮食生产 高标准农田 人居环境 营商环境 招商引资 重点项目 项目建设 固定资产投资 财政预算 财政收支 预算执行 经济运行 经济社会 高质量 一般公共预算
国民经济 社会发展 基层治理 社会治理 平安建设 法治建设 法治政府 依法行政 政务服务 政务公开 信息公开 数字政府 数字化 党风廉政 党的建设 作风建设 意识形态 精神文明 主题教育 民生实事
文化旅游 文化和旅游 体育事业 科技创新 知识产权 市场监管 市场监督管理 综合执法 行政执法 行政审批 国有资产 审计 统计 信访 民政 司法 教育体育 退役军人 发展和改革 工业和信息化
领导小组 办公室 委员会 人民政府 人民政府办公室 委员会办公室 党委办公室 新时代 新时期 新形势 改进 同意 转型 城镇 城市 农村 老旧小区 改造 人民代表大会 常务委员会 政治协商会议 联席会议 指挥部 管理局 工作队 工作组 党委 党组 政府 部门 单位 企业 机关 事业 社区 乡镇 街道 全县 全市 全省 我县 我市 我局
年度 上半年 下半年 第一季度 第二季度 第三季度 第四季度 一季度 二季度 三季度 四季度 季度 月份 半年 阶段 重点 任务 目标 责任 问题 情况 工作 有关 相关 以及 和 与 及 暨 等 的
"""
_KNOWN = frozenset(_WORDS.split())
_LONGEST = max(map(len, _KNOWN))
_PLACE = re.compile(
    r"(?:(?<=印发)|(?<=转发)|(?<=中共)|(?<=[县市区省局委厅])|^)[\u4e00-\u9fff]{1,6}?"
    r"(?:自治州|自治县|新区|省|市|县|区|乡(?!村)|镇|局|厅|委|办|院|所|站|中心)(?!长|级|域|场|政|务|事)"
)
"""Names of places and organs, where a title names them."""
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》")
_WHOLE = re.compile(
    r"[12]\d{3}年(?:度|[上下]半年|第?[一二三四]季度|(?:\d{1,2}[—－-])?\d{1,2}月份?(?:\d{1,2}日)?)?|[0-9A-Za-z][0-9A-Za-z.,%+\-—–~～/]*(?:年度?|月份?|日|季度|届|次|号|期|批|个|项|万|亿|%)*|〔\d+〕\d*号?|"
    r"第[一二三四五六七八九十百\d]+[届次批号期轮季个]?|[《〈“（][^《》〈〉“”（）]{1,10}[》〉”）]"
)
"""What is never parted: numbers with their unit, dates, short names in 《》 or “”."""
_NOT_FIRST = frozenset("的了和与及暨等，。、；：！？）》〉”’〕·—…")
_NOT_LAST = frozenset("（《〈“‘〔")
_HARD, _INSIDE, _PLAIN, _AFTER_OPENER = 1000, 30, 8, 25
_MOST = 48
"""Places that are weighed together."""


def parted(title: Line, width: int) -> tuple[Line, ...]:
    """The title in lines of at most `width` 字; one that fits is one line. Nothing is lost, nothing is added."""
    text = title.text
    if _wide(text) <= 2 * width:
        return (title,)
    costs = _costs(text)
    needed = -(-_wide(text) // (2 * width))
    for count in range(needed, needed + 3):
        if count > len(text):
            break
        best = _best(text, costs, count, 2 * width)
        if best:
            return tuple(title.cut(a, b) for a, b in pairwise((0, *best, len(text))))
    return _filled(title, width)


_SEAM = re.compile("(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")


def _wide(text: str) -> int:
    """Width in half 字, with the gaps some programs set between 汉字 and digits: else the last 字 falls to a line of its own."""
    return halves(text) + (sum(1 for _ in _SEAM.finditer(text)) + 1) // 2


def _best(text: str, costs: dict[int, int], count: int, limit: int) -> tuple[int, ...]:
    """The breaks of least cost for so many lines; empty when every way is forbidden."""
    allowed = sorted((p for p, cost in costs.items() if cost < _HARD), key=lambda p: (costs[p], p))[:_MOST]
    if count > 4:
        return ()
    ways = (
        (_shape(lengths) + sum(costs[p] for p in breaks), breaks)
        for breaks in combinations(sorted(allowed), count - 1)
        if max(lengths := [_wide(text[a:b]) for a, b in pairwise((0, *breaks, len(text)))]) <= limit
    )
    return min(ways, default=(0, ()))[1]


def _shape(lengths: list[int]) -> int:
    """How far lines are from a trapezium or a diamond, and from lengths that look well, in tenths."""
    longest, shortest = max(lengths), min(lengths)
    cost = max(0, 10 - shortest) * 6 + max(0, longest - 2 * shortest) * 3 + (longest - shortest) // 2
    if len(lengths) == 2:
        return cost + (4 if abs(lengths[0] - lengths[1]) < 2 else 0)
    middle = lengths[1:-1]
    rising, falling = lengths == sorted(lengths), lengths == sorted(lengths, reverse=True)
    diamond = min(middle) >= max(lengths[0], lengths[-1])
    return cost + (0 if diamond else 3 if rising or falling else 60)


def _costs(text: str) -> dict[int, int]:
    """Offset → what it costs to part the title there."""
    costs = dict.fromkeys(range(1, len(text)), _PLAIN)
    edges: set[int] = set()
    for start, end in _spans(text):
        edges |= {start, end}
        for at in range(start + 1, end):
            costs[at] = _INSIDE
    for at in edges & costs.keys():
        costs[at] = 0
    for found in _QUOTED.finditer(text):
        for at in range(found.start() + 1, found.end()):
            costs[at] += _INSIDE
    for found in _WHOLE.finditer(text):
        for at in range(found.start() + 1, found.end()):
            costs[at] = _HARD
    for at, cost in costs.items():
        if text[at] in _NOT_FIRST or text[at - 1] in _NOT_LAST:
            costs[at] = _HARD
        elif text[:at].endswith(("关于", "印发", "开展", "加强", "推进", "做好", "、", "和", "与", "及")):
            costs[at] = max(cost, _AFTER_OPENER if text[at - 1] in "于发展强进好" else _PLAIN)
        elif text.startswith("关于", at):
            costs[at] = -4
    return costs


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Known words from the left, the longest first, and names of places and organs between them."""
    at = 0
    while at < len(text):
        found = _PLACE.match(text, at)
        size = next((n for n in range(min(_LONGEST, len(text) - at), 1, -1) if text[at : at + n] in _KNOWN), 0)
        if not size and found:
            size = len(found[0])
        if not size and text[at] in _KNOWN:
            size = 1
        if size:
            yield at, at + size
        at += size or 1


def _filled(title: Line, width: int) -> tuple[Line, ...]:
    """Lines filled one after another: a title that no shape fits (five lines, one endless word)."""
    lines, start = [], 0
    for at in range(1, len(title.text) + 1):
        if at == len(title.text) or _wide(title.text[start : at + 1]) > 2 * width:
            lines.append(title.cut(start, at))
            start = at
    return tuple(lines)
