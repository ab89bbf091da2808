"""Click's own messages are Chinese: the compiled catalogue holds what the source says, and usage errors show it."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

from click.testing import CliRunner

from drafter.cli import main

FOLDER = Path(__file__).parents[1] / "drafter" / "locale" / "zh_CN" / "LC_MESSAGES"


def test_the_compiled_catalogue_is_the_source() -> None:
    source = (FOLDER / "messages.po").read_text("utf-8")
    pairs = re.findall(r'^msgid "(.+)"\n(?:msgid_plural ".+"\n)?msgstr(?:\[0\])? "(.+)"$', source, re.M)
    with (FOLDER / "messages.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert len(pairs) > 30
    for english, chinese in pairs:
        assert chinese in (compiled.gettext(english), compiled.ngettext(english, english, 1))


def test_usage_errors_are_chinese() -> None:
    for arguments in (["buld"], ["build", "--periot", "2022"], ["outline"], ["--help"], ["build", "--help"]):
        said = CliRunner().invoke(main, arguments).output
        assert not re.search(r"Usage|Error|Missing|No such|Show this", said), said
    assert "你是不是想写" in CliRunner().invoke(main, ["buld"]).output
    assert CliRunner().invoke(main, ["buld"]).exit_code == 2
