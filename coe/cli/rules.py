"""`coe rules`."""

from __future__ import annotations

import enum
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.console import look

if TYPE_CHECKING:
    from coe.rule import Rule

VERSION = 1


class RulesFormat(enum.StrEnum):
    """Formats of the list."""

    text = "text"
    json = "json"
    markdown = "markdown"


@app.command("rules", short_help="List all rules.")
def rules_command(
    output_format: Annotated[RulesFormat, typer.Option("--format", help="Format of the list.")] = RulesFormat.text,
) -> None:
    """List all rules; `coe explain RULE` tells more of one."""
    from coe.explain import table, url
    from coe.rule import all_rules

    rules = all_rules()
    if output_format is RulesFormat.markdown:
        sys.stdout.write(table(rules, link=url(rules[0]).replace(rules[0].name, "{name}")))
    elif output_format is RulesFormat.json:
        sys.stdout.write(_json(rules))
    else:
        sys.stdout.write(_text(rules, look("never", sys.stdout).width if sys.stdout.isatty() else 0))


def _text(rules: tuple[Rule, ...], width: int) -> str:
    """Return the rules a line each, cut to a width unless it is 0."""
    longest = max(len(rule.name) for rule in rules)
    family = max(len(rule.family) for rule in rules)
    lines = (
        f"{rule.code}  {rule.name:{longest}}  {rule.family:{family}}  {rule.severity.label:7}  {rule.summary}" for rule in rules
    )
    return "".join(f"{line[: width - 1]}…\n" if 0 < width < len(line) else f"{line}\n" for line in lines)


def _json(rules: tuple[Rule, ...]) -> str:
    import json

    from coe.explain import safeties, url

    data = [
        {
            "name": rule.name,
            "code": rule.code,
            "family": rule.family,
            "severity": rule.severity.label,
            "summary": rule.summary,
            "explanation": rule.explanation,
            "fixes": list(safeties(rule)),
            "url": url(rule),
        }
        for rule in rules
    ]
    return json.dumps({"version": VERSION, "rules": data}, indent=2, ensure_ascii=False) + "\n"
