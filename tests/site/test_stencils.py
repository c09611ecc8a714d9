"""A page that is filled into a stencil is byte for byte the page that the engine makes of its frame."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coe.cli.build import KEPT, EngineName, Wish, make_site
from coe.cli.serve import _Desk
from coe.config import find
from coe.site import frames, regular, run
from coe.site.page import page
from coe.site.stencil import cut, loaded, stencil_of
from coe.site.store import Index, Store, packed, unpacked
from tests.site.conftest import CATALOG, TENET, coe_text, write

ENGINES = [
    "mkdocs",
    pytest.param(
        "zensical",
        marks=pytest.mark.skipif(not importlib.util.find_spec("zensical"), reason="zensical is not installed"),
    ),
]
WORDS = (
    "Checkout's errors (50 %) - Q&A / AT&T: what's next?",
    "a < b > c <b>bold</b> <!-- no --> &amp; &lt;i&gt; &#60; &copy=1",
    "Says \"yes\" and 'no' `code` *star* _under_ [link](https://example.com/x) \\ ~ ^ | @ # ! +",
    "Café à Zürich, naïve Straße, A\u030angström \u212b \ufb01",
    "تعطل الدفع في أوروبا",
    "支付在欧洲中断了三个小时零五分钟",
    "Fire 🔥 family 👨‍👩‍👧 flag 🇪🇺",
    "Costs $5 and $x$ {{ config.site_name }} {% raw %} {# no #} ${HOME}",
    "1st of 2024 things: 3/4 done -- twice... (c) (tm)",
    "Long " + "word " * 22 + "x",
    "\u200b soft\u00adhyphen and \u200fmark",
)
"""Titles and headings of COEs that are alike but for them."""


def pages(count: int = len(WORDS)) -> dict[str, str]:
    """Return a repository with COEs of one shape, one for each title."""
    found = {"catalog.yaml": CATALOG, "tenets/static-stability.md": TENET}
    for at in range(count):
        words = [json.dumps(word, ensure_ascii=False)[1:-1] for word in (WORDS[at], WORDS[(at + 1) % len(WORDS)])]
        name = f"2026-06-{10 + at}-{'credit-blob' if at == 3 else 'event'}-{at}"
        body = (
            f"## {WORDS[(at + 2) % len(WORDS)]}\n\nText.\n\n### {at}. step of it {'word ' * 200 if at == 5 else ''}\n\nMore.\n"
        )
        text = coe_text(name, title=f'"{words[0]}"', body=body, more=f'summary: "{words[1]}"\n')
        found[f"coes/2026/{name}.md"] = text
    return found


RICH = """\
site_name: Ours
site_url: https://example.com/coe/
repo_url: https://github.com/example/edit
edit_uri: edit/main/docs/
extra_css: [own.css]
theme:
  name: material
  features: [content.action.edit, content.action.view, navigation.path, navigation.indexes, toc.integrate, navigation.footer]
nav:
  - About: about.md
  - One of them: coes/2026-06-12-event-2/index.md
"""
OWN = {"docs/about.md": "# About\n\nSee [one](coes/2026-06-11-event-1/index.md).\n", "docs/own.css": "body{}"}
FEEDBACK = """\
site_name: x
extra:
  analytics:
    provider: google
    feedback: {title: Was it of use, ratings: [{icon: material/thumb-up-outline, name: Yes, data: 1, note: "See {title}"}]}
