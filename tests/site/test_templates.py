"""Our own templates run on a shorter way than those of a user: what comes out is the same, byte by byte."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from coe.config import find
from coe.corpus import collect
from coe.render import Markup, render
from coe.site import words
from coe.site.pages import content
from coe.site.publication import Publication
from tests.site.conftest import ROOT, write, written_out
from tests.site.hostile import hostile


def texts_of(folder: Path, settings: str) -> dict[str, str]:
    write(folder, {"coe.toml": settings})
    return written_out(content(Publication(collect(find(folder), folder), dt.date(2026, 8, 20))))


def test_a_sandbox_makes_the_same_pages(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("site", ".coe"))
    own = texts_of(folder, "")
    (folder / "mine").mkdir()
    shadowed = texts_of(folder, '[site]\ntemplates = "mine"\n')
    assert len(own) > 100
    assert {name for name in own if own[name] != shadowed[name]} == set()


def test_a_sandbox_makes_the_same_pages_of_attacks(tmp_path: Path) -> None:
    hostile(tmp_path)
    own = texts_of(tmp_path, "")
    (tmp_path / "mine").mkdir()
    shadowed = texts_of(tmp_path, '[site]\ntemplates = "mine"\n')
    assert {name for name in own if own[name] != shadowed[name]} == set()


VALUES = st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.dates(), st.text().map(Markup))


@given(st.lists(VALUES, min_size=3, max_size=3))
def test_a_value_is_escaped_as_in_a_sandbox(values: list[object]) -> None:
    given_ = {"title": values[0], "description": values[1], "t": DRAWING, "view": None}
    assert render("site/timeline.svg", given_) == render("site/timeline.svg", given_, shadow=ROOT / "tests")


class DRAWING:
    """A drawing of nothing."""

    width = height = base = left = right = 0.0
    lanes = ticks = impact = phases = gaps = flags = events = messages = ()


MOMENTS = st.builds(
    dt.datetime.fromtimestamp,
    st.integers(-(10**9), 4 * 10**9),
    tz=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=5))]),
)


@given(MOMENTS)
def test_moments_are_told_in_utc(at: dt.datetime) -> None:
    there = at.astimezone(dt.UTC)
    assert words.day(at) == f"{there:%Y-%m-%d}"
    assert words.clock(at) == (f"{there:%H:%M:%S}" if there.second else f"{there:%H:%M}")
    assert words.iso(at) == there.isoformat().replace("+00:00", "Z")
