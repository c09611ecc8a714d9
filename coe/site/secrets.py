"""Corpus → what is taken out of every text for the public, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coe.corpus import Corpus
from coe.language.lexicon import every_word, group
from coe.model.coe import Coe
from coe.model.organization import Catalog, Minutes
from coe.site.hosts import Hosts
from coe.site.redaction import Cut, Words, between_marks, entries

_ID = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")
_TICKET = re.compile(r"([A-Z][A-Z0-9_]{1,14})-\d{1,8}")
_SHORTEST = 3
"""Letters of a record's id or a handle that stands alone; shorter ones are words of every text."""


class Secrets:
    """Finds marks, entries of the configuration, internal hosts, mail addresses, people of the catalog, channels, records of
    other systems, and ids of COEs that are not published."""

    def __init__(self, whole: Corpus, published: frozenset[str]) -> None:
        site = whole.repository.config.site
        self._published = published
        self._entries = entries(site.redact)
        self._hosts = Hosts(site.internal_hosts)
        refs = sorted(set(_refs(whole, self._hosts)))
        self._words = Words((*_people(whole.catalog or Catalog()), *refs))
        prefixes = sorted({match[1] for ref in refs if (match := _TICKET.fullmatch(ref))})
        self._tickets = re.compile(rf"(?<![\w-])(?:{'|'.join(prefixes)})-\d{{1,8}}(?![\w-])") if prefixes else None

    def found(self, text: str) -> Iterator[Cut]:
        """Yield what is to be taken out of a text."""
        yield from between_marks(text)
        for found in self._entries(text):
            yield Cut(*found)
        yield from (Cut(*span) for span in self._hosts.found(text))
        yield from self._words(text)
        if self._tickets:
            yield from (Cut(*match.span()) for match in self._tickets.finditer(text))
        yield from (Cut(*match.span()) for match in _ID.finditer(text) if match.group() not in self._published)

    def in_name(self, text: str) -> str | None:
        """Return what an id holds of the entries of the configuration, absent when it holds none."""
        plain = text.replace("-", " ").replace("_", " ")
        for form in (text, plain):
            for cut in self._entries(form):
                return form[cut[0] : cut[1]]
        return None


def _people(catalog: Catalog) -> Iterator[str]:
    """Yield what people of the catalog are called, but for handles and names that are words of every text."""
    for person in catalog.people:
        yield from person.emails
        for name in (*person.names, *person.handles):
            yield f"@{name.removeprefix('@')}"
            if not _is_word(name):
                yield name.removeprefix("@")
    yield from (team.channel for team in catalog.teams if team.channel)


def _is_word(name: str) -> bool:
    low = name.lower().removeprefix("@")
    return len(low) < _SHORTEST or low in every_word() or low in group("name_word") or low in group("name_product")


def _refs(whole: Corpus, hosts: Hosts) -> Iterator[str]:
    """Yield the ids of records in other systems that documents name."""
    for analysis in whole.analyses:
        noun = analysis.noun
        if isinstance(noun, Coe):
            # A record that anybody can look up is no secret: its id stands in an address of the internet.
            yield from (
                ref.id for ref in noun.incident_refs if _is_record(ref.id) and not (ref.url and hosts.is_outside(ref.url))
            )
            yield from (event.source.ref for event in noun.timeline if event.source and _is_record(event.source.ref))
        if isinstance(noun, Coe | Minutes):
            yield from (item.tracker.ref for item in noun.action_items if item.tracker and _is_record(item.tracker.ref))


def _is_record(ref: str) -> bool:
    return len(ref) >= _SHORTEST and any(char.isdigit() for char in ref) and not ref.isdigit()
