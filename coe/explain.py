"""A rule as a page: what the command, the docs, the editor and SARIF show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coe.check import check
from coe.diagnostic import Diagnostic
from coe.example import example
from coe.judge import RULES_URL
from coe.levels import ALWAYS
from coe.rule import Bad, Document, Good, Rule

_RUNS_OF_TICKS = re.compile("`{3,}", re.MULTILINE)
_READS = {
    "Analysis": "fields of any document",
    "Case": "document and settings",
    "Coe": "COE",
    "Corpus": "repository",
    "Document": "text of any document",
    "Prose": "sentences",
}
_LANGUAGES = {"yaml": "yaml", "yml": "yaml", "toml": "toml"}
VERSION = 1
"""Of the JSON that tells of rules."""
_CELL = str.maketrans({"|": "\\|", "\n": " "})


def url(rule: Rule) -> str:
    """Return where the page of a rule is published."""
    return RULES_URL.format(name=rule.name)


def page(rule: Rule) -> str:
    """Return the page of a rule as Markdown."""
    return "\n\n".join((f"# {rule.name}", _facts(rule), *_text(rule), *_examples(rule), *_exceptions(rule))) + "\n"


def facts(rule: Rule) -> dict[str, str | list[str]]:
    """Return what is known of a rule, as plain values."""
    return {
        "name": rule.name,
        "code": rule.code,
        "family": rule.family,
        "severity": rule.severity.label,
        "summary": rule.summary,
        "explanation": rule.explanation,
        "fixes": list(safeties(rule)),
        "url": url(rule),
    }


def table(rules: Iterable[Rule], *, link: str = "{name}.md") -> str:
    """Return rules as tables in Markdown, one for each family; `link` makes the target of a name."""
    parts: list[str] = []
    for family, members in _by_family(rules).items():
        rows = (
            f"| [{rule.name}]({link.format(name=rule.name)}) | {rule.code} | {rule.severity.label} |"
            f" {rule.summary.translate(_CELL)} |"
            for rule in members
        )
        head = f"## {family.capitalize()}\n\n| Rule | Code | Severity | What it says |\n| --- | --- | --- | --- |"
        parts.append("\n".join((head, *rows)))
    return "\n\n".join(parts) + "\n"


def overview(rules: Iterable[Rule], *, link: str = "{name}.md") -> str:
    """Return all rules as one table in Markdown: family, severity, how safe the fix is, and what the rule reads."""
    head = "| Rule | Code | Family | Severity | Fix | Reads | What it says |\n| --- | --- | --- | --- | --- | --- | --- |"
    rows = (
        f"| [{rule.name}]({link.format(name=rule.name)}) | {rule.code} | {rule.family} | {rule.severity.label} |"
        f" {', '.join(safeties(rule)) or 'none'} | {_READS.get(rule.reads.__name__, rule.reads.__name__.lower())} |"
        f" {rule.summary.translate(_CELL)} |"
        for members in _by_family(rules).values()
        for rule in members
    )
    return "\n".join((head, *rows)) + "\n"


def safeties(rule: Rule) -> tuple[str, ...]:
    """Return how safe the fixes are that a rule offers for its own examples; none when it offers none."""
    found = (one.fix.safety for shown in rule.examples for one in _found(rule, shown) if one.fix)
    return tuple(sorted(set(found)))


def _by_family(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    out: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.code):
        out.setdefault(rule.family, []).append(rule)
    return out


def _facts(rule: Rule) -> str:
    mends = {"safe": "`coe check --fix` mends it", "unsafe": "`coe check --fix --unsafe-fixes` mends it"}
    offered = [mends.get(safety, "it suggests a text") for safety in safeties(rule)]
    return " · ".join((f"`{rule.code}`", rule.family, rule.severity.label, *offered))


def _text(rule: Rule) -> Iterator[str]:
    yield rule.summary
    if rule.explanation:
        yield rule.explanation


def _examples(rule: Rule) -> Iterator[str]:
    bad = [one for one in rule.examples if isinstance(one, Bad)]
    good = [one for one in rule.examples if isinstance(one, Good) and one.text.strip()]
    if bad:
        yield "## What it finds"
        yield "The marks « and » show the place; they are no part of the text."
    for shown in bad:
        yield from _shown(rule, shown)
        said = "\n".join(dict.fromkeys(_said(one) for one in _found(rule, shown)))
        if said:
            yield _fenced(said, "text")
        if shown.fixed is not None:
            yield "Mended:"
            yield _fenced(shown.fixed, _language(rule, shown.fixed))
    if good:
        yield "## What it leaves alone"
    for other in good:
        yield from _shown(rule, other)


def _shown(rule: Rule, shown: Good | Bad) -> Iterator[str]:
    for path, text in shown.files.items():
        yield f"With `{path}`:"
        yield _fenced(text, _LANGUAGES.get(path.rpartition(".")[2], "markdown"))
    if shown.before is not None:
        yield "Before the change:"
        yield _fenced(shown.before, _language(rule, shown.before))
        yield "After it:"
    yield _fenced(shown.text, _language(rule, shown.text))


def _language(rule: Rule, text: str) -> str:
    """Return what an example is written in: a fragment for a rule about fields is YAML, all else is Markdown."""
    whole = text.lstrip("«").startswith("---")
    return "markdown" if whole or rule.reads.__name__ in (Document.__name__, "Prose") else "yaml"


def _fenced(text: str, language: str) -> str:
    longest = max((len(run) for run in _RUNS_OF_TICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _found(rule: Rule, shown: Good | Bad) -> tuple[Diagnostic, ...]:
    made = example(rule, shown)
    return tuple(one for one in check(made.corpus, [made.analysis], (rule,)) if one.rule == rule.name)


def _said(one: Diagnostic) -> str:
    return f"{one.severity.label}: {one.message}" + (f"\n  help: {one.help}" if one.help else "")


def _exceptions(rule: Rule) -> Iterator[str]:
    yield "## Make an exception"
    if rule.name in ALWAYS:
        yield "This rule always runs: while it finds something, nothing else can be said of the file."
        return
    yield "At one place, with the reason. In Markdown it stands before its block, in front matter above its field:"
    yield _fenced(f"<!-- coe: allow {rule.name}: the reason -->", "markdown")
    yield _fenced(f"# coe: allow {rule.name}: the reason", "yaml")
    yield "In a whole file, write `allow-file` in place of `allow`. In the repository, in `coe.toml`:"
    weights = {"error": "warning", "warning": "error", "note": "warning"}
    config = (
        f'# Turn it off:\n[lint]\nignore = ["{rule.name}"]\n\n'
        f'# or weigh it otherwise:\n[lint.severity]\n{rule.name} = "{weights[rule.severity.label]}"\n\n'
        f'# or leave some files out:\n[[lint.per-file]]\npath = "coes/2019/*.md"\nignore = ["{rule.name}"]'
    )
    yield _fenced(config, "toml")
