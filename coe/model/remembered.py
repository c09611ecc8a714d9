"""A document that is known from an earlier look: what others ask of it is there, the rest is read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from coe.diagnostic import Flaw
from coe.model.coe import Coe
from coe.model.learning import Related
from coe.model.validate import NOUNS, Analysis, Kind
from coe.parse.allow import Allowance
from coe.parse.document import Document
from coe.parse.front_matter import FrontMatter
from coe.read import Source

SLIM = ("id", "title", "status", "kind", "severity", "visibility")
"""What a repository asks of each of its COEs."""


class SlimCoe(Coe):
    """A COE of which a few fields are there; all others come from the document, which is parsed for the first of them."""

    model_config = ConfigDict(defer_build=True)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            held = object.__getattribute__(self, "__dict__")
            if name == "related" and "related" in held["-fields"]:
                held[name] = tuple(map(Related.model_validate, held["-fields"][name]))
                return held[name]
            if "-whole" not in held:
                held["-whole"] = held["-load"]()
            return getattr(held["-whole"], name)


def _slim(fields: Mapping[str, Any], load: Callable[[], BaseModel | None]) -> SlimCoe:
    coe = SlimCoe.__new__(SlimCoe)
    object.__setattr__(coe, "__dict__", {**{name: fields[name] for name in SLIM}, "-fields": fields, "-load": load})
    return coe


def slim_fields(coe: Coe) -> dict[str, Any]:
    """Return what a repository asks of a COE, as plain values."""
    fields: dict[str, Any] = {name: getattr(coe, name) for name in SLIM}
    fields["related"] = [{"type": one.type, "id": one.id} for one in coe.related]
    return fields


class Unopened(Document):
    """A document that is parsed when something asks for more than its source and its allowances."""

    def __init__(
        self,
        source: Source,
        allowances: tuple[Allowance, ...],
        open_it: Callable[[], Document],
        body: int | None = None,
        marks: bool | None = None,
    ) -> None:
        self.__dict__.update(source=source, allowances=allowances, _open=open_it, _body=body, _marks=marks)

    @property
    def has_marks(self) -> bool:
        """Say whether something in the text may be marked as not for the public."""
        kept: bool | None = self.__dict__["_marks"]
        return super().has_marks if kept is None else kept

    @property
    def body_start(self) -> int:
        """Return the offset at which the Markdown starts."""
        kept: int | None = self.__dict__["_body"]
        return super().body_start if kept is None else kept

    @cached_property
    def opened(self) -> Document:
        """Return the document as it was parsed."""
        opened: Document = self.__dict__["_open"]()
        return opened

    @cached_property
    def front(self) -> FrontMatter | None:
        """Return the front matter."""
        return self.opened.front

    @cached_property
    def flaws(self) -> tuple[Flaw, ...]:
        """Return what is wrong with the form."""
        return self.opened.flaws


class Remembered(Analysis):
    """A document as it is remembered.

    `noun` is what is kept of the noun: a few fields of a COE, all of anything else; `whole` is all of a COE as JSON, where
    that is kept; `analyse` looks at the document anew.
    """

    def __init__(
        self,
        document: Unopened,
        kind: Kind,
        *,
        noun: Mapping[str, Any] | None,
        references: tuple[tuple[tuple[str | int, ...], Any, str], ...],
        analyse: Callable[[], Analysis],
        whole: str | None = None,
    ) -> None:
        self.__dict__.update(document=document, kind=kind, references=references, _noun=noun, _analyse=analyse, _json=whole)

    references: tuple[tuple[tuple[str | int, ...], Any, str], ...]
    """What the document refers to: where, what kind of thing, and by which id."""

    @cached_property
    def _whole(self) -> Analysis:
        analysis: Analysis = self.__dict__["_analyse"]()
        return analysis

    @cached_property
    def noun(self) -> BaseModel | None:
        """Return the noun."""
        kept = self.__dict__["_noun"]
        if kept is None:
            return None
        if (whole := self.__dict__["_json"]) is not None:
            noun = Coe.model_validate_json(whole)
            self.__dict__["_json"] = None  # tens of megabytes where there are ten thousand
            return noun
        if self.kind == "coe":
            return _slim(kept, lambda: self._whole.noun)
        return NOUNS[self.kind].model_validate(kept)

    @cached_property
    def flaws(self) -> tuple[Flaw, ...]:
        """Return what stands in the way of the noun."""
        return self._whole.flaws