"""
OVERRIDES = "site_name: x\ntheme: {name: material, custom_dir: over}\n"
BASE = '{% extends "base.html" %}{% block announce %}Ours: {{ config.site_name }}{% endblock %}'
AROUND = """\
{% extends "base.html" %}
{% block header %}
  {{ super() }}
{% endblock %}
{%- block footer -%} <p>Ours</p> {{- super() -}} {%- endblock footer -%}
"""
SETTINGS: dict[str, tuple[dict[str, str], bool]] = {
    "none": ({}, True),
    "much": ({"mkdocs.yml": RICH, **OWN}, True),
    "files": ({"mkdocs.yml": "site_name: x\nuse_directory_urls: false\nmarkdown_extensions: [smarty, nl2br]\n"}, True),
    "all extensions that know no words": (
        {"mkdocs.yml": f"site_name: x\nmarkdown_extensions: [{', '.join(sorted(regular._ALIKE))}]\n"}, True
    ),
    "an override": ({"mkdocs.yml": OVERRIDES, "over/main.html": BASE}, True),
    "an override that keeps what the theme has": ({"mkdocs.yml": OVERRIDES, "over/main.html": AROUND}, True),
    "an override that looks at pages": (
        {"mkdocs.yml": OVERRIDES, "over/partials/top.html": "<b>{{ page.title | upper }}</b>"}, False
    ),
    "an extension that knows words": ({"mkdocs.yml": "site_name: x\nmarkdown_extensions: [pymdownx.smartsymbols]\n"}, False),
    "words that are encoded": ({"mkdocs.yml": FEEDBACK}, False),
}  # fmt: skip


class Engine:
    """Sees which frames the engine is given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.runs: list[set[str]] = []
        self._patch, made = monkeypatch, run.engine_made
        monkeypatch.setattr(run, "engine_made", lambda content, given, name: self._seen(given) or made(content, given, name))

    def _seen(self, given: dict[str, str]) -> None:
        self.runs.append(set(given))

    def alone(self) -> None:
        """Let it make each page."""
        self._patch.setattr(run, "free", lambda *_: lambda _: False)


def build(folder: Path, engine: str) -> dict[str, bytes]:
    assert make_site(find(folder), folder / "site", Wish(as_of="2026-08-20", engine=EngineName(engine)))
    site = folder / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def unlike(made: dict[str, bytes], due: dict[str, bytes]) -> list[str]:
    return sorted(path for path in made.keys() | due.keys() if made.get(path) != due.get(path))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("settings", SETTINGS)
def test_a_site_of_stencils_is_that_of_the_engine_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, engine: str
) -> None:
    (files, is_regular), seen = SETTINGS[settings], Engine(monkeypatch)
    folder = write(tmp_path / "r", {**pages(), **files})
    made = build(folder, engine)
    first = set[str]().union(*seen.runs)
    for at in range(4):  # the words of one become those of another
        file = folder / f"coes/2026/2026-06-1{at}-{'credit-blob' if at == 3 else 'event'}-{at}.md"
        file.write_text(file.read_text("utf-8").replace(WORDS[(at + 2) % len(WORDS)], "Another heading, 2 of it"), "utf-8")
    later = build(folder, engine)
    seen.alone()
    write(tmp_path / "due", {**pages(), **files})
    assert unlike(made, build(tmp_path / "due", engine)) == []
    for file in (folder / "coes").rglob("*.md"):
        (tmp_path / "due" / file.relative_to(folder)).write_bytes(file.read_bytes())
    assert unlike(later, build(tmp_path / "due", engine)) == []
    given = {path for path in first if path.startswith("coes/2026-")}
    assert (len(given) < len(WORDS) - 4) is is_regular, "most were filled in, or none"


def test_a_new_title_or_heading_takes_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, seen = write(tmp_path / "r", pages()), Engine(monkeypatch)
    build(folder, "mkdocs")
    assert len(seen.runs) == 1
    file = folder / "coes/2026/2026-06-10-event-0.md"
    file.write_text(file.read_text("utf-8").replace("Checkout's errors", "“Späte” ✓ errors").replace("0. step", "Zero: a step"))
    made = build(folder, "mkdocs")["coes/2026-06-10-event-0/index.html"].decode()
    assert "“Späte” ✓ errors" in made
    assert "Zero: a step" in made.replace("&#58;", ":")
    assert len(seen.runs) == 1


def test_a_stencil_that_does_not_give_its_page_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, seen = write(tmp_path / "r", pages()), Engine(monkeypatch)
    believed = frames.stencil_of

    def wrong(made: bytes, *given: object) -> object:
        return believed(made.replace(b"</body>", b"<!-- of a trial --></body>"), *given)

    monkeypatch.setattr(frames, "stencil_of", wrong)
    made = build(folder, "mkdocs")
    assert len(seen.runs) == 2, "the engine makes those that were left"
    assert not seen.runs[0] & {path for path in seen.runs[1] if path.startswith("coes/2026-")}
    monkeypatch.setattr(frames, "stencil_of", believed)
    file = folder / "coes/2026/2026-06-10-event-0.md"
    file.write_text(file.read_text("utf-8").replace("Checkout's errors", "More errors"), "utf-8")
    build(folder, "mkdocs")
    assert not any("Qz" in path for path in seen.runs[2]), "and it is not tried again"
    file.write_text(file.read_text("utf-8").replace("More errors", "Checkout's errors"), "utf-8")
    seen.alone()
    assert unlike(made, build(folder, "mkdocs")) == []


