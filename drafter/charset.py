"""字符编码: bytes of an office's text file → text, or a refusal; never rubbish that looks like text."""

from __future__ import annotations

import re

_COMMON = frozenset(
    "浙皖闽赣粤桂琼渝黔滇陕甘鄂湘豫鲁冀晋沪徽杭衢"
    "一七万三上下不与专世业东两严个中丰临为主丽举么义之乐九也习乡书乱了予争事二于云互五些亡交产亩享京亮亲人亿什今仍从仓他付代令以们件价任份仿企伊伍伐休众优会伟传伦估伸似但位低住体何余作你使例供依侨便促俄保俞信修倍倒候倪债值假"
    "偏做健偿傅储像儿元充先光克党兜入全八公六共关兴兵其具养冀内册再冒写军农冬冯冰决况准凌减几凤出击刁分切划列则刚创初删判利别到制券刻前力劝办功加务动助努励劲劳势勇包化北区医十千升半华协单南博占卫印危即却厂厅历压原去县参又及友"
    "双反发取受变口古句另只叫可台史右叶号司吃各合同名后向吕否吨听启吴吸告员呢周呼命和品哈响哪唐售商善喜器四回因团园困围固国图圈土在地场均坏块坚型城域培基塑填境增士壮声处备复夏外多夜大天太夫央夯失头夹奋套女奶好如妇妥始姓委姚姜"
    "娜娟婷子孔字存孙孟季学孩宁它宇守安宋完宗官定宜实审客宣室害家容宿密富察对导封将小少尔尘就尹尽局层居屈届屋屏展属山岗岭岸峰州工左巨巩差己已市布师带席帮常幅干平年并幸幼广序库应底店府庞废度座庭康廉廊延建开式引弟张弱强当形彭影"
    "役彻往征径待很律徐得循微德心必志快念态怎思怡急性总恢息患情惠想意感慧成我或战截戴户房所手才扎打托扣执扩扬扶批找承技把抓投抚抢护报抽担拉拒拓招拥拨括拼拿持挂指按挑挖挥振换据掉排掘探接控推措提握援撑播支收改攻放政故效敏救教敢"
    "敬数整文斗料断斯新方施旅族无日旧早旬旱时明易星是显晨普景智暂更曹最月有服望期未末本术朱机权李材村杜条来杨杰板极构林果枢柏染查柳标树校样核根格桂案档桥梁梅梓械检棚森植楷楼樊模橡次欢款止正此步武死残段殷每比毕毛民气水求汇汛江"
    "污汤汪汽沈沉没河油治沿法泥注洁津活派流测济浓浩海消涉涛润涨涵深清渠温港游湖湾湿源溪满滤滨演潘潜澳激火灭灾点烟烧热焚焦然煤照熊燃爆爱父片版牌牢牧物牵特状狄狠献率王环现玲班球理甚生用田由申电界留畜略疗疫疾病白百的皮益监盖盘盛"
    "盟目盯直相盾省看真眼着督矛知短石矿码研破础硬确碳磊示社祁祝神票福离秆秋种科租秦积称秸移程税稳稿穆究空突窗立竖站竞章童端竹笑笔符第等筑策筹签算管篇米类粮精系素索紧累繁纠红约级纪纯纲纳纵纸纽线练组细织终经结绕给络统继绩续维综"
    "绿编缘缺网罗罚置署美群老考者而耕职联聘聚育胜胡胶能脑脱脸臧自至致舒航般良色艳艺节花芳苏苗若英范茶草荣药获菜营萧萱落著葛董蒋蒙蓝蔡蔬薛藏虽融行衔街衡补表袁被装褚西要覆见观规视觉角解言警计认让训议记讲许论设访证评识诉诊词试话"
    "该语误说请读谁调谋谐谢谱象貌贝负贡财责账货质贫购贯贴贷贸费贺贾资赋赛赣走赵起超越足跟跨路践身车轨转轮轻载较辉输边达迁过迈运近返还这进远违连退送适选逐途逗通速造遇遍道遗避那邱邵邹郑郝部郭都鄱配酒醒采释里重量金针钟钱铁银链销"
    "错键镇长门问闲间闵队阮防阳阶附际陆陈降限院除险陶随隐障难集雨雪零雷需霍霞青静非靠面革韦韩音页项顺须顾预领题颜额风飞食饮馆馈首香马驻骆验高魏鲁鹏麻黄黑鼓齐龄龙"
)
"""The 汉字 that make up nine tenths of what offices write."""


class EncodingUnknown(ValueError):
    """The bytes are neither UTF-8, nor UTF-16 or UTF-32 with a mark, nor GB 18030; `offset` is the first bad byte."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"undecodable byte at {offset}")
        self.offset = offset


_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte order marks, the longer first: that of UTF-32 begins as that of UTF-16."""
_SEVEN_BITS = re.compile(rb"\x1b\$[@A-D()]|\x1b\([BIJ]|~\{(?:[!-w][!-~])+~\}")
"""ISO-2022 and HZ: Chinese or Japanese written in ASCII characters, which UTF-8 takes for text."""


def decode(data: bytes) -> tuple[str, str]:
    """(text, encoding): by byte order mark, then strict UTF-8, then GB 18030 when it reads like Chinese.

    Errors: EncodingUnknown. Why no statistics for more: a guess between Big5, EUC-KR and Shift-JIS turns short texts
    into rubbish silently; a refusal costs the clerk one 另存为.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, mark, encoding), encoding
    if data.count(0) * 20 > len(data):
        raise EncodingUnknown(data.index(0))
    if disguise := _SEVEN_BITS.search(data):
        raise EncodingUnknown(disguise.start())
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        offset = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise EncodingUnknown(offset) from error
    if not plausible(text):
        raise EncodingUnknown(offset)
    return text, "gb18030"


def _marked(data: bytes, mark: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingUnknown(error.start + (len(mark) if encoding == "utf-8-sig" else 0)) from error


def plausible(text: str) -> bool:
    """Whether text that GB 18030 could be read as is Chinese of an office: three in four of its 汉字 are common ones.

    汉字 that take four bytes (㐀, 𠮷) are not counted: what is no GB 18030 hardly ever has them by chance.
    False also for NUL, and for many letters of other scripts, control, private-use and far characters.
    """
    high = [c for c in text if c > "\x7f"]
    han = [c for c in high if "\u4e00" <= c <= "\u9fff"]
    strange = sum(1 for c in high if _is_strange(ord(c)))
    common = sum(1 for c in han if c in _COMMON)
    return "\0" not in text and strange * 10 <= len(high) and common * 4 >= len(han) * 3


def _is_strange(code: int) -> bool:
    """Controls, private use, what lies beyond 汉字; kana, Cyrillic, Greek, accented letters, Hangul, drawing characters; not × and ÷."""
    if code in (0xD7, 0xF7):
        return False
    if code > 0xFFFF:
        return not 0x20000 <= code <= 0x323AF
    return (
        code < 0xA0
        or 0xC0 <= code < 0x2000
        or 0x2500 <= code < 0x2580
        or 0x3040 <= code < 0x3200
        or 0xA000 <= code < 0xF900
    )
