"""Numbers as Word's automatic numbering writes them: one row for each format that has digits or letters of its own.

Source: ECMA-376 Part 1, 17.18.59 ST_NumberFormat.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from drafter.numeral import CIRCLED, capital, chinese

_LARGEST = 32767
"""Word counts no further."""
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINAL_WORDS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
                  "nine": "ninth", "twelve": "twelfth"}  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def _roman(number: int) -> str:
    words = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        words += sign * times
    return words


def _letters(letters: str, number: int) -> str:
    """A … Z, AA, BB …: the letter is doubled, as Word does it, and not counted on as in a sheet."""
    times, index = divmod(number - 1, len(letters))
    return letters[index] * (times + 1) if 0 < number <= 30 * len(letters) else str(number)


def _turning(words: str, number: int) -> str:
    """The words one after another, and from the first again."""
    return words[(number - 1) % len(words)] if number > 0 else str(number)


def _signs(ends: str, beyond: str, number: int) -> str:
    """One sign for each number while there are signs, then the same marker in digits."""
    sign = ord(ends[0]) + number - 1
    return chr(sign) if sign <= ord(ends[1]) else beyond.format(number)


def _of(words: str, number: int) -> str:
    return words[number - 1] if 0 < number <= len(words) else str(number)


def _digits(digits: str, number: int) -> str:
    """Digit by digit: 105 → 一〇五."""
    return "".join(digits[int(d)] if d.isdigit() else d for d in str(number))


def _english(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")
    large, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    times, rest = divmod(number, large)
    return f"{_english(times)} {name}" + (f" {_english(rest)}" if rest else "")


def _english_ordinal(number: int) -> str:
    words = _english(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    usual = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return words[:cut] + _ORDINAL_WORDS.get(last, usual)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _zodiac(number: int) -> str:
    return _turning(_STEMS, number) + _turning(_BRANCHES, number) if number > 0 else str(number)


def _upper(write: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: write(number).upper()


def _title(write: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: write(number).capitalize()


_wide = partial(_digits, "０１２３４５６７８９")
_latin, _russian = partial(_letters, _LATIN), partial(_letters, _RUSSIAN)
_ideographs = partial(_digits, "〇一二三四五六七八九")

FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "numberInDash": lambda n: f"- {n} -",
    "hex": lambda n: f"{n:X}",
    "ordinal": _ordinal,
    "cardinalText": _title(_english),
    "ordinalText": _title(_english_ordinal),
    "upperRoman": _upper(_roman),
    "lowerRoman": _roman,
    "upperLetter": _upper(_latin),
    "lowerLetter": _latin,
    "russianUpper": _upper(_russian),
    "russianLower": _russian,
    "chicago": lambda n: "*†‡§"[(n - 1) % 4] * ((n - 1) // 4 % 30 + 1),
    "decimalEnclosedCircle": partial(_of, CIRCLED),
    "decimalEnclosedCircleChinese": partial(_of, CIRCLED),
    "decimalEnclosedParen": partial(_signs, "⑴⒇", "（{}）"),
    "decimalEnclosedFullstop": partial(_signs, "⒈⒛", "{}."),
    "ideographEnclosedCircle": partial(_signs, "㊀㊉", "{}"),
    "chineseCounting": chinese,
    "taiwaneseCounting": chinese,
    "koreanCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _ideographs,
    "taiwaneseDigital": partial(_digits, "○一二三四五六七八九"),
    "japaneseDigitalTenThousand": _ideographs,
    "chineseLegalSimplified": capital,
    "ideographLegalTraditional": lambda n: capital(n).translate(str.maketrans("贰叁陆万", "貳參陸萬")),
    "japaneseLegal": lambda n: capital(n).translate(str.maketrans("贰叁陆万", "弐参六萬")),
    "ideographTraditional": partial(_of, _STEMS),
    "ideographZodiac": partial(_of, _BRANCHES),
    "ideographZodiacTraditional": _zodiac,
    "aiueo": partial(_turning, _AIUEO),
    "aiueoFullWidth": partial(_turning, _AIUEO),
    "iroha": partial(_turning, _IROHA),
    "irohaFullWidth": partial(_turning, _IROHA),
    "ganada": partial(_turning, "가나다라마바사아자차카타파하"),
    "chosung": partial(_turning, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    "koreanDigital": partial(_digits, "영일이삼사오육칠팔구"),
    "koreanDigital2": partial(_digits, "零一二三四五六七八九"),
    "none": lambda _: "",
}
"""Format → how it writes a number from 1 on."""


def written(number: int, form: str) -> str | None:
    """The number in a format of Word: (3, chineseCounting) → 三, (21, decimalEnclosedCircle) → ㉑.

    Shapes: numbers that a format does not reach are written in digits; None for a format that is not known.
    Why ㉑ and 一百零一 where Word has only 21 and 一○一: it is the same marker, and the one the style table reads.
    """
    if form not in FORMATS:
        return None
    return FORMATS[form](number) if 0 < number <= _LARGEST or form in ("decimal", "none") else str(number)
