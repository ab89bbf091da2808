"""What importing leaves as it is: names in 《》, quoted words, document numbers, addresses, tags, programme names."""

from __future__ import annotations

import re

_NAMES = re.compile(
    r"《[^》]*》?|〔[^〕]*〕[0-9]*号?|“[^”]{1,24}”|‘[^’]{1,24}’|\[[0-9]{4}\][0-9]*号|"
    r"https?://\S+|www\.\S+|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]+|(?<![0-9])[0-9]+(?:[+＋][0-9A-Za-zNX]+)+|(?<![0-9A-Za-z])(?![xX.]+(?![A-Za-z.]))[0-9A-Za-z]+(?:\.[A-Za-z]+)+|!\[[^\]]*\]\([^)]*\)|"
    r"[0-9]{1,2}[·.][0-9]{1,2}(?=[事讲工精重])|[0-9]{1,3}[Gg](?![A-Za-z])|[0-9]A级?|(?:世界|全国|中国|全球|民营|全省)?[0-9]+强"
)
"""Why quoted words too: “24小时不打烊” is what something is called; a long quotation is prose."""


def shut(line: str) -> frozenset[int]:
    """Offsets of what is no figure and no period word whatever it looks like."""
    return frozenset(at for found in _NAMES.finditer(line) for at in range(*found.span()))
