"""Content → the folder of a site: what is kept is taken, what is new is made, and the engine gets what only it can make."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from coe.site.config import ENGINE_SEARCHES
from coe.site.engine import Engine
from coe.site.frame import emptied, frame_of
from coe.site.framing import Spool, Waiting, engine_made, passed_over
from coe.site.key import Keys, content_key, frame_key
from coe.site.output import patched, replaced
from coe.site.page import Due, DueFile, File, Page
from coe.site.pages import Content, bytes_of
from coe.site.questions import Asking, answers
from coe.site.steps import STEPS, Finished
from coe.site.store import Index, Kept, Store, named

Progress = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and how much there is."""

_WORDS = re.compile(r"[\w.-]+")
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


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: pages of the site, how many of them are new or changed, bytes, and what is to be told.

    `files` is what the folder now holds, by file and content.
    """

    pages: int
    changed: int
    size: int
    said: tuple[str, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    keys: Keys | None = None


def press(content: Content, output: Path, how: How, progress: Progress) -> Built:
    """Return what it took to make a folder hold the site; on any error it stays what it was.

    Errors: `CoeError` when the engine refuses, a template cannot be used, or the system refuses.
    """
    store = Store(how.kept)
    with patched(output) if how.there else replaced(output) as fresh, tempfile.TemporaryFile() as spool:
        run = _Run(content, how, store, fresh, Spool(spool), progress)
        run.make()
        said = [] if how.there else list(run.finish(fresh))
    if how.there:
        for name in how.there.keys() - run.holds.keys():
            (output / name).unlink(missing_ok=True)
        said = list(run.finish(output))
    store.save(run.index)
    return Built(len(run.index.pages), len(run.changed), _size(output), tuple(said), run.holds, run.keys)


def press_some(content: Content, output: Path, how: How, last: Built) -> Built | None:
    """Return what it took to put some pages of a site that was built before into its folder, and nothing else.

    It is absent, and nothing is done, when that takes the engine. All else in the folder stays as it was, until a whole
    build looks at it.
    """
    store = Store(how.kept)
    how = replace(how, there=last.files)
    with patched(output) as fresh, tempfile.TemporaryFile() as spool:
        run = _Run(content, how, store, fresh, Spool(spool), lambda *_: None)
        if last.keys is None or not run.make_some(last.keys):
            shutil.rmtree(fresh)
            return None
    return replace(last, changed=len(run.changed), files={**last.files, **run.holds})


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


@dataclass
class _Run:
    """One build under way."""

    content: Content
    how: How
    store: Store
    fresh: Path
    spool: Spool
    progress: Progress
    index: Index = field(default_factory=Index)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    frames: dict[str, str] = field(default_factory=dict)
    named: dict[str, Page] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    holds: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.old = self.store.index if self.how.reuse else Index()
        self.keys = Keys("", "")
        self.same_frames = False
        self.words: frozenset[str] = frozenset()

    def make_some(self, keys: Keys) -> bool:
        """Make pages as long as none of them takes the engine, and say whether that went well."""
        self._begin(keys)
        for one in self.content.made:
            if isinstance(one, Due):
                self._due(one)
            if self.waiting:
                return False
        self._files()
        return True

    def _begin(self, keys: Keys) -> None:
        self.keys = keys
        self.same_frames = self.old.shared_of == self.keys.frame and not self.content.foreign and not ENGINE_SEARCHES

    def make(self) -> None:
        """Make all pages and files."""
        self.words = frozenset(_WORDS.findall(self._users_words()))
        self._begin(self._keys())
        total = len(self.content.made)
        for at, one in enumerate(self.content.made):
            self.progress("making pages", at, total)
            if isinstance(one, Due):
                self._due(one)
            elif isinstance(one, DueFile):
                self._due_file(one)
        if self.waiting or not self._shared_again():
            self._engine()
        self._files()

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

    def _users_words(self) -> str:
        """Return all that the user wrote in which one of our pages can be named."""
        own = (bytes_of(file).decode("utf-8", "replace") for name, file in self.content.own.items() if name.endswith(".md"))
        return "\n".join((self.content.settings, *own))

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
        self._page(page, Kept("", (), "", inputs, asked, answers(asked, site.questions)))

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
        self._put(due.path, data, Kept("", (), "", inputs, asked, answers(asked, questions)))

    def _page(self, page: Page, made_of: Kept) -> None:
        """Fill the frame that a page had, or let it wait for the engine to make one."""
        text = page.text if ENGINE_SEARCHES else page.frame
        blocks = {} if ENGINE_SEARCHES else page.blocks
        kept = made_of._replace(frame=named(self.keys.frame, page.path, text))
        site, old = self.content.site, self.old.pages.get(page.path)
        if self.same_frames and old and old.frame == kept.frame:
            target = self._target(page.path)
            before = self.store.link(old.content, target)
            if before is not None:
                data, spans = emptied(before, old.spans).filled(blocks, page.path)
                target.unlink()
                if data == before and self._again(site.addresses.file(page.path), old.content):
                    self.index.pages[page.path] = kept._replace(content=old.content, spans=spans)
                    return
                self._put(page.path, data, kept._replace(spans=spans))
                return
        self.frames[page.path] = text
        self.waiting[page.path] = Waiting(page.path, kept, self.spool.put(blocks))

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
        """Let the engine make the pages that wait, those that its navigation needs, and the user's own."""
        for page in map(self._made, self.content.made):
            if page and page.path not in self.frames:
                self.frames[page.path] = page.frame
        self.progress(f"{self.how.engine} makes {len(self.frames):,} pages", 0, 0)
        with engine_made(self.content, self.frames, self.how.engine) as (built, said):
            self.said += said
            self._take(built)

    def _take(self, built: Path) -> None:
        """Fill the frames of the pages that waited, and take over what the engine made for all pages."""
        address = self.content.site.addresses.file
        for path, waiting in self.waiting.items():
            data, spans = frame_of((built / address(path)).read_bytes()).filled(self.spool.take(waiting.blocks), path)
            self._put(path, data, waiting.kept._replace(spans=spans))
        ours = {address(path) for path in self.frames}
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
            place = self.fresh / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)
            place.write_bytes(data)
