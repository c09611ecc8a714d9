"""The full-text index: what it is made of, when it is made anew, and what is said where it cannot be made."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from coe.site import fulltext
from coe.site.fulltext import advice, full_text, index, plain
from coe.site.leaves import Leaf, leaves
from coe.site.sections import Section, sections

PAGE = (
    '<!doctype html><html lang="en"><head><title>{title}</title></head><body><nav>Menu {menu}</nav>'
    '<article class="a">{body}</article></body></html>'
)
OURS = '<div class="coe"><h1>{title}</h1><p>{text}</p></div>'


def site(folder: Path, *, coes: int = 3, menu: str = "", **texts: str) -> Path:
    """Write a small finished site."""
    files = {
        "index.html": OURS.format(title="Home", text="A list"),
        "coes/index.html": OURS.format(title="COEs", text="A list"),
        "coes/page/2/index.html": OURS.format(title="COEs", text="A list"),
        "services/checkout/index.html": OURS.format(title="Checkout", text="A list"),
        "services/own.html": "<p>A page of the user</p>",
        "tenets/bounds/index.html": OURS.format(title="Bounds", text="A tenet"),
        "404.html": "<h1>Not found</h1>",
    }
    for number in range(coes):
        name = f"2026-01-{number + 1:02}-a"
        files[f"coes/{name}/index.html"] = OURS.format(title=name, text=texts.get(f"c{number}", f"word{number}"))
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(PAGE.format(title=path, menu=menu, body=body), encoding="utf-8")
    return folder


def words(folder: Path) -> str:
    return "".join(sorted(path.name for path in (folder / "pagefind").rglob("*.pf_fragment")))


def test_lists_are_no_texts_and_the_pages_of_users_are(tmp_path: Path) -> None:
    found = [leaf.path for leaf in leaves(site(tmp_path), {})]
    assert found == [
        "coes/2026-01-01-a/index.html", "coes/2026-01-02-a/index.html", "coes/2026-01-03-a/index.html",
        "services/own.html", "tenets/bounds/index.html",
    ]  # fmt: skip


def test_the_indexer_gets_the_article_and_the_facets_escaped(tmp_path: Path) -> None:
    path = "coes/2026-01-01-a/index.html"
    leaf = next(leaves(site(tmp_path, menu="MENU"), {path: {"tag": ('<b>"x"', "y")}}))
    text = leaf.data.decode()
    assert leaf.path == path
    assert "MENU" not in text
    assert '<i data-pagefind-filter="tag">&lt;b&gt;&quot;x&quot;</i><i data-pagefind-filter="tag">y</i>' in text
    assert '<i data-pagefind-filter="section">coe</i>' in text
    assert "<p>word0</p>" in text


def test_sections_are_what_stands_below_headings() -> None:
    html = (
        '<p>Before</p><h2 id="a">One &amp; <em>two</em><a class="headerlink" href="#a">¶</a></h2><p>Te<b>xt</b><br>more</p>'
        "<table><thead><tr><th>Head</th></tr></thead><tr><td>x</td><td>y</td></tr></table><svg><title>t</title></svg></i>"
        "<details data-pagefind-ignore='all'><p>Left out</p></details><h3>No anchor</h3><p>Rest"
    )
    assert sections(html) == (Section("", "", "Before"), Section("a", "One & two No anchor", "Text more x y Rest"))


def test_nothing_changed_makes_no_shard_anew(tmp_path: Path) -> None:
    pytest.importorskip("pagefind_bin", reason="pagefind is not installed")
    cache, folder = tmp_path / "cache", tmp_path / "site"
    first = index(site(folder), cache=cache, filters={}, bare=True)
    assert (first.pages, first.shards, first.fresh) == (5, 1, 1)
    before = words(folder)
    assert index(site(folder, menu="a new entry"), cache=cache, filters={}, bare=True).fresh == 0
    assert words(folder) == before
    assert index(site(folder, c1="other words"), cache=cache, filters={}, bare=True).fresh == 1
    assert words(folder) != before
    assert len([path for path in cache.iterdir() if path.is_dir()]) == 1, "what no page needs is removed"


def test_one_change_makes_one_shard_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pagefind_bin", reason="pagefind is not installed")
    monkeypatch.setattr(fulltext, "SHARD", 4)
    cache, folder = tmp_path / "cache", tmp_path / "site"
    first = index(site(folder, coes=8), cache=cache, filters={}, bare=True)
    assert (first.pages, first.shards, first.fresh) == (10, 3, 3)
    assert "shards = 3" in (folder / "pagefind/coe.js").read_text()
    assert (folder / "pagefind/2/pagefind-entry.json").is_file()
    assert index(site(folder, coes=8, c4="other words"), cache=cache, filters={}, bare=True).fresh == 1
    assert index(site(folder, coes=9, c4="other words"), cache=cache, filters={}, bare=True).fresh == 1, "the newest is last"


@pytest.mark.parametrize(
    ("pages", "sizes"),
    [(0, []), (1, [1]), (5, [5]), (6, [4, 2]), (9, [4, 5]), (10, [4, 4, 2])],
)
def test_a_small_rest_goes_to_the_last_shard(pages: int, sizes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "SHARD", 4)
    found = [Leaf(f"{number}.html", b"") for number in range(pages)]
    shards = fulltext._shards(found)
    assert [len(shard) for shard in shards] == sizes
    assert [leaf for shard in shards for leaf in shard] == found


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("pagefind_bin", reason="pagefind is not installed")
    filters = {
        f"coes/2026-01-{day + 1:02}-a/index.html": {"tag": (f"t{day}", f"s{day % 3}"), "year": (str(2000 + day),)}
        for day in range(28)
    }
    made = []
    for run in range(3):
        folder = site(tmp_path / f"site{run}", coes=28)
        index(folder, cache=tmp_path / f"cache{run}", filters=filters, bare=True)
        bundle = folder / "pagefind"
        made.append({path.relative_to(bundle): path.read_bytes() for path in bundle.rglob("*") if path.is_file()})
    assert made[0] == made[1] == made[2]
    assert len([path for path in made[0] if path.suffix == ".pf_filter"]) == 3, "of each filter there is one file"


def test_a_draft_takes_the_index_of_the_last_run(tmp_path: Path) -> None:
    pytest.importorskip("pagefind_bin", reason="pagefind is not installed")
    cache, folder = tmp_path / "cache", tmp_path / "site"
    index(site(folder), cache=cache, filters={}, bare=True, is_draft=True)
    assert "shards = 0" in (folder / "pagefind/coe.js").read_text()
    index(folder, cache=cache, filters={}, bare=True)
    drafted = index(site(folder, c0="other words"), cache=cache, filters={}, bare=True, is_draft=True)
    assert (drafted.shards, drafted.fresh) == (1, 0)


def test_the_command_reads_no_settings_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pagefind_bin", reason="pagefind is not installed")
    (tmp_path / "pagefind.yml").write_text("output_path: stolen\nglob: nothing\n")
    monkeypatch.setenv("PAGEFIND_GLOB", "nothing")
    monkeypatch.chdir(tmp_path)
    index(site(tmp_path / "site"), cache=tmp_path / "cache", filters={}, bare=True)
    entry = json.loads((tmp_path / "site/pagefind/pagefind-entry.json").read_text())
    assert entry["languages"]["en"]["page_count"] == 5
    assert not (tmp_path / "stolen").exists()


def test_the_texts_of_a_small_site_are_one_file(tmp_path: Path) -> None:
    plain(site(tmp_path), {})
    docs = json.loads((tmp_path / "pagefind/plain.json").read_text("utf-8"))["docs"]
    assert docs[0] == {"location": "coes/2026-01-01-a/", "title": "2026-01-01-a", "text": "word0"}
    assert [doc["location"] for doc in docs][-2:] == ["services/own.html", "tenets/bounds/"]


def test_without_the_indexer_the_build_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    assert [full_text(coes) for coes in (1, 1000, 1001)] == ["plain", "plain", "none"]
    assert all(re.search(r"pip install 'coekit\[site\]'", advice(mode)) for mode in ("plain", "none"))
    assert advice("pagefind") == ""
