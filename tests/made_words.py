"""The words and sentences of made-up reports, and the markers they number with; see made_reports.

Sentences hold what looks like a marker and is none, about as often as reports do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

ITEM = "item"
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker as written, at its level."""

    level: int | str
    text: str


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# ---- vocabulary -----------------------------------------------------------------------------------------------------

NOUNS = words(
    """水利建设 河道治理 防汛抗旱 饮水安全 灌区改造 水库除险 森林防火 造林绿化 高标准农田建设 粮食生产 生猪保供 农产品质量 乡村产业
    农村改厕 人居环境整治 集体经济 防返贫监测 招商引资 项目建设 工业经济 技术改造 数字经济 企业培育 科技创新 人才引育 营商环境 政务服务
    财政收支 税源培植 债务化解 国资监管 安全生产 道路交通 消防安全 危化品监管 食品药品监管 社会治理 信访化解 法治建设 平安创建 城市更新
    老旧小区改造 管网改造 物业管理 城乡供水 垃圾分类 污水处理 大气治理 土壤修复 生态修复 教育教学 校园安全 医疗服务 医保经办 疾病防控
    养老服务 社会救助 就业创业 劳动维权 退役军人服务 文化惠民 旅游发展 体育健身 文物保护 基层党建 作风建设 机关效能 档案管理 统计监测"""
)
VERBS = words(
    "抓好 推进 加强 强化 深化 优化 完善 健全 落实 提升 夯实 做好 加快 推动 规范 细化 巩固 拓展 统筹 聚焦 突出 狠抓 压实 严格 创新"
)
ADVERBS = words(
    "扎实 着力 持续 全面 深入 大力 稳步 切实 有序 全力 纵深 统筹 高质量 高标准 坚持不懈 千方百计 一体 协同 依法 精准"
)
RESULTS = words(
    "成效明显 稳中有进 再上台阶 提速增效 平稳有序 取得新突破 开创新局面 持续向好 不断夯实 有力有效 全面加强 迈出坚实步伐"
)
AIMS = words(
    "守牢安全底线 补齐短板弱项 增强发展后劲 提升服务水平 打通最后一公里 激发市场活力 增进民生福祉 筑牢生态屏障 厚植发展优势 提高治理能力 打造特色品牌 化解风险隐患"
)
OFFICES = words(
    "县水利局 县财政局 县农业农村局 县交通运输局 县住建局 县教育局 县卫健局 县民政局 县应急管理局 县生态环境分局 各乡镇（街道） 各有关部门 县委办 县政府办"
)
THINGS = words(
    "台账管理 清单管理 定期会商 联席会议 网格化管理 包保责任制 专家会诊 明查暗访 教育培训 普法宣传 资金争取 要素保障 跟踪督办 考核评价 信息共享 联合执法 隐患排查 问题整改 流程再造 志愿服务"
)
UNITS = words("个 家 处 公里 亩 万亩 户 人次 万人 项 件 起 座 所 台 亿元 万元 吨 名 场次")
WHENS = words(
    "今年以来 截至9月底 1—9月 上半年 一季度 全年 近年来 2022年 2023年 年初以来 1-5月 下一步 目前 三季度末 “十四五”以来"
)
QUOTED = words(
    "双随机、一公开 一网通办 放管服 回头看 河长制 两不愁三保障 十百千 1+X 5+1+N 一户一策 最多跑一次 三治融合 四好农村路 万企兴万村 3·15 时时放心不下"
)
LEADS = words("主要做法 具体措施 重点抓好以下工作 存在的主要问题 突出表现为 下一步打算 工作要求")
PARTS = words(
    "工作开展情况 重点工作推进情况 主要工作成效 存在的问题和不足 下一步工作打算 2022年工作总结 2023年工作安排 经济运行基本情况 工作回顾 主要做法 几点体会 保障措施 目标任务 “十四五”规划实施情况 一季度经济运行情况 当前面临的形势"
)
TERMS = words(
    "双随机 一网通办 两重 两新 专精特新 四上企业 三公经费 五个一工程 一老一小 三北工程 首席数据官 林长制 双招双引 六稳 GEP核算 碳达峰"
)


# ---- sentences ------------------------------------------------------------------------------------------------------


