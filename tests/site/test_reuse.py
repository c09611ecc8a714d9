"""A build that takes what is kept gives the same bytes as one that makes everything anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coe.cli.build import KEPT, Wish, make_site
from coe.config import find
from coe.site import engine
from coe.site.store import Store
from tests.site.conftest import COE, MINUTES, TENET, coe, coe_text, small_files, write

POOL = "coes/2026/2026-07-14-pool.md"
SECOND = "coes/2026/2026-07-20-queue.md"
THIRD = "coes/2026/2026-07-21-queue.md"


def build(folder: Path, *, as_of: str = "2026-08-20", reuse: bool = True) -> dict[str, bytes]:
    """Build a site in this process and return its files."""
    assert make_site(find(folder), folder / "site", Wish(as_of=as_of, reuse=reuse))
    return tree(folder / "site")


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cold(folder: Path, elsewhere: Path, **given: str) -> dict[str, bytes]:
    """Return what a first build makes of a copy of a repository."""
    shutil.rmtree(elsewhere, ignore_errors=True)
    shutil.copytree(folder, elsewhere, ignore=shutil.ignore_patterns(".coe"))
    shutil.rmtree(elsewhere / "site", ignore_errors=True)
    return build(elsewhere, **given)


def two_coes() -> dict[str, str]:
    body = (
        "See [the other](2026-07-20-queue.md#what-happened), [a log](log.txt) and ![a picture](picture.png) ![d](drawing.svg)."
    )
    action = (
        "action_items:\n  - {id: A1, title: Bound the pool per tenant, type: prevent, status: open, "
        "owner_team: payments, due: 2026-08-01}\n"
    )
    related = "related: [{type: related, id: 2026-07-20-queue, note: Same pool}]\n"
    return {
        **small_files(body=body, more=action + related),
        SECOND: coe_text("2026-07-20-queue", title="Queue grew in Asia"),
        "coes/2026/log.txt": "one line",
        "coes/2026/picture.png": "PNG",
        "coes/2026/drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "docs/about.md": "# About\n\nThe [first page](index.md) and [a COE](coes/2026-07-14-pool/index.md).\n",
        "docs/index.md": "# Welcome\n\n![logo](logo.png)\n",
        "docs/logo.png": "LOGO",
    }


def replaced(file: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new))

    return edit


def written(files: dict[str, str]) -> Callable[[Path], None]:
    return lambda folder: write(folder, {"coe.toml": (folder / "coe.toml").read_text(), **files}) and None


def deleted(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


def renamed(folder: Path) -> None:
    text = (folder / SECOND).read_text().replace("id: 2026-07-20-queue", "id: 2026-07-21-queue")
    (folder / SECOND).unlink()
    (folder / THIRD).write_text(text)
    (folder / POOL).write_text((folder / POOL).read_text().replace("2026-07-20-queue.md", "2026-07-21-queue.md").replace(
        "id: 2026-07-20-queue", "id: 2026-07-21-queue"
    ))  # fmt: skip


EDITS: dict[str, Callable[[Path], None]] = {
    "the text of a COE": replaced(SECOND, "The pool ran out.", "The queue was full.\n\n### A new heading\n\nMore."),
    "the title of a COE that another one names": replaced(SECOND, "Queue grew in Asia", "Queue grew in Asia and Europe"),
    "a fact of a COE": replaced(SECOND, "severity: SEV2", "severity: SEV1"),
    "a tenet": replaced("tenets/static-stability.md", "title: Static stability", "title: Stability without control"),
    "a new tenet": written(
        {"tenets/retry.md": TENET.replace("static-stability", "retry").replace("Static stability", "Retry")}
    ),
    "minutes": replaced("reviews/2026-W30.md", "outcome: accepted,", "outcome: returned,"),
    "new minutes": written({"reviews/2026-W31.md": MINUTES.replace("W30", "W31").replace("07-24", "07-31")}),
    "the name of a team": replaced("catalog.yaml", "name: Payments", "name: Payments and billing"),
    "the configuration": written({"coe.toml": '[site]\ntitle = "Ours"\n'}),
    "settings of the engine": written({"mkdocs.yml": "site_name: Ours\ntheme: {name: material, custom_dir: over}\n"}),
    "the theme": written({"over/main.html": '{% extends "base.html" %}{% block announce %}Our banner{% endblock %}'}),
    "a style": written({"docs/own.css": "body{}", "mkdocs.yml": "site_name: Ours\nextra_css: [own.css]\n"}),
    "a page of the user": replaced("docs/about.md", "# About", "# About us"),
    "a file of the user": written({"docs/logo.png": "ANOTHER LOGO"}),
    "a template": written(
        {"coe.toml": '[site]\ntemplates = "mine"\n', "mine/site/tenet.html": "<h1>{{ tenet.title }}</h1>"}
    ),
    "a copied file": written({"coes/2026/log.txt": "two lines"}),
    "a picture": written({"coes/2026/drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'><path/></svg>"}),
    "a picture that is too large now": written({"coes/2026/drawing.svg": f"<svg>{' ' * 400_000}</svg>"}),
    "a new COE": written({"coes/2026/2026-07-25-third.md": coe_text("2026-07-25-third", title="A third event here")}),
    "the name of a COE": renamed,
    "a COE that is gone": deleted("coes/2026/2026-07-25-third.md"),
    "a COE that is published no more": replaced(THIRD, "visibility: internal", "visibility: restricted"),
}  # fmt: skip


def test_after_edits_of_every_kind_the_site_is_that_of_a_first_build(tmp_path: Path) -> None:
    folder = write(tmp_path / "warm", two_coes())
    assert build(folder) == cold(folder, tmp_path / "cold")
    for name, edit in EDITS.items():
        edit(folder)
        made, due = build(folder), cold(folder, tmp_path / "cold")
        assert sorted(made) == sorted(due), name
        assert [path for path in made if made[path] != due[path]] == [], name
    later, due = build(folder, as_of="2026-07-25"), cold(folder, tmp_path / "cold", as_of="2026-07-25")
    assert later == due, "another day"


def engine_runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by the number of staged pages with each run of the engine."""
    runs: list[int] = []
    run = engine._mkdocs

    def counted(settings: Path, output: Path) -> tuple[str, ...]:
        runs.append(len(list((settings.parent / "docs").rglob("*.md"))))
        return run(settings, output)

    monkeypatch.setattr(engine, "_mkdocs", counted)
    return runs


