"""Every key of a TOML file has its line, whatever stands around it."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coe.toml_places import Path, line_of, places

TRICKY = '''\
# path = "in a comment"
title = "a" # coes = "after a value"
"quoted.key" = 1
'literal key' = 2
"esc\\u0061ped" = 3
text = """
[paths]
coes = "in a text"
ends in quotes""""
raw = \'\'\'
[lint]
ignore = []\'\'\'

[paths]
coes = "one"

[ site . "de ep" ]
coes = "two"
a.b . c = 1
a.d = 2

[[lint.per-file]]
path = "x"   # [[lint.per-file]]

[lint.per-file.severity]
absolutes = "note"

[[lint.per-file]]
path = "y#z"
severity = {a = "off", "b]" = "note"}

[list]
items = [
  "one, ]", # two
  # three
  "four",
  {deep = [
    1,
    2,
  ]},
]
dates = [2026-01-01T10:00:00Z, 2026-01-02]
'''


def every_path(value: Any, path: Path = ()) -> list[Path]:
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [*([path] if path else []), *(one for key, child in inner for one in every_path(child, (*path, key)))]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("quoted.key",), 3),
        (("literal key",), 4),
        (("escaped",), 5),
        (("text",), 6),
        (("raw",), 10),
        (("paths",), 14),
        (("paths", "coes"), 15),
        (("site",), 17),
        (("site", "de ep"), 17),
        (("site", "de ep", "coes"), 18),
        (("site", "de ep", "a"), 19),
        (("site", "de ep", "a", "b", "c"), 19),
        (("site", "de ep", "a", "d"), 20),
        (("lint", "per-file"), 22),
        (("lint", "per-file", 0, "path"), 23),
        (("lint", "per-file", 0, "severity", "absolutes"), 26),
        (("lint", "per-file", 1), 28),
        (("lint", "per-file", 1, "path"), 29),
        (("lint", "per-file", 1, "severity", "b]"), 30),
        (("list", "items", 0), 34),
        (("list", "items", 1), 36),
        (("list", "items", 2, "deep", 1), 39),
        (("list", "dates", 1), 42),
    ],
)
def test_lines(path: Path, line: int) -> None:
    assert places(TRICKY)[path] == line


def test_every_key_has_a_place_and_nothing_else() -> None:
    assert set(places(TRICKY)) == set(every_path(tomllib.loads(TRICKY)))


def test_other_line_ends() -> None:
    assert places(TRICKY.replace("\n", "\r\n")) == places(TRICKY)


def test_what_is_not_written_down_has_the_line_of_what_is_around_it() -> None:
    found = places("\n[lint]\nselect = []\n")
    assert line_of(found, ("lint", "ignore")) == 2
    assert line_of(found, ("site", "title")) == 1
    assert line_of({}, ("site",)) == 1


@pytest.mark.parametrize("text", ["a = [", "[a", "= 1", "a = {b", "[[a]\n", '"', "a = '''", "a b = 1\nc = 2", "]"])
def test_no_toml_ends_the_search_and_no_more(text: str) -> None:
    assert len(places(text)) <= 2


@given(st.text(alphabet="ab=[]{}.,#\"'\n \\1", max_size=40))
def test_wherever_the_standard_library_reads_we_find_every_key(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        places(text)
        return
    assert set(places(text)) == set(every_path(data))
