"""What one audience may not read is in no byte of the site that is built for it, whatever kind of file that is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.canary import PLACES, canary, catalog, coe_fields, commit, document, found, holds, other_documents, planted, png
from tests.site.conftest import write

NAME, DRAFT, HIDDEN, INSIDE = "2026-07-14-pool", "2026-07-15-draft", "2026-07-16-hidden", "2026-07-17-inside"
SECRETS = {
    "mark": "<redact>{}</redact>", "entry": "acme{}", "pattern": "node-{}.prod", "url": "https://{}.corp.example.net/x",
    "private host": "http://{}/dash", "private name": "{}.eu.internal", "address": "http://10.1.2.3/{}",
    "mail": "{}@example.com", "login": "ssh://root@10.0.0.9/{}",
}  # fmt: skip
PLAIN = ("PAY-812", "10.1.2.3", "10.0.0.9", "Sarah", HIDDEN, INSIDE, DRAFT)
SETTINGS = """\
[site]
public = ["tenets", "programs"]
internal-hosts = ["corp.example.net"]
[[site.redact]]
pattern = "acme*"
replacement = "a customer"
[[site.redact]]
pattern = "node-*.prod"
"""


def secrets(place: str) -> str:
    """Return a text with one secret of each kind, and words that everybody may read."""
    if place.endswith("title"):
        return f"Open words of a title <redact>{canary(place)}</redact>"
    people = f"{canary('given name').title()} {canary('family name').title()} saw it, @{canary('handle')} told Sarah"
    told = " and ".join(form.format(canary(f"{place} {kind}")) for kind, form in SECRETS.items())
    return f"Open words, {people}, PAY-812 and {told}"


def body(place: str) -> str:
    """Return a narrative with secrets in everything that Markdown has."""
    return f"""\
Open narrative. {secrets(place + " text")}

# A heading with <redact>{canary(place + " heading")}</redact>

| a | b |
|---|---|
| {secrets(place + " cell")} | c |

```
{secrets(place + " code")} 10.0.0.9
```

See [a page](../../{canary(place + " path")}/notes.md "{secrets(place + " name").replace(chr(34), "")}"), [d](img/d.svg),
[the log](img/{canary("log name")}.txt), [dash](https://{canary(place + " dash")}.corp.example.net/d/1?x=1),
[hidden]({HIDDEN}.md), [ref][r] and {HIDDEN}, {INSIDE}, {DRAFT}. <!-- {canary(place + " comment")} -->
![a picture](../coes/2026/img/{canary("picture name")}.png) ![a picture](img/{canary("picture name")}.png) ![drawn](img/d.svg)

<details><summary>{secrets(place + " html")}</summary></details>

Entities hide &#97;cme{canary(place + " entity")} from nobody.

[r]: http://{canary(place + " reference")}.internal/x
"""


def repository(folder: Path) -> None:
    """Write a repository whose public documents have secrets in every text, beside COEs of other visibilities."""
    fields = coe_fields(NAME, secrets, visibility="public")
    fields["incident_refs"] = [{"system": "x", "id": "PAY-812"}]
    fields["learnings"][0]["audience"] = "public"
    fields["learnings"].append(fields["learnings"][0] | {"id": "L2", "audience": "org", "statement": canary("org learning")})
    fields["communications"].append(fields["communications"][0] | {"audience": "internal", "text": canary("inside message")})
    tied = [{"type": "related", "id": HIDDEN, "note": canary("note on hidden")}]
    texts = {
        f"coes/2026/{NAME}.md": document(fields | {"related": [*tied, {"type": "related", "id": INSIDE}]}, body("public")),
        f"coes/2026/{DRAFT}.md": document(coe_fields(DRAFT, visibility="public", status="draft"), canary("draft body")),
        f"coes/2026/{HIDDEN}.md": document(coe_fields(HIDDEN, visibility="restricted"), canary("hidden body")),
        f"coes/2026/{INSIDE}.md": document(coe_fields(INSIDE, visibility="internal", related=tied), canary("inside body")),
        **other_documents(secrets, body),
    }
    write(folder, {**texts, "catalog.yaml": catalog(texts), "coe.toml": SETTINGS})
    images = folder / "coes/2026/img"
    images.mkdir()
    (images / f"{canary('picture name')}.png").write_bytes(png(canary("picture bytes")))
    (images / f"{canary('loose name')}.png").write_bytes(png(canary("loose bytes")))
    (images / f"{canary('log name')}.txt").write_text(canary("log bytes"))
    (images / "d.svg").write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><title>{canary('drawing')}</title></svg>")
    (folder / "notes.md").write_text(canary("loose file"))
    commit(folder, f"Write {canary('first subject')}")
    with (folder / f"coes/2026/{NAME}.md").open("a") as file:
        file.write("\nOne more open word.\n")
    commit(folder, f"Rework {canary('commit subject')}")


@pytest.fixture(scope="session")
def site_for(build_once: Callable[..., Path]) -> Callable[[str], Path]:
    """Return a function that gives the repository with its site built for an audience."""
    return lambda audience: build_once(f"canary-{audience}", repository, "--audience", audience, "--no-strict")


def test_nothing_but_open_words_is_in_a_site_for_the_public(site_for: Callable[[str], Path], tmp_path: Path) -> None:
    folder = site_for("public")
    repository(tmp_path / "again")  # so that the places of the strings are known in this process
    assert len(planted(folder)) > 400
    assert {PLACES[token]: files for token, files in found(folder / "site").items()} == {}
    assert {word: files for word in PLAIN if (files := holds(folder / "site", word))} == {}
    page = (folder / "site/coes" / NAME / "index.html").read_text("utf-8")
    assert page.count("Open words") > 30, "the documents are there"
    assert page.count('class="coe-redacted"') + page.count("class=coe-redacted") > 100, "what was taken out is shown as such"
    assert "redacted: a customer" in page
    assert "Open words" in (folder / "site/tenets/static-stability/index.html").read_text("utf-8")


def test_nothing_of_a_restricted_coe_is_in_a_site_for_people_inside(site_for: Callable[[str], Path], tmp_path: Path) -> None:
    folder = site_for("internal")
    repository(tmp_path / "again")
    there = found(folder / "site")
    # A team or role that the catalog lists may be read by people inside, whoever else names it.
    own = planted_in(folder / f"coes/2026/{HIDDEN}.md") - planted_in(folder / "catalog.yaml")
    hidden = own | {canary("note on hidden")}
    assert len(hidden) > 40
    assert {PLACES[token]: there[token] for token in hidden if token in there} == {}
    assert holds(folder / "site", HIDDEN) == []
    people = {canary("mail"), canary("author"), canary("author mail")}
    assert {PLACES[token]: there[token] for token in people if token in there} == {}
    read = ("picture bytes", "drawing", "log bytes", "public text mark", "org learning", "inside message", "inside body")
    for place in read:
        assert canary(place) in there, f"{place}: what they may read is found, so the search for the rest means something"


def planted_in(file: Path) -> set[str]:
    """Return the strings in one file."""
    import re

    return set(re.findall(r"zq[0-9a-f]{12}", file.read_text("utf-8")))


def test_all_of_it_is_in_a_restricted_site(site_for: Callable[[str], Path]) -> None:
    there = found(site_for("restricted") / "site")
    assert canary("hidden body") in there
    assert canary("note on hidden") in there
