"""Texts broken at random: pieces lost, doubled and moved, marks swapped, brackets lost, digits masked, odd blanks."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.made_words import words

SCRAPS = (
    *words(
        "一、 二、 （一） （二） (三) 三） （四 1. 2． 3、 （1） (2) ① ⑳ 一是 二是 三要 首先， 其次， 最后， 第一， 其一， 亮点一： 。 ； ： ， 、 “ ” ‘ ’ 《 》 （ ） ( ) xx.x ** **% 1.5 3.15 一、二、三产业 ^ 名词解释 附件"
    ),
    "\n",
    "\n\n",
    "\u3000\u3000",
    " ",
    "\t",
    "\r\n",
    "\r",
    "\u2028",
    "\x0b",
    "\x0c",
    "\xa0",
    "\ufeff",
    "\U0001f600",
    "一" * 300,
    "（" * 200,
    "“" * 200,
    "1." * 200,
    "一是" * 200,
)


def cut(r: random.Random, text: str, most: int = 40) -> tuple[int, int]:
    start = r.randrange(len(text) + 1)
    return start, min(len(text), start + r.randint(1, most))


def delete(r: random.Random, text: str) -> str:
    start, end = cut(r, text)
    return text[:start] + text[end:]


def insert(r: random.Random, text: str) -> str:
    at = r.randrange(len(text) + 1)
    return text[:at] + r.choice(SCRAPS) + text[at:]


def replace(r: random.Random, text: str) -> str:
    start, end = cut(r, text, 3)
    return text[:start] + r.choice(SCRAPS) + text[end:]


def double(r: random.Random, text: str) -> str:
    start, end = cut(r, text, 80)
    return text[:end] + text[start:]


def move(r: random.Random, text: str) -> str:
    start, end = cut(r, text, 80)
    rest = text[:start] + text[end:]
    at = r.randrange(len(rest) + 1)
    return rest[:at] + text[start:end] + rest[at:]


def swap(r: random.Random, text: str) -> str:
    """Two marks change places: numbers, dots, brackets and 是."""
    places = [i for i, c in enumerate(text) if c in "一二三四五六七八九十123456789.、（）()是：，。；“”"]
    if len(places) < 2:
        return text
    a, b = sorted(r.sample(places, 2))
    return text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]


def unbracket(r: random.Random, text: str) -> str:
    places = [i for i, c in enumerate(text) if c in "（）()“”《》"]
    at = r.choice(places) if places else 0
    return text[:at] + text[at + 1 :]


def mask(r: random.Random, text: str) -> str:
    """The digits of a stretch become x or *."""
    start, end = cut(r, text, 200)
    sign = r.choice("xX*")
    return text[:start] + "".join(sign if c.isdigit() else c for c in text[start:end]) + text[end:]


MUTATIONS: tuple[Callable[[random.Random, str], str], ...] = (
    delete,
    insert,
    replace,
    double,
    move,
    swap,
    unbracket,
    mask,
)


def mutated(seed: int, text: str) -> str:
    """The text after one to six random mutations."""
    r = random.Random(seed)
    for _ in range(r.randint(1, 6)):
        text = r.choice(MUTATIONS)(r, text)
    return text
