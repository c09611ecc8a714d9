"""`coe rules`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.console import look
from coe.cli.options import RulesFormat

if TYPE_CHECKING:
    from coe.rule import Rule


@app.command("rules", short_help="List all rules.")
def rules_command(
    output_format: Annotated[RulesFormat, typer.Option("--format", "-f", help="Format of the list.")] = RulesFormat.text,
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

    from coe.explain import VERSION, facts

    return json.dumps({"version": VERSION, "rules": list(map(facts, rules))}, indent=2, ensure_ascii=False) + "\n"
