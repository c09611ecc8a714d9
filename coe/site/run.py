"""One build under way: what is kept is taken, what is new is made, and the engine gets what only it can make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from coe.site.config import ENGINE_SEARCHES
from coe.site.engine import Engine
from coe.site.frame import Frame, emptied
from coe.site.frames import Frames, blocks, given
from coe.site.framing import engine_made, passed_over
from coe.site.key import Keys, content_key, frame_key
from coe.site.page import Due, DueFile, File, Page
from coe.site.pages import Content, bytes_of
from coe.site.questions import Asking, answers
from coe.site.regular import free, users_words
from coe.site.spool import Spool
from coe.site.steps import STEPS, Finished
from coe.site.store import Index, Kept, Store, named

Progress = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and how much there is."""

_NOT_OURS = frozenset({"sitemap.xml", "sitemap.xml.gz"})
"""Files of the engine that only know the pages that it made in this run, or the time of it."""


@dataclass(frozen=True, slots=True)
class How:
    """How a site is made: by which engine, where what is kept lies, whether it is used, and whether somebody only looks."""

    engine: Engine
    kept: Path
    reuse: bool = True
    is_draft: bool = False
    there: Mapping[str, str] = field(default_factory=dict)
    """What the output holds already, by file and content: the rest is put beside it. Nothing, when it is to be replaced."""


