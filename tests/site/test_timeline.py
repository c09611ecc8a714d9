"""The drawing of a timeline: every event in it, inside its frame, for one event and for five hundred."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from coe.model.coe import Coe
from coe.site import words
from coe.site.axis import axis
from coe.site.coe_page import _svg
from coe.site.timeline import drawing, phases

START = dt.datetime(2026, 7, 14, 10, tzinfo=dt.UTC)
HEAD = {
    "id": "2026-07-14-pool", "title": "Checkout <errors> & \"more\"", "kind": "incident", "status": "draft", "severity": "SEV2",
    "owner_team": "payments",
}  # fmt: skip


def event(number: int, minutes: float, **more: str) -> dict[str, object]:
    at = (START + dt.timedelta(minutes=minutes)).isoformat()
    return {"id": f"E{number}", "at": at, "type": "action", "text": "<script>alert(1)</script> \x26 more", **more}


def coe(**fields: object) -> Coe:
    return Coe.model_validate({**HEAD, **fields})


def window(start: float, end: float | None, number: int = 1) -> dict[str, object]:
    made = {"id": f"I{number}", "start": (START + dt.timedelta(minutes=start)).isoformat()}
    return made | ({"end": (START + dt.timedelta(minutes=end)).isoformat()} if end is not None else {})


CASES = {
    "one window": coe(impact={"windows": (window(0, None),)}),
    "one event": coe(timeline=(event(1, 0),)),
    "all at once": coe(timeline=tuple(event(number, 0) for number in range(30))),
    "500 events": coe(
        timeline=tuple(event(number, number * 1.7, precision="PT5M") for number in range(500)),
        impact={"windows": (window(3, 90),)},
    ),
    "years apart": coe(
        timeline=(event(1, -2_000_000, milestone="introduced"), event(2, 3), event(3, 9, milestone="detected")),
        impact={"windows": (window(0, 40),)},
    ),
    "ends of the calendar": coe(timeline=(
        {**event(1, 0), "at": "0002-01-01T00:00:00Z", "precision": "P99999999D"}, {**event(2, 0), "at": "9998-12-30T00:00:00Z"},
    )),
}  # fmt: skip


class _View:
    class site:  # noqa: N801
        templates = None

    iso = staticmethod(words.iso)

    @staticmethod
    def duration(length: dt.timedelta) -> str:
        return str(length)


@pytest.mark.parametrize("name", CASES)
def test_the_drawing_is_whole_and_inside_its_frame(name: str) -> None:
    subject = CASES[name]
    drawn = drawing(subject)
    assert drawn is not None
    root = ET.fromstring(str(_svg(subject, drawn, _View())))  # type: ignore[arg-type]  # noqa: S314 (our own drawing)
    space = "{http://www.w3.org/2000/svg}"
    targets = {link.get("href") for link in root.iter(f"{space}a")}
    assert {f"#event-{event.id}" for event in subject.timeline} <= targets
    assert root.find(f"{space}title") is not None
    assert root.find(f"{space}desc") is not None
    assert not list(root.iter(f"{space}script"))
    for mark in (*drawn.events, *drawn.flags):
        assert drawn.left <= mark.x <= drawn.right
        assert 0 <= mark.y <= drawn.height
    for bar in (*drawn.impact, *drawn.phases):
        assert drawn.left <= bar.x <= bar.x + bar.width <= drawn.right + 4
    assert len(drawn.ticks) < 60
    assert drawn.height < 500


def test_labels_of_the_axis_do_not_touch() -> None:
    for subject in CASES.values():
        drawn = drawing(subject)
        assert drawn is not None
        places = [tick.x for tick in drawn.ticks]
        assert all(after - before > 30 for before, after in pairwise(places))


def test_a_coe_without_any_time_has_no_drawing() -> None:
    assert drawing(coe()) is None


def test_order_on_the_axis_is_the_order_of_time() -> None:
    moments = [START + dt.timedelta(minutes=minutes) for minutes in (0, 1, 5, 90_000, 90_004, 900_000)]
    line = axis(moments, left=0, right=900)
    assert line is not None
    places = [line.x(moment) for moment in moments]
    assert places == sorted(places)
    assert len(line.gaps) == 2


def test_phases_whose_border_is_not_known_are_one() -> None:
    subject = coe(
        impact={"windows": (window(0, 60),)},
        timeline=(event(1, 20, milestone="diagnosed"), event(2, 60, milestone="mitigated")),
    )
    assert [name for *_, name in phases(subject)] == ["detect, engage and diagnose", "mitigate"]


def test_a_phase_that_began_before_the_one_before_it_is_not_drawn_backwards() -> None:
    marks = (event(1, 10, milestone="engaged"), event(2, 20, milestone="detected"), event(3, 30, milestone="mitigated"))
    found = list(phases(coe(impact={"windows": (window(0, 60),)}, timeline=marks)))
    assert all(start < end for start, end, *_ in found)
