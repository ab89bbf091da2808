"""The group that all commands hang on: language and the project folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["LANGUAGE"] = "zh_CN"  # before Click asks gettext for its own messages

import gettext

gettext.bindtextdomain("messages", str(Path(__file__).parents[1] / "locale"))

import click

from drafter import __version__
from drafter.cli.help import Group


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="drafter", help="显示版本。")
@click.option(
    "--project",
    "-C",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="项目文件夹（默认：从当前文件夹往上找）。",
)
@click.pass_context
def main(context: click.Context, project: Path | None) -> None:
    """把事实（YAML 文件或表格）填进公文格式的章节模板，生成 Word 报告。"""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    context.obj = project