@dataclass
class Run:
    """One build under way."""

    content: Content
    how: How
    store: Store
    fresh: Path
    spool: Spool
    progress: Progress
    index: Index = field(default_factory=Index)
    named: dict[str, Page] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    holds: dict[str, str] = field(default_factory=dict)
    before: Path | None = None
    """The folder of the last site, which this one takes the place of."""

    def __post_init__(self) -> None:
        self.old = self.store.index if self.how.reuse else Index()
        self.keys = Keys("", "")
        self.same_frames = False

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the words of the user's, in which one of our pages can be named."""
        return users_words(self.content)

    @cached_property
    def frames(self) -> Frames:
        """Return the frames of this build, once it is known what concerns all of them."""
        known = self.old.stencils if self.same_frames else {}
        return Frames(
            self.store,
            self.spool,
            self.keys.frame,
            dict(known),
            free(self.content, self.words),
            self.content.site.addresses.file,
        )

    def make_some(self, keys: Keys) -> bool:
        """Make pages as long as none of them takes the engine, and say whether that went well."""
        self._begin(keys)
        for one in self.content.made:
            if isinstance(one, Due):
                self._due(one)
            if self.frames.waiting:
                return False
        self._files()
        return True

    def _begin(self, keys: Keys) -> None:
        self.keys = keys
        self.same_frames = self.old.shared_of == self.keys.frame and not self.content.foreign and not ENGINE_SEARCHES

    def make(self) -> None:
        """Make all pages and files."""
        self._begin(self._keys())
        total = len(self.content.made)
        for at, one in enumerate(self.content.made):
            self.progress("making pages", at, total)
            if isinstance(one, Due):
                self._due(one)
            elif isinstance(one, DueFile):
                self._due_file(one)
        if self.frames.waiting or not self._shared_again():
            self._engine()
        self._files()
        used = {one.shape for one in self.index.pages.values()}
        self.index.stencils = {shape: content for shape, content in self.frames.stencils.items() if shape in used}

    def finish(self, folder: Path) -> Iterator[str]:
        """Take the last steps over the whole folder, and yield what is to be told."""
        yield from passed_over(self.content, self.how.engine)
        yield from self.said
        site = self.content.site
        files = {path: site.addresses.file(path) for path in (*self.index.pages, *self.old.pages)}
        gone = frozenset(files[path] for path in self.old.pages if path not in self.index.pages)
        same = frozenset(files[path] for path in self.index.pages if path not in self.changed)
        kept = self.how.kept / "steps"
        finished = Finished(folder, site, self.how.engine, same, gone, kept, self.how.is_draft)
        for step in STEPS:
            self.progress(step.__name__.replace("_", " "), 0, 0)
            yield from step(finished)

    def _is_named(self, path: str) -> bool:
        """Say whether the user's pages or the navigation may name a page: then the engine wants to see its file."""
        folders = path.split("/")[:-1]
        return not folders or folders[-1] in self.words

    def _keys(self) -> Keys:
        files = {**self.content.own, **self.content.theme}
        titles = [
            one for one in map(self._made, (one for one in self.content.made if one.path in self.content.settings)) if one
        ]
        frame = frame_key(
            self.content.settings, ((name, bytes_of(file)) for name, file in files.items()), titles, self.how.engine
        )
        return Keys(content_key(self.content.site), frame)

    def _made(self, one: Due | DueFile | File) -> Page | None:
        """Return a page that the engine may need whether it changed or not; each is made once for that."""
        if not isinstance(one, Due) or not self._is_named(one.path):
            return None
        if one.path not in self.named:
            self.named[one.path] = one.make(self.content.site.questions)
        return self.named[one.path]

    def _due(self, due: Due) -> None:
        """Take a page as it was, or make it when its inputs or one of its answers changed."""
        site, old = self.content.site, self.old.pages.get(due.path)
        inputs = named(due.inputs, self.keys.content)
        is_same = bool(due.inputs) and self.same_frames and old is not None and old.inputs == inputs
        is_same = is_same and old is not None and answers(old.asked, site.questions) == old.answers
        if old and is_same and self._again(site.addresses.file(due.path), old.content):
            self.index.pages[due.path] = old
            return
        asking = Asking(site.questions)
        page = due.make(asking.questions)
        asked = tuple(asking.asked)
        self._page(page, Kept("", (), "", inputs, asked, answers(asked, asking.questions)))

    def _due_file(self, due: DueFile) -> None:
        """Take a file as it was, or make it when its inputs or one of its answers changed."""
        questions, old = self.content.site.questions, self.old.pages.get(due.path)
        inputs = named(due.inputs, self.keys.content)
        is_same = old and old.inputs == inputs and answers(old.asked, questions) == old.answers
        if old and is_same and self._again(due.path, old.content):
            self.index.pages[due.path] = old
            return
        asking = Asking(questions)
        data = due.make(asking.questions)
        asked = tuple(asking.asked)
        self._put(due.path, data, Kept("", (), "", inputs, asked, answers(asked, asking.questions)))

    def _page(self, page: Page, made_of: Kept) -> None:
        """Fill the frame that a page had, or one that is made for it, or let it wait for the engine."""
        kept = made_of._replace(frame=named(self.keys.frame, page.path, given(page)))
        if not self._filled_again(page, kept) and (framed := self.frames.of(page, kept)):
            self._fill(*framed)

    def _filled_again(self, page: Page, kept: Kept) -> bool:
        """Say whether a page could be put into the frame that it had."""
        site, old = self.content.site, self.old.pages.get(page.path)
        if not self.same_frames or not old or old.frame != kept.frame:
            return False
        target = self._target(page.path)
        before = self.store.link(old.content, target)
        if before is None:
            return False
        data, spans = emptied(before, old.spans).filled(blocks(page), page.path)
        kept = kept._replace(spans=spans, shape=old.shape)
        target.unlink()
        if data == before and self._again(site.addresses.file(page.path), old.content):
            self.index.pages[page.path] = kept._replace(content=old.content)
        else:
            self._put(page.path, data, kept)
        return True

    def _fill(self, page: Page, kept: Kept, frame: Frame) -> None:
        data, spans = frame.filled(blocks(page), page.path)
        self._put(page.path, data, kept._replace(spans=spans))

    def _put(self, path: str, data: bytes, kept: Kept) -> None:
        content = self.store.put(data, self._target(path))
        self.holds[self.content.site.addresses.file(path)] = content
        self.index.pages[path] = kept._replace(content=content)
        old = self.old.pages.get(path)
        if old is None or old.content != content:
            self.changed.add(path)

    def _again(self, file: str, content: str) -> bool:
        """Say whether a file is there as it was kept."""
        if self.how.there.get(file) != content and self.store.link(content, self.fresh / file) is None:
            return False
        self.holds[file] = content
        return True

    def _target(self, path: str) -> Path:
        return self.fresh / self.content.site.addresses.file(path)

    def _shared_again(self) -> bool:
        """Say whether all that the engine makes for all pages could be taken from the last build."""
        if not self.same_frames or not self.old.shared:
            return False
        for path, content in self.old.shared.items():
            if not self._again(path, content):
                return False
        self.index.shared, self.index.shared_of = self.old.shared, self.keys.frame
        return True

    def _engine(self) -> None:
        """Let the engine make what waits, the pages that its navigation needs, and the user's own."""
        needed = {page.path: page.frame for page in map(self._made, self.content.made) if page}
        for page, kept, frame in self.frames.made(self._engine_run, needed, self._share, few=self.same_frames):
            self._fill(page, kept, frame)

    @contextmanager
    def _engine_run(self, frames: Mapping[str, str]) -> Iterator[Path]:
        self.progress(f"{self.how.engine} makes {len(frames):,} pages", 0, 0)
        with engine_made(self.content, frames, self.how.engine) as (built, said):
            self.said += (line for line in said if line not in self.said)
            yield built

    def _share(self, built: Path, given: frozenset[str]) -> None:
        """Take over what the engine made for all pages."""
        ours = {self.content.site.addresses.file(path) for path in given}
        own = frozenset() if self.content.foreign else frozenset(self.content.own)
        for file in sorted(file for file in built.rglob("*") if file.is_file()):
            name = file.relative_to(built).as_posix()
            if name in ours or name in own or name in _NOT_OURS:
                continue
            (self.fresh / name).unlink(missing_ok=True)
            self.index.shared[name] = self.holds[name] = self.store.put(file.read_bytes(), self.fresh / name)
        self.index.shared_of = self.keys.frame

    def _files(self) -> None:
        """Write the files that are as they are: ours, the user's, and those that narratives name."""
        for one in self.content.made:
            if isinstance(one, File):
                self._as_is(one.path, one.data)
        for name, file in self.content.own.items():
            if not name.endswith(".md") and not (self.fresh / name).exists():  # a plugin may have changed it
                self._as_is(name, bytes_of(file))
        library = self.content.site.library
        for name, file in library.attached.items():
            self._as_is(name, library.bytes_of(file))

    def _as_is(self, name: str, data: bytes) -> None:
        """Write a file in the place of what stood there, which may be a second name of something kept."""
        self.holds[name] = named(data)
        if self.how.there.get(name) != self.holds[name]:
            self.store.write(data, self.fresh / name, before=self.before / name if self.before else None)
