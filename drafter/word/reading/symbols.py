"""w:sym: characters of symbol fonts as the Unicode characters they look like."""

from __future__ import annotations

UNKNOWN = "〓"
"""A character no table knows; the sign that printers set for a missing type."""
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑",
    0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪",
    0xA8: "□", 0xAB: "★", 0xAD: "✶", 0xB6: "☆", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + n: c for n, c in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x98: "●", 0x99: "◉", 0xA2: "■", 0xA3: "□",
    **{0x69 + n: c for n, c in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_SYMBOL = dict(zip(
    (*range(0x41, 0x5B), *range(0x61, 0x7B)),
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True,
)) | {
    0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥",
    0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩",
    0xC8: "∪", 0xCE: "∈", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xD7: "·", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_FONTS: dict[str, dict[int, str]] = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str | None, code: str | None) -> str:
    """The character of a w:sym: (Wingdings, F0FE) → ☑; UNKNOWN for what no table knows.

    Shapes: the code in hexadecimal, with or without the F000 of symbol fonts.
    """
    try:
        point = int(code or "", 16)
    except ValueError:
        return UNKNOWN
    table = _FONTS.get((font or "").lower())
    low = point - 0xF000 if 0xF000 <= point <= 0xF0FF else point
    if table is not None or low != point:
        plain = chr(low) if 0x20 <= low < 0x7F and table is _SYMBOL else UNKNOWN
        return (table or {}).get(low, plain)
    readable = 0x20 <= point < 0xD800 or 0xF900 <= point <= 0x10FFFF
    return chr(point) if readable and chr(point).isprintable() else UNKNOWN
