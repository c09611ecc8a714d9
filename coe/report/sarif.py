"""SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from coe import __version__
from coe.diagnostic import Diagnostic, Fix, Severity
from coe.explain import page, url
from coe.report.json_report import as_json
from coe.report.outcome import Look, Outcome
from coe.report.terminal import one_line
from coe.rule import Rule, all_rules
from coe.text import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
_BRACKET = re.compile(r"([\[\]\\])")


def render(outcome: Outcome, look: Look) -> str:  # noqa: ARG001 (a machine has no look)
    """Return one run with the findings, and with the rules that found something."""
    names = {one.rule for one in outcome.diagnostics}
    rules = [rule for rule in all_rules() if rule.name in names]
    places = {rule.name: index for index, rule in enumerate(rules)}
    driver = {
        "name": "coekit",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": "https://coekit.github.io/coekit/",
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which coe ran."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "defaultEncoding": "utf-8",
        "results": [_result(one, places) for one in outcome.diagnostics],
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    text = page(rule)
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary}\n\n{rule.explanation}".strip()},
        "help": {"text": text, "markdown": text},
        "helpUri": url(rule),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"code": rule.code, "tags": [rule.family], "problem.severity": _PROBLEMS[rule.severity]},
    }


def _result(one: Diagnostic, places: dict[str, int]) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(one.path), "region": _region(one, one.span)}}
    if one.field:
        location["logicalLocations"] = [{"fullyQualifiedName": one_line(one.field), "kind": "member"}]
    result: dict[str, Any] = {
        "ruleId": one.rule,
        **({"ruleIndex": places[one.rule]} if one.rule in places else {}),
        "level": _LEVELS[one.severity],
        "message": {"text": _shown(one.message, one.help)},
        "locations": [location],
        "partialFingerprints": {"coeFinding/v1": one.fingerprint},
    }
    if one.fix and one.fix.safety == "safe":
        result["fixes"] = [_fix(one, one.fix)]
    return result


def _shown(*texts: str | None) -> str:
    """Return texts as lines of a message; what a document says must not become a link in a viewer."""
    text = "\n".join(one_line(text) for text in texts if text)
    return _BRACKET.sub(r"\\\1", text) if "](" in text else text


def _fix(one: Diagnostic, fix: Fix) -> dict[str, Any]:
    replacements = [{"deletedRegion": _region(one, edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    return {
        "description": {"text": _shown(one.help or one.message)},
        "artifactChanges": [{"artifactLocation": _artifact(one.path), "replacements": replacements}],
    }


def _artifact(path: str) -> dict[str, str]:
    """Return a path as a URI: relative to where coe ran, or of the scheme `file` when it is absolute."""
    encoded = quote(path.encode("utf-8", "surrogateescape"), safe="/")
    if PurePosixPath(path).is_absolute():
        return {"uri": f"file://{encoded}"}
    if PureWindowsPath(path).is_absolute():
        return {"uri": f"file:///{encoded.replace('%3A', ':', 1)}"}
    return {"uri": encoded, "uriBaseId": _ROOT}


def _region(one: Diagnostic, span: Span) -> dict[str, int]:
    position = one.source.lines.position
    start, end = position(span.start), position(span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