def test_the_engine_runs_only_for_pages_of_a_new_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = small_files() | {f"coes/2026/2026-06-{day}-old.md": coe_text(f"2026-06-{day}-old") for day in range(10, 30)}
    folder, runs = write(tmp_path / "r", files), engine_runs(monkeypatch)
    first = build(folder)
    assert runs.pop() < sum(path.endswith("index.html") and "/present/" not in path for path in first)
    build(folder)
    replaced(POOL, "The pool ran out.", "The pool was empty.")(folder)
    assert b"The pool was empty." in build(folder)["coes/2026-07-14-pool/index.html"]
    replaced("coes/2026/2026-06-10-old.md", "Checkout errors in Europe", "Checkout errors in Asia")(folder)
    replaced("coes/2026/2026-06-11-old.md", "## What happened", "## What really happened")(folder)
    build(folder)
    assert runs == []
    replaced(POOL, "The pool was empty.", "The pool was empty.\n\n#### Another heading\n\nText.")(folder)
    build(folder)
    assert runs == [14], "the twelve of the navigation, this page, and a trial of its shape"
    replaced(POOL, "Another heading", "One more heading")(folder)
    build(folder)
    assert len(runs) == 1


@pytest.mark.parametrize("harm", ["index", "page", "documents", "gone", "foreign"])
def test_a_store_that_was_harmed_is_not_believed(tmp_path: Path, harm: str) -> None:
    folder = write(tmp_path / "r", two_coes())
    due = build(folder)
    kept = folder / KEPT / "mkdocs-internal"
    pages = [file for file in (kept / "files").rglob("*") if file.is_file() and b"Queue grew" in file.read_bytes()]
    assert pages
    if harm == "index":
        (kept / "index").write_bytes((kept / "index").read_bytes()[:-9] + b"something")
    elif harm == "documents":
        for file in (kept / "documents").iterdir():
            file.write_bytes(b"[]")
    elif harm == "foreign":
        other = write(tmp_path / "other", small_files())
        build(other)
        shutil.rmtree(kept)
        shutil.copytree(other / KEPT / "mkdocs-internal", kept)
    for file in pages:
        if harm == "page":
            file.write_bytes(file.read_bytes().replace(b"Queue grew", b"Queue fell"))
        if harm == "gone":
            file.unlink()
    assert build(folder) == due
    assert build(folder) == due


