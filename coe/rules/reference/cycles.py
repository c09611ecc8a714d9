"""Cycles among documents that name each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def cycles(edges: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Yield one cycle for each knot of names that lead back to themselves, from its least name on; self-loops left out.

    Names are visited once, without recursion: a chain of ten thousand COEs is no reason to fail.
    """
    done: set[str] = set()
    for first in sorted(edges):
        trail: list[str] = []
        on_trail: set[str] = set()
        stack: list[tuple[str, bool]] = [(first, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                on_trail.discard(trail.pop())
                done.add(name)
            elif name in on_trail:
                yield _from_least(trail[trail.index(name) :])
            elif name not in done:
                trail.append(name)
                on_trail.add(name)
                stack.append((name, True))
                stack += [(other, False) for other in sorted(set(edges.get(name, ())) - {name}, reverse=True)]


def _from_least(names: list[str]) -> tuple[str, ...]:
    start = names.index(min(names))
    return tuple(names[start:] + names[:start])


def shown(cycle: tuple[str, ...], start: str) -> str:
    """Return a cycle in words, beginning and ending with one of its names."""
    at = cycle.index(start)
    turned = [*cycle[at:], *cycle[:at]]
    some = turned if len(turned) <= 5 else [*turned[:4], "…"]
    return " → ".join([*some, start])