class Maker:
    """Everything random about one report."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        r = self.r
        self.brackets = r.choice((("（", "）"), ("（", "）"), ("（", "）"), ("(", ")")))
        self.dot = r.choices((".", "．", "、"), (8, 1, 1))[0]
        self.goes_on = r.random() < 0.08
        """Numbers of level 2 go on across sections."""
        self.slips = r.random() < 0.03
        """Now and then a number is given twice or left out."""
        self.gap = r.choices(("", " "), (9, 1))[0]
        self.indent = r.choices(("", "\u3000\u3000"), (4, 1))[0]
        self.point = r.choices((".", "．"), (19, 1))[0]
        """The decimal point, full-width in some old files."""
        self.notes: int | None = 0 if r.random() < 0.05 else None
        """Terms carry the number of their note, （1） and on."""
        self.folded = r.random() < 0.12
        """Half-width marks throughout, as some exports write them."""
        self.straight = r.random() < 0.06
        """Straight quotation marks, the same to open and to close."""

    def one(self, row: tuple[str, ...]) -> str:
        return self.r.choice(row)

    def number(self) -> str:
        r = self.r
        return r.choice(
            (
                str(r.randint(1, 400)),
                f"{r.randint(0, 300)}{self.point}{r.randint(1, 99)}",
                f"{r.randint(1, 9)},{r.randint(100, 999)}",
            )
        )

    def figure(self) -> str:
        return self.number() + self.one(UNITS)

    def rate(self) -> str:
        return f"{self.r.randint(0, 99)}{self.point}{self.r.randint(0, 9)}%"

    def term(self) -> str:
        """A quoted term, with the number of its note where the report has notes."""
        if self.notes is None or self.r.random() < 0.5:
            return f"“{self.one(QUOTED)}”"
        self.notes += 1
        return f"“{self.one(QUOTED)}”（{self.notes}）"

    def clause(self) -> str:
        r = self.r
        return r.choice(
            (
                lambda: self.one(VERBS) + self.one(NOUNS),
                lambda: self.one(VERBS) + self.one(THINGS),
                lambda: f"新增{self.one(NOUNS)}项目{self.figure()}",
                lambda: f"完成投资{self.figure()}，同比增长{self.rate()}",
                lambda: f"开展{self.term()}专项行动{r.randint(2, 40)}次",
                lambda: f"{self.one(OFFICES)}牵头{self.one(VERBS)}{self.one(THINGS)}",
                lambda: f"整改问题{self.figure()}",
                lambda: f"印发《{self.one(NOUNS)}管理办法（试行）》",
                lambda: self.one(AIMS),
                lambda: f"{self.one(NOUNS)}{self.one(RESULTS)}",
                lambda: f"覆盖村（社区）{r.randint(3, 90)}个",
            )
        )()

    def look_alike(self) -> str:
        """A sentence that holds what is no marker, as reports have them."""
        r = self.r
        return r.choice(
            (
                lambda: f"一、二、三产业增加值分别增长{self.rate()}、{self.rate()}、{self.rate()}。",
                lambda: f"全县一、二、三产业分别增长{self.rate()}、{self.rate()}、{self.rate()}。",
                lambda: f"二、三产业占比达到{self.rate()}。",
                lambda: f"第一、第二产业增加值分别增长{self.rate()}和{self.rate()}。",
                lambda: f"三次产业结构由{self.number()}:41.2:50.1调整为7.4:39.8:52.8。",
                lambda: f"一、二季度{self.one(NOUNS)}均居全市前列。",
                lambda: f"七、八月份开展{self.one(NOUNS)}集中攻坚。",
                lambda: f"引导资金投向二、三线城市和三、四级市场，{self.clause()}。",
                lambda: f"PM2.5平均浓度{r.randint(20, 40)}微克/立方米，空气优良率{self.rate()}。",
                lambda: f"结合3.15、5.12等节点，{self.clause()}。",
                lambda: f"{r.randint(1, 9)}.{r.randint(1, 9)}万亩{self.one(NOUNS)}任务全部完成。",
                lambda: f"发展是第一要务，{self.clause()}。",
                lambda: f"薄弱环节之一是{self.one(NOUNS)}，关键是{self.clause()}。",
                lambda: f"每周三是接访日，{self.clause()}。",
                lambda: f"对违反第三条第（{DIGITS[r.randint(1, 9)]}）项的，{self.clause()}。",
                lambda: f"学习《{self.one(NOUNS)}问答（{DIGITS[r.randint(1, 4)]}）》，{self.clause()}。",
                lambda: f"推进B1、Z2线和1、2号机组建设，{self.clause()}。",
                lambda: f"1、2月份{self.one(NOUNS)}实现开门红。",
                lambda: (
                    f"县委强调“一是要{self.one(VERBS)}{self.one(NOUNS)}，二是要{self.one(VERBS)}{self.one(NOUNS)}”，{self.one(OFFICES)}迅速落实。"
                ),
                lambda: f"一方面要{self.clause()}，另一方面要{self.clause()}。",
                lambda: f"{self.one(NOUNS)}情况见表{r.randint(1, 9)}、图{r.randint(1, 9)}（附件{r.randint(1, 5)}）。",
                lambda: f"项目（{DIGITS[r.randint(1, 3)]}）期{self.one(RESULTS)}。",
                lambda: f"高三（{r.randint(1, 9)}）班等集体受到表彰。",
                lambda: f"会议于2022.9.{r.randint(10, 30)}上午9:30召开，{self.clause()}。",
                lambda: f"万一要停产，{self.one(OFFICES)}第一时间通报，统一要求、逐一要账。",
                lambda: f"完成收入xx.x亿元，增长**%，居七县(市)第{r.randint(1, 7)}位。",
                lambda: f"{r.randint(2, 5)}.0版平台上线运行，{self.clause()}。",
                lambda: (
                    f"{self.one(('3.15', '5.12', '4.23', '12.4', '6.26'))}主题宣传{self.one(RESULTS)}，{self.clause()}。"
                ),
                lambda: f"难点之二是{self.one(NOUNS)}，统一是前提，唯一是资金。",
                lambda: f"{self.one(('二、三十', '三、五十', '七、八'))}家企业参与{self.one(NOUNS)}。",
                lambda: (
                    f"{self.one(('一、二级响应', '三、四级公路', '一、二等奖', '二、三期工程'))}相关工作{self.one(RESULTS)}。"
                ),
                lambda: f"12345、12309热线和110、119平台实现联动，{self.clause()}。",
                lambda: f"“五一”是旅游旺季，十一是促销旺季，星期一是例会日，{self.clause()}。",
                lambda: f"（一期）{self.one(NOUNS)}项目{self.one(RESULTS)}，（二期）正在谋划。",
                lambda: f"主持召开2.{r.randint(10, 28)}现场会，第一时间{self.clause()}，打通最后一公里。",
            )
        )()

    def sentence(self) -> str:
        r = self.r
        if r.random() < 0.12:
            return self.look_alike()
        start = r.choice(
            (
                "",
                "",
                f"{self.one(WHENS)}，",
                "其中，",
                "同时，",
                "按照“" + self.one(QUOTED) + "”要求，",
                f"全县{self.one(NOUNS)}{self.one(RESULTS)}，",
            )
        )
        body = "，".join(self.clause() for _ in range(r.randint(1, 4)))
        if r.random() < 0.15:
            body += "；" + "，".join(self.clause() for _ in range(r.randint(1, 2)))
        return start + body + "。"

    def prose(self, least: int = 1, most: int = 4) -> str:
        said = "".join(self.sentence() for _ in range(self.r.randint(least, most)))
        end = self.end()
        if end != "。" and said and not said[-2].isascii():
            said = said[:-1] + end
        return said

    def heading(self) -> str:
        r = self.r
        return r.choice(
            (
                lambda: self.one(ADVERBS) + self.one(VERBS) + self.one(NOUNS),
                lambda: self.one(NOUNS) + self.one(RESULTS),
                lambda: f"{self.one(ADVERBS)}{self.one(VERBS)}{self.one(NOUNS)}，{self.one(AIMS)}",
                lambda: f"聚焦{self.one(NOUNS)}，{self.one(NOUNS)}{self.one(RESULTS)}",
                lambda: f"推进“{self.one(QUOTED)}”改革",
                lambda: f"{self.one(VERBS)}{self.one(NOUNS)}和{self.one(NOUNS)}",
            )
        )()

    # ---- markers --------------------------------------------------------------------------------------------------------

    def mark(self, level: int, number: int) -> Mark:
        left, right = self.brackets
        written = chinese(number) if level < 3 else str(number)
        shape = {
            1: f"{written}、",
            2: f"{left}{written}{right}",
            3: f"{written}{self.dot}",
            4: f"{left}{written}{right}",
        }
        return Mark(level, shape[level] + self.gap)

    def numbers(self, first: int, count: int) -> Iterator[int]:
        """first, first + 1, …; with a slip one is given twice or left out."""
        slip = self.r.randrange(1, count) if self.slips and count > 2 and self.r.random() < 0.3 else count
        shift = self.r.choice((-1, 1))
        for at in range(count):
            yield first + at + (shift if at >= slip else 0)

    def end(self) -> str:
        """Behind a paragraph nothing more; rarely its 。 is lost or it is an exclamation."""
        return self.r.choices(("。", "！", "", "……"), (240, 4, 1, 2))[0]


def chinese(number: int) -> str:
    """1 to 99 as 一 to 九十九."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else ("" if tens == 1 else DIGITS[tens]) + "十") + (DIGITS[ones] if ones else "")
