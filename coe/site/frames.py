"""Pages → their frames: from a stencil that is known, else from the engine, which makes new stencils on the way.

Of a shape that is new, the engine makes a trial and one of the pages. Where the stencil gives that page byte for byte, it is
believed for the others; where it does not, the engine makes all pages of the shape, in this build and in later ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from coe.site.config import ENGINE_SEARCHES
from coe.site.frame import Frame, frame_of
from coe.site.page import Page
from coe.site.spool import Place, Spool
from coe.site.stencil import Cut, Stencil, cut, loaded, stencil_of
from coe.site.store import Kept, Store

Framed = tuple[Page, Kept, Frame]
Run = Callable[[Mapping[str, str]], AbstractContextManager[Path]]
"""Lets the engine make frames by path, and gives the folder that holds what it made as long as it is looked at."""


def given(page: Page) -> str:
    """Return the Markdown file of a page that the engine is given."""
    return page.text if ENGINE_SEARCHES else page.frame


def blocks(page: Page) -> dict[int, str]:
    """Return what is put into the places of that file when the engine is done."""
    return {} if ENGINE_SEARCHES else page.blocks


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page that waits for the engine, and what is kept of it."""

    place: Place
    kept: Kept


@dataclass(frozen=True, slots=True)
class Trial:
    """A shape whose stencil is not known: how its pages are cut, the frame that stands for them, and the pages."""

    shape: str
    cut: Cut
    path: str
    frame: str
    group: list[Waiting]


@dataclass
class Frames:
    """The frames of one build.

    `key` names what concerns all of them, `stencils` are those that are known, by shape: the content of each, or nothing
    where its pages have none. `is_free` is that of `cut`. `file` leads to what the engine makes of a page.
    """

    store: Store
    spool: Spool
    key: str
    stencils: dict[str, str]
    is_free: Callable[[str], bool]
    file: Callable[[str], str]
    waiting: list[Waiting] = field(default_factory=list)
    _loaded: dict[str, Stencil] = field(default_factory=dict)

    def of(self, page: Page, kept: Kept) -> Framed | None:
        """Return the frame of a page, with what is kept of it; where there is no stencil for it, it waits for the engine."""
        found = self._cut(page)
        stencil = None
        if found:
            kept = kept._replace(shape=found.shape(self.key))
            stencil = self._known(kept.shape)
        if found and stencil:
            return page, kept, frame_of(stencil.page(found.words))
        self.waiting.append(Waiting(self.spool.put(page), kept))
        return None

    def made(
        self, run: Run, needed: Mapping[str, str], shared: Callable[[Path, frozenset[str]], None], *, few: bool
    ) -> Iterator[Framed]:
        """Yield the pages that waited.

        `needed` are frames that the engine wants to see in any case. `shared` is told where the engine's files are, and
        which pages it was given. With `few`, a page that is alone in its shape gets a stencil too.
        """
        trials, alone = self._planned(few=few)
        frames = {**needed, **self._given([*alone, *(trial.group[0] for trial in trials)])}
        frames |= {trial.path: trial.frame for trial in trials}
        left: list[Waiting] = []
        with run(frames) as built:
            yield from self._by_engine(alone, built)
            for trial in trials:
                if stencil := self._proven(trial, built):
                    yield from self._by_stencil(trial.group, stencil)
                else:
                    yield from self._by_engine(trial.group[:1], built)
                    left += trial.group[1:]
            shared(built, frozenset(frames))
        if left:
            with run({**needed, **self._given(left)}) as built:
                yield from self._by_engine(left, built)

    def _planned(self, *, few: bool) -> tuple[list[Trial], list[Waiting]]:
        """Return the trials to make, and the pages that the engine makes one by one."""
        groups: dict[str, list[Waiting]] = {}
        for one in self.waiting:
            groups.setdefault(one.kept.shape, []).append(one)
        trials, alone = list[Trial](), list[Waiting]()
        for shape, group in groups.items():
            is_tried = shape and shape not in self.stencils and (few or len(group) > 1)
            found = self._cut(self.spool.take(group[0].place)) if is_tried else None
            if found:
                trials.append(Trial(shape, found, *found.trial(shape), group))
            else:
                alone += group
        return trials, alone

    def _proven(self, trial: Trial, built: Path) -> Stencil | None:
        """Return the stencil of a shape, and keep it; absent when it does not give what the engine made."""
        html = (built / self.file(trial.path)).read_bytes()
        due = (built / self.file(trial.group[0].place.path)).read_bytes()
        stencil = stencil_of(html, trial.cut.kinds, trial.shape)
        if stencil and stencil.page(trial.cut.words) != due:
            stencil = None
        self.stencils[trial.shape] = self.store.keep(stencil.dumped()) if stencil else ""
        return stencil

    def _by_engine(self, group: Iterable[Waiting], built: Path) -> Iterator[Framed]:
        for one in group:
            html = (built / self.file(one.place.path)).read_bytes()
            yield self.spool.take(one.place), one.kept, frame_of(html)

    def _by_stencil(self, group: Iterable[Waiting], stencil: Stencil) -> Iterator[Framed]:
        for one in group:
            page = self.spool.take(one.place)
            if found := self._cut(page):
                yield page, one.kept, frame_of(stencil.page(found.words))

    def _given(self, group: Iterable[Waiting]) -> dict[str, str]:
        return {one.place.path: given(self.spool.take(one.place)) for one in group}

    def _cut(self, page: Page) -> Cut | None:
        return cut(page.path, page.frame, is_free=self.is_free)

    def _known(self, shape: str) -> Stencil | None:
        """Return the stencil of a shape; one that is kept no more has to be made again."""
        if shape not in self._loaded and (content := self.stencils.get(shape)):
            data = self.store.read(content)
            if data is None:
                del self.stencils[shape]
            else:
                self._loaded[shape] = loaded(data)
        return self._loaded.get(shape)
