"""`coe explain`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.completing import rule_names
from coe.cli.console import look
from coe.cli.options import Color, ColorOption, RulesFormat
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.rule import Rule

_FENCE = re.compile(r"(`{3,})[a-z]*$")


@app.command("explain", short_help="Explain a rule.")
def explain_command(
    rule: Annotated[
        str,
        typer.Argument(
            metavar="RULE",
            help="Name or code of a rule, such as naive-time or FRM008.",
            show_default=False,
            autocompletion=rule_names,
        ),
    ],
    output_format: Annotated[RulesFormat, typer.Option("--format", "-f", help="Format of the page.")] = RulesFormat.text,
    color: ColorOption = Color.auto,
) -> None:
    """Explain a rule: why it is there, what it finds, and how to make an exception."""
    from coe.explain import page
    from coe.rule import all_rules, families
    from coe.text import nearest

    word = rule.strip()
    found = next((one for one in all_rules() if word.lower() in (one.name, one.code.lower())), None)
    if found is None:
        if word in families():
            raise CoeError(f"`{word}` is a family of rules", "`coe rules` lists its rules; explain takes one of them.")
        names = [name for one in all_rules() for name in (one.name, one.code)]
        guess = nearest(word, names)
        raise CoeError(f"there is no rule `{word}`", f"Did you mean `{guess}`?" if guess else "`coe rules` lists them.")
    if output_format is RulesFormat.markdown:
        sys.stdout.write(page(found))
    elif output_format is RulesFormat.json:
        sys.stdout.write(_json(found))
    else:
        sys.stdout.write(_styled(page(found), on=look(color.value, sys.stdout).color))


def _json(rule: Rule) -> str:
    import json

    from coe.explain import VERSION, facts, page

    return json.dumps({"version": VERSION, "rule": {**facts(rule), "page": page(rule)}}, indent=2, ensure_ascii=False) + "\n"


def _styled(markdown: str, *, on: bool) -> str:
    """Return Markdown for a terminal: fenced text is indented, and headings and marked places are coloured."""
    from coe.report.terminal import paint

    out: list[str] = []
    fence = ""
    for line in markdown.splitlines():
        opening = _FENCE.fullmatch(line)
        if opening and fence in ("", opening[1]):
            fence = "" if fence else opening[1]
        elif fence:
            marked = re.sub("«[^»]*»?", lambda match: paint(match.group(), "bold", "yellow", on=on), line)
            out.append(f"    {marked}".rstrip())
        elif line.startswith("#"):
            out.append(paint(line.lstrip("# "), "bold", on=on))
        else:
            out.append(line)
    return "\n".join(out) + "\n"