@pytest.mark.parametrize("harm", ["another text", "shorter", "link", "folder", "gone"])
def test_a_site_that_was_harmed_is_not_believed(tmp_path: Path, harm: str) -> None:
    folder = write(tmp_path / "r", two_coes())
    due = build(folder)
    for name in ("api/v1/coes/2026-07-14-pool.json", "logo.png"):
        file = folder / "site" / name
        told = file.read_bytes()
        if harm == "another text":
            file.write_bytes(bytes(byte ^ 1 for byte in told))
        elif harm == "shorter":
            file.write_bytes(told[:-1])
        else:
            file.unlink()
        if harm == "link":
            (tmp_path / file.name).write_bytes(told)
            file.symlink_to(tmp_path / file.name)
        elif harm == "folder":
            file.mkdir()
    assert build(folder) == due
    assert not any(file.is_symlink() for file in (folder / "site").rglob("*"))


def test_a_file_that_is_still_the_same_is_not_written_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "r", two_coes())
    build(folder)
    names = [f"api/v1/coes/{name}.json" for name in ("2026-07-14-pool", "2026-07-20-queue")]
    before = [(folder / "site" / name).stat().st_ino for name in names]
    replaced(SECOND, "severity: SEV2", "severity: SEV1")(folder)
    build(folder)
    after = [(folder / "site" / name).stat().st_ino for name in names]
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_what_the_last_build_did_not_use_goes(tmp_path: Path) -> None:
    folder = write(tmp_path / "r", two_coes())
    build(folder)
    for number in range(3):
        (folder / POOL).write_text((folder / POOL).read_text() + f"\nLine {number}.\n")
        build(folder)
    site = tree(folder / "site")
    kept = tree(folder / KEPT / "mkdocs-internal" / "files")
    stencils = {content for content in Store(folder / KEPT / "mkdocs-internal").index.stencils.values() if content}
    left = {data for path, data in kept.items() if path.split("/")[-1] not in stencils} - set(site.values())
    assert stencils
    assert all(b"404" in data for data in left), "the engine's own page for what is not there, of which ours is made"
    assert len(left) == 1


def test_plugins_that_may_change_any_page_make_the_engine_make_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, runs = write(tmp_path / "r", two_coes()), engine_runs(monkeypatch)
    hook = "def on_post_page(output, page, config):\n    return output.replace('</body>', '<!-- ours --></body>')\n"
    write(folder, {"mkdocs.yml": "site_name: x\nhooks: [hook.py]\n", "hook.py": hook})
    due = build(folder)
    assert b"<!-- ours -->" in due["coes/2026-07-14-pool/index.html"]
    assert build(folder) == due
    assert runs[0] == runs[1]


def test_two_builds_at_once_give_the_same_site(tmp_path: Path) -> None:
    folder = write(tmp_path / "r", two_coes())
    command = [sys.executable, "-W", "ignore", "-m", "coe", "build", "--as-of", "2026-08-20", str(folder)]
    both = [subprocess.Popen([*command, "-o", str(tmp_path / name)], stderr=subprocess.DEVNULL) for name in ("a", "b")]
    assert [one.wait(120) for one in both] == [0, 0]
    assert tree(tmp_path / "a") == tree(tmp_path / "b") == cold(folder, tmp_path / "cold")


def test_everything_is_made_anew_when_asked(tmp_path: Path) -> None:
    folder = write(tmp_path / "r", {"coe.toml": "", POOL: COE.format(
        id="2026-07-14-pool", title="Checkout errors in Europe", status="draft", visibility="internal", more="", body="Text."
    )})  # fmt: skip
    assert coe("build", cwd=folder).returncode == 0
    assert ", 0 changed" in coe("build", cwd=folder).stderr
    assert ", 0 changed" not in coe("build", "--no-cache", cwd=folder).stderr
