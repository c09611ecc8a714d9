"""A repository in which every text of every document attacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from tests.site.conftest import ROOT, small_files, write

PAYLOAD = (
    "<script>window.pwned=1</script> <img src=x onerror=window.pwned=1> \"'><svg onload=window.pwned=1> "
    '</title></textarea><script>window.pwned=1</script> {{ 7*7 }} {% raw %} ${7*7} `code` ```mermaid --8<-- "coe.toml" '
    "[x](javascript:window.pwned=1) ![](data:x) <!-- x --> ]]> *[a]: b &lt;b&gt; \u2028 end"
)
SETTINGS = """\
site_name: Hostile
markdown_extensions: [md_in_html, pymdownx.superfences, pymdownx.snippets, attr_list, abbr, footnotes, admonition]
"""
TEXT_FIELDS = frozenset({
    "summary", "text", "statement", "because", "why", "undetected_because", "note", "notes", "context", "actor", "evidence",
    "answer", "halve", "success_criteria", "reason", "ref", "source", "channel", "accepted_risk", "rationale", "done_when",
    "system", "unit", "regions", "zones", "cells", "environments", "sources", "name", "description", "seed",
})  # fmt: skip


def poisoned(value: Any, key: str = "") -> Any:
    """Return fields with the payload at the end of every text."""
    if isinstance(value, dict):
        return {name: poisoned(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, key) for item in value]
    if key == "title":
        return f"{value[:20]} <script>window.pwned=1</script><img src=x onerror=window.pwned=1>"
    return f"{value[:30]} {PAYLOAD}" if key in TEXT_FIELDS and not value.startswith("role:") else value


def hostile(folder: Path) -> None:
    """Write a repository in which every text of every document attacks, from an example that has all kinds of them."""
    source = (ROOT / "examples/coes/2025/2025-10-20-aws-dynamodb-dns-us-east-1.md").read_text("utf-8")
    fields = yaml.load(source.split("---\n")[1], Loader=yaml.BaseLoader)  # noqa: S506 (texts only)
    fields["related"] = []
    fields["communications"] = [
        {"at": "2025-10-20T08:00:00Z", "channel": "x", "audience": "public", "state": "identified", "text": "x"}
    ]
    fields["detection"] = {"method": "canary", "source": "x"}
    fields["revisions"] = [{"at": "2025-10-30", "text": "x"}]
    fields["learnings"] = [
        {"id": "L1", "statement": "x", "audience": "org", "tenet": "static-stability", "program": "retry-budgets"}
    ]
    fields["impact"]["slo"] = [{"ref": "x", "budget_consumed_percent": "3"}]
    body = f"# {PAYLOAD}\n\n{PAYLOAD}\n\n- {PAYLOAD}\n\n> {PAYLOAD}\n\n"
    body += f"| a | {PAYLOAD.replace('|', '')} |\n|---|---|\n| b | c |\n\n"
    body += f"```{PAYLOAD.replace('`', '')}\n{PAYLOAD}\n```\n\n    {PAYLOAD}\n\n![{PAYLOAD}](https://example.org/x.png)\n"
    files = small_files()
    files.pop("coes/2026/2026-07-14-pool.md")
    catalog = yaml.load((ROOT / "examples/catalog.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    small = yaml.load(files["catalog.yaml"], Loader=yaml.BaseLoader)  # noqa: S506
    joined = {key: catalog.get(key, []) + small[key] for key in ("teams", "services", "roles")}
    for name, text in list(files.items()):
        if name.endswith(".md"):
            other = yaml.load(text.split("---\n")[1], Loader=yaml.BaseLoader)  # noqa: S506
            if "reviewed" in other:
                other["reviewed"] = [{"coe": fields["id"], "outcome": "accepted", "notes": "x"}]
            files[name] = f"---\n{json.dumps(poisoned(other), ensure_ascii=False)}\n---\n\n{body}"
    files["catalog.yaml"] = json.dumps(poisoned(joined), ensure_ascii=False)
    files[f"coes/2025/{fields['id']}.md"] = f"---\n{json.dumps(poisoned(fields), ensure_ascii=False)}\n---\n\n{body}"
    files["mkdocs.yml"] = SETTINGS
    write(folder, files)
