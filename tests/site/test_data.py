"""What other programs read: Atom, iCalendar, JSON, sitemap, robots.txt and the page for what is not there."""

from __future__ import annotations

import calendar
import functools
import http.server
import json
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import icalendar
import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from coe.exchange import folded
from coe.site.api_schema import api_schema
from tests.site.conftest import AS_OF, ROOT, coe, coe_text, small_files, write

URL = "https://coe.example.com/sub/"
PAYLOAD = '<script>alert(1)</script> ]]> & "q"; a,b \\n {{ 7*7 }} \\u2028 日本語 \\x07 end'
TITLE = f'"Checkout {PAYLOAD}"'
MORE = """\
published: 2026-07-20
revisions: [{at: 2026-08-03, text: Two more cells.}]
summary: "%s"
action_items:
  - {id: A1, title: "Bound it; %s", type: prevent, status: open, owner_team: payments, due: 2026-09-01, created: 2026-07-21,
     extensions: [{from: 2026-08-01, to: 2026-09-01, reason: Freeze.}]}
  - {id: A2, title: Nothing is due, type: detect, status: open, owner_team: payments}
  - {id: A3, title: It is done, type: detect, status: done, owner_team: payments, due: 2025-11-01, completed: 2025-11-02}
learnings: [{id: L1, statement: "Bound it %s", audience: org, tenet: static-stability}]
""" % ((PAYLOAD.replace('"q"', "q"),) * 3)
ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def make(folder: Path) -> None:
    """Write a repository with hostile texts, a COE of another state, and a site with an address."""
    files = small_files(status="published", title=TITLE.replace('"q"', "q"), more=MORE)
    files["coes/2026/2026-07-01-old.md"] = coe_text("2026-07-01-old", status="closed", title="Search failed in Asia")
    files["coes/2026/2026-08-01-draft.md"] = coe_text("2026-08-01-draft", title="Not yet published for anybody")
    write(folder, {**files, "mkdocs.yml": f"site_name: Ours\nsite_url: {URL}\n"})


@pytest.fixture(scope="session")
def site(build_once: Callable[..., Path]) -> Path:
    return build_once("data", make) / "site"


def test_feeds_are_atom_as_its_standard_has_it(site: Path) -> None:
    every = sorted(file.relative_to(site / "feeds").as_posix() for file in (site / "feeds").rglob("*.xml"))
    names = [name for name in every if name != "reviews.xml"]
    assert names == ["coes.xml", "services/checkout.xml", "teams/payments.xml"]
    ids = set()
    for name in names:
        root = ET.fromstring((site / "feeds" / name).read_bytes())  # noqa: S314 (our own)
        for one in (root, *root.iter(f"{ATOM}entry")):
            required = {child: one.findall(f"{ATOM}{child}") for child in ("id", "title", "updated")}
            assert all(len(found) == 1 and found[0].text for found in required.values()), "RFC 4287, 4.1"
            assert MOMENT.fullmatch(required["updated"][0].text or "")
            assert (required["id"][0].text or "").startswith("urn:uuid:")
        assert root.find(f"{ATOM}author/{ATOM}name") is not None, "4.1.1: an author of the feed, or of each entry"
        own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert own == [f"{URL}feeds/{name}"]
        entries = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
        assert len(entries) == len(set(entries)) == 2, "published and closed ones, each once"
        ids.add(root.findtext(f"{ATOM}id"))
        read = feedparser.parse((site / "feeds" / name).read_bytes())
        assert not read.bozo
        assert read.version == "atom10"
    assert len(ids) == len(names)


def test_an_entry_says_what_the_document_says(site: Path) -> None:
    read = feedparser.parse((site / "feeds/coes.xml").read_bytes())
    newest = read.entries[0]
    assert newest.link == f"{URL}coes/2026-07-14-pool/"
    assert calendar.timegm(newest.published_parsed) == calendar.timegm((2026, 7, 20, 0, 0, 0))
    assert newest.updated == "2026-08-03T00:00:00Z"
    assert read.feed.updated == "2026-08-03T00:00:00Z"
    assert newest.id == "urn:uuid:b3bc83c8-958e-5336-a2ff-b33a094db3fd", (
        "an id never changes: readers would show every COE again"
    )
    raw = (site / "feeds/coes.xml").read_text("utf-8")
    assert "<script" not in raw
    root = ET.fromstring(raw)  # noqa: S314 (our own)
    assert "<script>alert(1)</script> ]]> &" in (root.findtext(f"{ATOM}entry/{ATOM}title") or "")


