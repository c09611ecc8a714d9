"""Pages of services, teams, tenets, programs, learnings, action items and trends: what they hold, and when they change."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from pathlib import Path

import pytest

from coe.config import find
from coe.corpus import collect
from coe.insight.trends import trends
from coe.site.bars import Part, bars
from coe.site.glossary import glossary, same_term
from coe.site.pages import Content, content
from coe.site.paging import PER_PAGE, parts
from coe.site.publication import Publication
from coe.site.scale import LogScale, nice_ceiling
from tests.site.conftest import AS_OF, ROOT, coe, coe_text, small_files, write, written_out
from tests.site.many import many


def made(folder: Path, as_of: str = AS_OF) -> Content:
    return content(Publication(collect(find(folder), folder), dt.date.fromisoformat(as_of)))


def texts(folder: Path, as_of: str = AS_OF) -> dict[str, str]:
    """Return the pages as people read them: text and tags, entities resolved."""
    return {
        name.removeprefix("docs/"): html.unescape(text)
        for name, text in written_out(made(folder, as_of)).items()
        if name.endswith(".md")
    }


@pytest.fixture(scope="module")
def example_pages() -> dict[str, str]:
    return texts(ROOT / "examples")


@pytest.fixture(scope="module")
def many_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    many(folder, coes=230, items=3)
    return folder


def rows(text: str) -> int:
    return text.count('<li class="coe-row">') + text.count("</tr>") - text.count("</tr></thead>")


def test_every_kind_of_page_is_there(example_pages: dict[str, str]) -> None:
    wanted = {
        "index.md", "services/index.md", "services/amazon-s3/index.md", "teams/index.md", "teams/aws-s3/index.md",
        "tenets/index.md", "tenets/static-stability/index.md", "programs/index.md", "programs/cellularisation/index.md",
        "learnings/index.md", "learnings/2025/index.md", "learnings/candidates/index.md", "learnings/tag/retry-storm/index.md",
        "learnings/audience/public/index.md", "learnings/anniversaries/index.md", "learnings/glossary/index.md",
        "actions/index.md", "actions/finished/2025/index.md", "trends/index.md", "reviews/index.md",
    }  # fmt: skip
    assert wanted <= set(example_pages)


def test_from_day_to_day_only_pages_that_count_days_change() -> None:
    one, other = written_out(made(ROOT / "examples", "2025-11-21")), written_out(made(ROOT / "examples", "2025-11-22"))
    changed = {path for path in one | other if one.get(path) != other.get(path)}
    # A week is judged as of today until it is over.
    under_way = {path for path in changed if path.startswith(("docs/reviews/2025-W47/", "docs/reviews/2025-W48/"))}
    under_way |= {path for path in changed if path.startswith(("docs/reviews/latest/", "docs/feeds/reviews.xml"))}
    assert changed - under_way <= {
        f"docs/{path}"
        for path in ("actions/index.md", "actions/open.js", "actions/finished.js", "api/v1/index.json", "reviews/index.md")
    }
    assert "docs/actions/index.md" in changed


def test_no_page_holds_more_rows_than_a_hundred(many_folder: Path) -> None:
    found = texts(many_folder, "2026-08-20")
    pages = [path for path in found if path.startswith("services/checkout/")]
    assert len(pages) == 3
    listed = [
        name for path in pages for name in re.findall(r'coe-row__title"><a dir="auto" href="[^"]*coes/([^/"]+)/', found[path])
    ]
    assert len(listed) == len(set(listed)) == 230
    assert listed == sorted(listed, reverse=True)
    for path, text in found.items():
        if not path.startswith(("reviews/", "coes/")):
            assert (
                max(text.count('<li class="coe-row">'), text.count("<tr"), text.count("coe-learning__text")) <= PER_PAGE + 45
            ), path


def test_every_page_of_a_long_list_leads_to_the_others(many_folder: Path) -> None:
    found = texts(many_folder, "2026-08-20")
    assert 'href="page/2/"' in found["services/checkout/index.md"]
    assert 'href="../../"' in found["services/checkout/page/2/index.md"]
    assert 'aria-current="page"' in found["services/checkout/page/2/index.md"]
    assert "Durations" not in found["services/checkout/page/2/index.md"]


def test_pages_of_a_list_hold_each_row_once() -> None:
    for number in (0, 1, 99, 100, 101, 250, 1000):
        found = list(parts(range(number), "x"))
        assert [row for part in found for row in part.rows] == list(range(number))
        assert found[0].path == "x/index.md"
        assert all(part.near[0] == (1, "x/index.md") and part.near[-1][0] == part.last for part in found)


def test_teams_stand_by_name_and_are_not_compared(example_pages: dict[str, str]) -> None:
    names = re.findall(r' scope="row"><a class="coe-table__lead" href="[^"]*">([^<]+)', example_pages["teams/index.md"])
    assert len(names) > 10
    assert names == sorted(names, key=str.lower)
    assert "overdue" not in example_pages["teams/index.md"]


def test_a_team_page_holds_what_it_has_open(example_pages: dict[str, str]) -> None:
    page = example_pages["teams/example-reliability/index.md"]
    assert "Write the COE of the Azure leap day event" in page
    assert '<strong class="coe-late">1 overdue</strong>' in page
    assert "3 d overdue" not in page, "a number of days would change the page every day"
    assert "?team=" not in page or "All " in page


def test_a_service_page_holds_history_open_items_durations_and_what_concerns_it(example_pages: dict[str, str]) -> None:
    page = example_pages["services/amazon-dynamodb/index.md"]
    for word in ("Incidents over time", "Open action items", "Durations", "Cell-based architecture", "Foundational services"):
        assert word in page
    assert "2 of 2" in page
    assert "too few" in page
    assert "learnings/glossary/#ttm" in page


def test_a_program_tells_who_has_adopted_it(tmp_path: Path) -> None:
    states = ["done", "done", "in_progress", "not_started", "exempt", "done"]
    adoption = ", ".join(f"{{service: s{number}, status: {state}, since: 2026-08-01}}" for number, state in enumerate(states))
    files = small_files()
    files["programs/retry-budgets.md"] = re.sub(r"adoption: .*", f"adoption: [{adoption}]", files["programs/retry-budgets.md"])
    found = texts(write(tmp_path / "r", files), "2026-08-20")
    page = found["programs/retry-budgets/index.md"]
    assert "3 of 5 services done (60 %); 1 exempt" in page
    order = re.findall(r"coe-state--([a-z-]+)", page.partition("Evidence")[2])
    assert order == ["not-started", "in-progress", "done", "done", "done", "exempt"]
    assert "coe-state--exempt" in found["programs/index.md"]
    assert "exempt" in found["services/s4/index.md"]


def test_a_tenet_names_what_it_grew_from_and_what_it_replaces(tmp_path: Path) -> None:
    more = "learnings: [{id: L1, statement: Bound a shared pool., audience: org, tenet: static-stability}]\n"
    files = small_files(status="published", more=more)
    files["coes/2026/2026-07-15-other.md"] = coe_text("2026-07-15-other", title="Search was slow all day", status="published")
    new = files["tenets/static-stability.md"].replace("id: static-stability", "id: bounded").replace("Static st", "Bounded st")
    files["tenets/bounded.md"] = new.replace("status: adopted", "status: adopted\nsupersedes: static-stability")
    files["tenets/static-stability.md"] = files["tenets/static-stability.md"].replace(
        "status: adopted", "status: retired\nsources: [2026-07-15-other, 2026-07-14-pool]"
    )
    found = texts(write(tmp_path / "r", files), "2026-08-20")
    old = found["tenets/static-stability/index.md"]
    assert "Bound a shared pool." in old
    assert "1 learning of 1 COE" in old
    assert re.search(r"It also grew from.*Search was slow all day", old, re.DOTALL)
    assert "Checkout errors in Europe" not in old.partition("It also grew from")[2].partition("</ul>")[0]
    assert re.search(r"replaced by</span>.*Bounded stability", old)
    assert re.search(r"replaces</span>.*Static stability", found["tenets/bounded/index.md"])
    assert "Retry budgets in all clients" in old


def test_learnings_of_drafts_are_not_for_others_yet(tmp_path: Path) -> None:
    more = "learnings: [{id: L1, statement: Bound a shared pool., audience: org, tenet: static-stability}]\n"
    found = texts(write(tmp_path / "r", small_files(more=more)), "2026-08-20")
    assert "Bound a shared pool." not in "".join(text for path, text in found.items() if not path.startswith("coes/"))


def test_trends_say_what_coe_stats_says(example_pages: dict[str, str]) -> None:
    known = Publication(collect(find(ROOT / "examples"), ROOT), dt.date.fromisoformat(AS_OF))
    found = trends(known.coes.values(), known.actions, as_of=known.as_of, zone="UTC")
    page = example_pages["trends/index.md"]
    assert "n = 4 of 12: no median is drawn of fewer than 5." in page
    assert "n = 12 of 12: median 5 h 55 min, 90th percentile 18 h 33 min." in page
    assert "n = 7 of 12: median 2 min; too few for a 90th percentile." in page
    for one in found.tallies:
        for row in one.rows:
            assert f"{row.total} of {one.of}" in page
    assert page.count('class="coe-chart-dot"') == sum(len(one.points) for one in found.spreads)


def test_each_drawing_has_title_description_and_its_table(example_pages: dict[str, str]) -> None:
    for path, page in example_pages.items():
        for drawing, after in re.findall(
            r'(<svg class="coe-chart coe-chart--.*?</svg>)(.*?)(?=<svg class="coe-chart coe-chart--|\Z)', page, re.DOTALL
        ):
            [(title, about)] = re.findall(r'aria-labelledby="(\S+) (\S+)"', drawing)
            assert re.search(rf'<title id="{title}">[^<]+</title><desc id="{about}">[^<]+</desc>', drawing), path
            assert '<details class="coe-data">' in after, path


def test_a_table_holds_the_numbers_of_its_drawing(example_pages: dict[str, str]) -> None:
    page = example_pages["trends/index.md"].partition("{#severity}")[2].partition("\n\n## ")[0]
    drawn = {name: int(total) for name, total in re.findall(r"<g><title>(\d{4}): SEV\d (\d+)</title>", page)}
    listed = {
        name: [int(cell) for cell in re.findall(r"<td>(\d+)</td>", cells)]
        for name, cells in re.findall(r'<tr><th scope="row">(\d{4})</th>(.*?)</tr>', page)
    }
    assert sum(row[-1] for row in listed.values()) == 12
    assert all(sum(row[:-1]) == row[-1] for row in listed.values())
    assert all(listed[name][-1] == total for name, total in drawn.items())
    assert len(drawn) == 8


def test_bars_are_as_high_as_their_numbers() -> None:
    chart = bars(["a", "b"], [Part("x", "X"), Part("y", "Y")], [[1, 4], [3, 0]], height=100)
    heights = [[piece.height for piece in bar.pieces] for bar in chart.bars]
    assert heights == [[25, 75], [100]]
    assert chart.bars[0].title == "a: X 1, Y 3; 4 in all"
    assert chart.bars[1].title == "b: X 4"


@pytest.mark.parametrize(
    ("value", "ceiling"), [(0, 1), (3, 3), (4, 4), (5, 5), (7, 8), (11, 20), (99, 100), (130, 200), (601, 800)]
)
def test_axes_end_at_round_numbers(value: int, ceiling: int) -> None:
    assert nice_ceiling(value) == ceiling


def test_a_duration_stands_higher_the_longer_it_is() -> None:
    scale = LogScale([30, 600, 86400 * 40], top=0, bottom=100)
    places = [scale.y(value) for value in (-500, 0, 60, 61, 600, 86400, 86400 * 40)]
    assert places == sorted(places, reverse=True)
    assert places[0] == places[2] == 100
    assert places[-1] >= 0


def test_words_of_the_glossary_lead_somewhere(example_pages: dict[str, str]) -> None:
    terms = glossary(None).terms
    names = [term.name for term in terms]
    assert len(names) == len(set(names))
    assert all(same_term(word) in names for term in terms for word in term.see)
    page = example_pages["learnings/glossary/index.md"]
    assert all(f'<div id="{name}">' in page for name in names)
    linked = {name for text in example_pages.values() for name in re.findall(r"learnings/glossary/#([\w-]+)", text)}
    assert {"ttd", "ttm", "median"} <= linked <= set(names)


def test_a_glossary_of_the_user_takes_the_place_of_ours(small: Path) -> None:
    own = '[[ours]]\nword = "Widget"\nmeans = "What we make."\n'
    write(small, {"coe.toml": '[site]\ntemplates = "mine"\n', "mine/site/glossary.toml": own})
    assert "What we make." in texts(small)["learnings/glossary/index.md"]
    write(small, {"coe.toml": '[site]\ntemplates = "mine"\n', "mine/site/glossary.toml": "[[ours]]\nword = 1"})
    run = coe("build", cwd=small)
    assert run.returncode == 2
    assert "is no glossary" in run.stderr


def test_the_data_of_the_filters_are_the_register(many_folder: Path) -> None:
    found = written_out(made(many_folder, "2026-08-20"))
    known = Publication(collect(find(many_folder), many_folder), dt.date(2026, 8, 20))
    left = [row for row in known.actions if row.is_left]
    open_data = found["docs/actions/open.js"]
    value = json.loads(open_data.removeprefix('coeRegister("open", ').removesuffix(");\n"))
    assert [(row[0], row[1], row[6]) for row in value["rows"]] == [(row.item.id, row.item.title, row.state) for row in left]
    assert sum(row[-1] for row in value["others"]) == len(known.actions) - len(left)
    assert all(value["teams"][row[7]][0] == (one.team or "") for row, one in zip(value["rows"], left, strict=True))


def test_the_data_of_the_filters_end_no_script_and_steer_nothing(tmp_path: Path) -> None:
    more = 'action_items: [{id: A1, title: "</script><script>x</script> \\u2028 <!--", type: prevent, status: open}]\n'
    found = written_out(made(write(tmp_path / "r", small_files(more=more)), "2026-08-20"))["docs/actions/open.js"]
    assert found.isascii()
    assert found.count("\n") == 1
    assert "\\u2028" in found


def test_what_is_finished_stands_by_year_and_what_comes_later_moves_no_page(many_folder: Path) -> None:
    found = texts(many_folder, "2026-08-20")
    days = re.findall(r'<small class="coe-nowrap">(\d{4}-\d\d-\d\d)</small></td>', found["actions/finished/2026/index.md"])
    assert len(days) > 50
    assert days == sorted(days)


def test_home_leads_with_the_week(example_pages: dict[str, str]) -> None:
    page = example_pages["index.md"]
    assert page.index("This week") < page.index("Open action items") < page.index("New learnings") < page.index("coe-ways")
    assert "2025-W47" in page
    assert "HTTP 5xx errors across the Cloudflare network" in page
    assert "GitLab" not in page, "the first page is no list of all COEs"


def test_home_of_a_quiet_week_says_so(small: Path) -> None:
    assert (
        "A quiet week" in texts(small, "2027-03-03")["index.md"].replace("The latest week with news", "")
        or "2026-W30" in (texts(small, "2027-03-03")["index.md"])
    )


def test_an_empty_site_has_words_for_it(tmp_path: Path) -> None:
    found = texts(write(tmp_path / "r", {"catalog.yaml": "teams: []\n"}))
    for path, words in {
        "index.md": "No COE is published yet.", "services/index.md": "The catalog has no services yet",
        "teams/index.md": "The catalog has no teams yet", "learnings/index.md": "No COE has a learning yet",
        "actions/index.md": "agreed on an action item yet", "trends/index.md": "There is no incident yet.",
        "learnings/anniversaries/index.md": "Nothing happened in this week",
    }.items():  # fmt: skip
        assert words in found[path]


def test_a_page_that_only_names_things_outside_the_catalog_is_there_too(tmp_path: Path) -> None:
    files = small_files()
    files["catalog.yaml"] = "roles: []\n"
    found = texts(write(tmp_path / "r", files))
    assert "services/checkout/index.md" in found
    assert "teams/payments/index.md" in found