def test_a_harmed_stencil_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, seen = write(tmp_path / "r", pages()), Engine(monkeypatch)
    build(folder, "mkdocs")
    kept = folder / KEPT / "mkdocs-internal"
    stencils = {content for content in Store(kept).index.stencils.values() if content}
    assert stencils
    for content in stencils:
        (kept / "files" / content[:2] / content).write_bytes(b"0:0\0harmed\0harmed")
    file = folder / "coes/2026/2026-06-10-event-0.md"
    file.write_text(file.read_text("utf-8").replace("Checkout's errors", "More errors"), "utf-8")
    assert b"harmed" not in b"".join(build(folder, "mkdocs").values())
    assert len(seen.runs) == 2


def framed(**given: str) -> Callable[..., object]:
    words = {"title": "Title", "heading": "Some words", "name": "some"} | given
    made = page(
        "coes/one/index.md", f'<p>a</p><h2 id="{words["name"]}" data-toc>{words["heading"]}</h2><p>b</p>', title=words["title"]
    )
    return cut(made.path, made.frame, is_free=lambda folder: folder == "one")


def test_pages_that_differ_in_words_have_one_shape() -> None:
    one, other = framed(), framed(title="A &", heading="x &lt; y", name="x")
    assert one.shape("k") == other.shape("k") != one.shape("l")
    assert one.words == ("one", "Title", "Some words", "some")
    assert framed(title="").shape("k") != one.shape("k"), "a theme shows something else where there is none"


def test_words_of_which_nobody_can_know_what_becomes_of_them_are_left_to_the_engine() -> None:
    assert framed(heading="noncharacter \U0001fffe") is None
    twice = page("coes/one/index.md", '<h2 id="a" data-toc>x</h2><h2 id="a" data-toc>y</h2>', title="t")
    assert cut(twice.path, twice.frame, is_free=lambda _: True) is None
    assert cut(twice.path, twice.frame, is_free=lambda _: False) is None


def test_a_stencil_knows_how_each_place_shows_words() -> None:
    found = framed(heading="Q&amp;A")
    path, frame = found.trial("0" * 40)
    assert max(map(len, path.split("/"))) < 40, "some systems end paths at 260"
    made = (path + frame).encode()
    stencil = stencil_of(made, found.kinds, "0" * 40)
    assert loaded(stencil.dumped()) == stencil
    assert b"## Q&#38;A {#some}" in stencil.page(found.words)
    for harm in (
        bytes.upper,
        bytes.lower,
        lambda data: data.replace(b"&#63;", b"?"),
        lambda data: data[:-4] + b"\0" + data[-4:],
    ):
        assert stencil_of(harm(made), found.kinds, "0" * 40) is None


def test_an_index_of_another_version_is_not_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save(Index(stencils={"shape": ""}))
    assert Store(tmp_path).index.stencils == {"shape": ""}
    written = unpacked((tmp_path / "index").read_bytes())
    (tmp_path / "index").write_bytes(packed(written.replace(b"site store 2", b"site store 1")))
    assert Store(tmp_path).index == Index()


def test_a_new_title_is_shown_at_once_where_somebody_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"mkdocs.yml": "site_name: x\nnav: [{One: coes/2026-06-11-event-1/index.md}]\n"}
    folder, seen = write(tmp_path / "r", {**pages(), **files}), Engine(monkeypatch)
    desk = _Desk(folder, find(folder), Wish(as_of="2026-08-20", is_draft=True))
    assert desk.whole()
    for name, shown in (("2026-06-10-event-0", True), ("2026-06-11-event-1", None)):
        file = folder / f"coes/2026/{name}.md"
        file.write_text(file.read_text("utf-8").replace('title: "', 'title: "Zebra: '), "utf-8")
        assert desk.some(frozenset({file})) is shown, "a page that the navigation names is made by the engine"
    assert "<title>Zebra: Checkout" in (desk.site / "coes/2026-06-10-event-0/index.html").read_text("utf-8")
    assert len(seen.runs) == 1
    assert desk.whole()
    assert len(seen.runs) == 2