def test_calendars_hold_what_is_left_to_do(site: Path) -> None:
    data = (site / "calendars/actions.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    made = icalendar.Calendar.from_ical(data)
    events = {str(event["SUMMARY"])[:12]: event for event in made.walk("VEVENT")}
    assert len(events) == 2, "of the COE and of the review; neither what is done nor what has no day"
    event = events["Due: Bound i"]
    assert "<script>alert(1)</script> ]]> & q; a,b" in str(event["SUMMARY"])
    assert str(event["DTSTART"].dt) == "2026-09-01"
    assert str(event["DTEND"].dt) == "2026-09-02"
    assert event["DTSTAMP"].dt.isoformat() == "2026-07-21T00:00:00+00:00"
    assert int(event["SEQUENCE"]) == 1
    assert str(event["URL"]) == f"{URL}coes/2026-07-14-pool/"
    assert len({str(one["UID"]) for one in made.walk("VEVENT")}) == 2
    assert not made.errors
    team = icalendar.Calendar.from_ical((site / "calendars/teams/payments.ics").read_bytes())
    assert {str(one["UID"]) for one in team.walk("VEVENT")} == {str(one["UID"]) for one in made.walk("VEVENT")}


@pytest.mark.parametrize("text", ["x" * 300, "é" * 200, "日" * 100, "😀" * 90, ""])
def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(text: str) -> None:
    lines = folded(f"SUMMARY:{text}").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "".join(line[1:] if at else line for at, line in enumerate(lines)) == f"SUMMARY:{text}"


def validator() -> Draft7Validator:
    whole = api_schema()
    coe_schema = json.loads((ROOT / "schema/coe.schema.json").read_text("utf-8"))
    resources = [(one["$id"], Resource.from_contents(one)) for one in (whole, coe_schema)]
    return Draft7Validator(whole, registry=Registry().with_resources(resources))


@pytest.mark.parametrize("name", ["data", "examples", "canary-public"])
def test_every_file_of_the_interface_is_as_its_schema_says(
    name: str, build_once: Callable[..., Path], site: Path, examples: Path, request: pytest.FixtureRequest
) -> None:
    folder = {"data": lambda: site, "examples": lambda: examples / "site"}.get(name)
    if folder is None:
        from tests.site.test_canary import repository

        folder = lambda: build_once("canary-public", repository, "--audience", "public", "--no-strict") / "site"  # noqa: E731
    check = validator()
    check.check_schema(check.schema)
    files = sorted((folder() / "api/v1").rglob("*.json"))
    assert len(files) > 8
    for file in files:
        data = json.loads(file.read_text("utf-8"))
        problems = [f"{file.name}: {list(error.path)} {error.message}" for error in check.iter_errors(data)]
        assert not problems, problems[:3]
        if data["kind"] != "coe":
            for item in data.get("items", ()):
                reached = item.get("url", "").removeprefix(URL).partition("#")[0]
                assert not reached or (folder() / reached / "index.html").is_file(), item


def test_the_schema_refuses_what_is_another_shape() -> None:
    check = validator()
    assert list(
        check.iter_errors({"version": 1, "kind": "coes", "audience": "public", "count": 1, "next": None, "items": [{}]})
    )
    assert list(check.iter_errors({"version": 2, "kind": "index"}))


def test_the_interface_tells_what_was_published_and_nobody(site: Path) -> None:
    def read(name: str) -> Any:
        return json.loads((site / "api/v1" / name).read_text("utf-8"))

    index = read("index.json")
    assert index["counts"] == {"coes": 3, "actions": 4}
    assert all((site / "api/v1" / name).is_file() for name in index["files"].values())
    [item] = [one for one in read("coes.json")["items"] if one["id"] == "2026-07-14-pool"]
    one = read(item["data"])
    assert one["measures"] == {}
    assert one["coe"]["impact"]["windows"][0]["start"] == "2026-07-14T13:57:40Z"
    assert read("teams.json")["items"] == [{"id": "payments", "name": "Payments", "open_actions": 3}]
    assert "people" not in index["files"]
    assert not any("secret-handle" in file.read_text("utf-8") for file in (site / "api").rglob("*.json"))


def test_trends_are_those_of_the_terminal_without_the_value_of_each_coe(site: Path) -> None:
    told = json.loads((site / "api/v1/trends.json").read_text("utf-8"))
    run = coe("stats", "--as-of", AS_OF, "--format", "json", cwd=site.parent)
    said = json.loads(run.stdout)
    del said["as_of"]
    for one in said["durations"]:
        del one["points"]
    assert told == {**said, "kind": "trends", "audience": "internal"}
    assert "2026-07-14-pool" not in json.dumps(told)


def test_a_long_list_goes_on_in_further_files(monkeypatch: pytest.MonkeyPatch) -> None:
    from coe.site import api

    monkeypatch.setattr(api, "PART", 2)

    class _Site:
        class publication:  # noqa: N801
            audience = "internal"

    files = list(api._list(_Site(), "teams", ({"id": str(number)} for number in range(5))))  # type: ignore[arg-type]
    assert [file.path for file in files] == [f"api/v1/teams{part}.json" for part in ("", "-2", "-3")]
    data = [json.loads(file.data) for file in files]
    assert [one["next"] for one in data] == ["teams-2.json", "teams-3.json", None]
    assert [item["id"] for one in data for item in one["items"]] == list("01234")
    assert {one["count"] for one in data} == {5}


def test_the_sitemap_names_every_page_once(site: Path) -> None:
    root = ET.fromstring((site / "sitemap.xml").read_bytes())  # noqa: S314 (our own)
    found = [loc.text or "" for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(found) == len(set(found))
    assert all(urljoin(URL, address) == address for address in found)
    pages = {file.parent.relative_to(site).as_posix() for file in site.rglob("index.html")}
    assert {address.removeprefix(URL).rstrip("/") or "." for address in found} == pages
    assert not (site / "sitemap.xml.gz").exists()


def test_robots_are_kept_out_of_what_is_not_for_everybody(site: Path, small: Path) -> None:
    assert (site / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert "X-Robots-Tag: noindex" in (site / "_headers").read_text()
    write(small, {"mkdocs.yml": f"site_name: x\nsite_url: {URL}\n", "docs/_headers": "own\n"})
    write(small, small_files(status="published", visibility="public"))
    assert coe("build", "--audience", "public", cwd=small).returncode == 0
    assert (small / "site/robots.txt").read_text() == f"User-agent: *\nAllow: /\nSitemap: {URL}sitemap.xml\n"
    assert (small / "site/_headers").read_text() == "own\n", "what the user wrote stays"


def test_without_an_address_there_is_no_sitemap_and_that_is_said(small: Path) -> None:
    write(small, small_files(status="published", visibility="public"))
    run = coe("build", "--audience", "public", cwd=small)
    assert run.returncode == 0
    assert "no sitemap, because mkdocs.yml names no site_url" in run.stderr
    assert not (small / "site/sitemap.xml").exists()
    root = ET.fromstring((small / "site/feeds/services/checkout.xml").read_bytes())  # noqa: S314 (our own)
    assert root.find(f"{ATOM}entry/{ATOM}link").get("href") == "../../coes/2026-07-14-pool/"  # type: ignore[union-attr]


def test_the_page_for_what_is_not_there_is_ours_and_leads_on(site: Path) -> None:
    page = (site / "404.html").read_text("utf-8")
    assert "There is no page here" in page
    assert 'action="/sub/coes/"' in page
    assert 'href="/sub/actions/"' in page
    assert "404 - Not found" not in page


def test_the_page_for_what_is_not_there_leads_on_where_addresses_name_files(small: Path) -> None:
    write(small, {"mkdocs.yml": "site_name: x\nsite_url: https://coes.example.com/sub/\nuse_directory_urls: false\n"})
    assert coe("build", cwd=small).returncode == 0
    page = (small / "site/404.html").read_text("utf-8")
    assert 'href="/sub/actions/index.html"' in page
    assert 'action="/sub/coes/index.html"' in page


def test_the_same_commit_gives_the_same_feeds_on_any_day(tmp_path: Path) -> None:
    made = []
    for name, day in (("a", AS_OF), ("b", "2025-11-29")):
        make(tmp_path / name)
        assert coe("build", "--as-of", day, cwd=tmp_path / name).returncode == 0
        site = tmp_path / name / "site"
        made.append({
            file.relative_to(site): file.read_bytes()
            for part in ("feeds", "calendars") for file in (site / part).rglob("*") if file.is_file()
        })  # fmt: skip
    assert made[0] == made[1]


def test_hostile_texts_stay_texts_in_every_format(build_once: Callable[..., Path]) -> None:
    from tests.site.hostile import hostile

    site = build_once("hostile", hostile) / "site"
    feeds = sorted(site.rglob("*.xml"))
    assert len(feeds) >= 3
    for file in feeds:
        tags = {element.tag for element in ET.fromstring(file.read_bytes()).iter()}  # noqa: S314 (our own)
        assert all(tag.startswith((ATOM, "{http://www.sitemaps.org/")) for tag in tags), "no element of an author"
    for file in (site / "api").rglob("*.json"):
        assert json.loads(file.read_text("utf-8"))["version"] == 1
    known = re.compile(
        rb"(BEGIN|END|VERSION|PRODID|CALSCALE|NAME|X-WR-CALNAME|UID|DTSTAMP|DTSTART|DTEND|SEQUENCE|TRANSP|SUMMARY|DESCRIPTION|URL)[:;]"
    )
    for file in site.rglob("*.ics"):
        lines = file.read_bytes().replace(b"\r\n ", b"").split(b"\r\n")
        assert all(known.match(line) for line in lines if line), "no line of an author"
        assert not icalendar.Calendar.from_ical(file.read_bytes()).errors
    for file in site.rglob("*.html"):
        drawn = _Drawn()
        drawn.feed(file.read_text("utf-8"))
        assert not drawn.wrong, file


class _Drawn(HTMLParser):
    """Remembers what a drawing of ours must not have."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.wrong: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "svg"
        if self.depth and (
            tag in ("script", "foreignobject", "image", "use", "animate", "set", "iframe", "img")
            or any(
                name.startswith("on") or (name.endswith("href") and not re.match(r"#|(\.\./)*[a-z]+/", value or ""))
                for name, value in attrs
            )
        ):
            self.wrong.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "svg"


def test_pages_lead_programs_to_the_feed_and_the_calendar(site: Path) -> None:
    for name, up in (("index.html", ""), ("coes/2026-07-14-pool/index.html", "../../")):
        links = re.findall(r"<link rel=\"feed alternate\"[^>]*href=\"([^\"]*)\"", (site / name).read_text("utf-8"))
        assert [link.removeprefix("./") for link in links] == [f"{up}feeds/coes.xml", f"{up}calendars/actions.ics"]


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_and_the_page_for_what_is_not_there_are_accessible(
    scheme: str, build_once: Callable[..., Path], browser: Any
) -> None:
    from tests.site.test_canary import NAME, repository

    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    site = build_once("canary-public", repository, "--audience", "public", "--no-strict") / "site"
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    for name in ("404.html", f"coes/{NAME}/"):
        page.goto(f"http://127.0.0.1:{server.server_port}/{name}")
        found = axe.Axe().run(page, context=".md-content")
        told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found.response["violations"]]
        assert told == [], name
    assert page.locator(".coe-redacted").first.is_visible()
    context.close()
    server.shutdown()
    server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""
