"""Document → the people whom its prose names, as the linter knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from coe.corpus import Corpus
from coe.diagnostic import Path
from coe.house import house_of
from coe.language.house import House
from coe.language.lexicon import every_word, group
from coe.language.prose import Prose
from coe.parse.document import Document
from coe.site.redaction import Cut, Words
from coe.text import Span


@dataclass(frozen=True)
class InDocument:
    """The people of one document: where its narrative names them, and by which words.

    A word that is also one of the language, such as “Will”, is a name only where it was read as one.
    """

    body: tuple[Span, ...]
    anywhere: Words
    somewhere: dict[Path, Words]

    def found(self, text: str, path: Path | None) -> Iterator[Cut]:
        """Yield where the text of a field names somebody; without a path, the whole narrative."""
        yield from self.anywhere(text)
        if path in self.somewhere:
            yield from self.somewhere[path](text)


@dataclass(frozen=True)
class Persons:
    """The people of a repository, and what reads a document for more."""

    whole: Corpus

    @cached_property
    def _house(self) -> House:
        return house_of(self.whole)

    def of(self, document: Document) -> InDocument:
        """Return the people whom a document names."""
        body: list[Span] = []
        anywhere: dict[str, None] = {}
        somewhere: dict[Path, list[str]] = {}
        prose = Prose(document, house=self._house)
        for one in prose.everybody():
            name = " ".join(document.text[one.span.start : one.span.end].split())
            if one.span.start >= document.body_start:
                body.append(one.span)
            else:
                somewhere.setdefault(document.field_at(one.span.start), []).append(name)
            if not _is_word(name) and not prose.is_small(name):
                anywhere[name] = None
        return InDocument(
            tuple(body), Words(anywhere, exact=True), {path: Words(names, exact=True) for path, names in somewhere.items()}
        )


def _is_word(name: str) -> bool:
    low = name.lower()
    return " " not in name and (low in every_word() or low in group("name_word") or low in group("name_product"))
