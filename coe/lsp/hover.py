"""What an editor shows of the place under the mouse: findings, names, rules, measures and fields, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as File

from coe.corpus import Corpus
from coe.diagnostic import Diagnostic, Path
from coe.explain import url
from coe.lsp.complete import beside, described
from coe.lsp.meaning import LOCAL
from coe.lsp.names import Thing, definition, thing_at
from coe.model.coe import Coe
from coe.model.facts import fact
from coe.model.measures import Measure, duration_words, measures
from coe.model.organization import Catalog
from coe.model.validate import Analysis
from coe.model.words import clock
from coe.parse.tree import Leaf, Mapping, Node, Scalar
from coe.rule import Rule, all_rules
from coe.text import Span

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!])")
_ALLOWED = re.compile(r"coe:\s*allow(?:-file)?\s+([\w-]+)")


@dataclass(frozen=True, slots=True)
class Card:
    """What to show, as Markdown, and the place that it is about."""

    text: str
    span: Span


def hover(corpus: Corpus, analysis: Analysis, found: Iterable[Diagnostic], offset: int) -> Card | None:
    """Return what is to be shown at an offset, absent when there is nothing to say."""
    cards = [
        *_findings(found, offset),
        *_allowance(analysis, offset),
        *_names(corpus, analysis, offset),
        *_measured(analysis, offset),
        *_fields(analysis, offset),
    ]
    if not cards:
        return None
    return Card("\n\n---\n\n".join(dict.fromkeys(card.text for card in cards)), cards[0].span)


def plain(text: str) -> str:
    """Return an author's words so that Markdown shows them and obeys none."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _findings(found: Iterable[Diagnostic], offset: int) -> Iterator[Card]:
    rules = {rule.name: rule for rule in all_rules()}
    for one in found:
        if one.span.start <= offset <= one.span.end and one.rule in rules:
            yield Card(_rule(rules[one.rule]), one.span)


def _rule(rule: Rule) -> str:
    head = f"**[{rule.name}]({url(rule)})** · `{rule.code}` · {rule.family} · {rule.severity.label}"
    return "\n\n".join(part for part in (head, rule.summary, rule.explanation) if part)


def _allowance(analysis: Analysis, offset: int) -> Iterator[Card]:
    for allowance in analysis.document.allowances:
        if allowance.span.start <= offset <= allowance.span.end:
            for rule in all_rules():
                if allowance.rule in (rule.name, rule.code):
                    yield Card(_rule(rule), allowance.span)


def _names(corpus: Corpus, analysis: Analysis, offset: int) -> Iterator[Card]:
    found = thing_at(corpus, analysis, offset)
    if found:
        text = about(corpus, found[0])
        if text:
            yield Card(text, found[1])


def about(corpus: Corpus, thing: Thing) -> str | None:
    """Return who or what a name stands for, absent when nothing is known of it."""
    if thing.kind in LOCAL:
        use = definition(corpus, thing)
        return _local(use.analysis, thing, use.span) if use else None
    if thing.kind == "coe":
        held = corpus.coes.get(thing.id)
        return _coe(held) if held and held.coe else None
    if thing.kind == "tenet" and (tenet := corpus.tenets.get(thing.id)):
        return f"**{plain(tenet.title)}** · tenet, {tenet.status}\n\n{plain(tenet.statement)}\n\n{plain(tenet.rationale)}"
    if thing.kind == "program" and (program := corpus.programs.get(thing.id)):
        done = sum(one.status == "done" for one in program.adoption)
        adopted = f"\n\nAdopted by {done} of {len(program.adoption)} services." if program.adoption else ""
        head = f"**{plain(program.title)}** · program, {program.status}, of `{program.sponsor_team}`"
        return f"{head}\n\nDone when: {plain(program.done_when)}{adopted}"
    return _of_catalog(corpus.catalog, thing) if corpus.catalog else None


def _of_catalog(catalog: Catalog, thing: Thing) -> str | None:
    """Return a team, service or role; people stay unnamed: the catalog's list of them is for the linter only."""
    for team in catalog.teams if thing.kind == "team" else ():
        if team.id == thing.id:
            channel = f" · {plain(team.channel)}" if team.channel else ""
            owned = [service.id for service in catalog.services if service.team == team.id]
            owns = f"Owns {', '.join(f'`{name}`' for name in owned)}." if owned else ""
            return _card(f"**{plain(team.name)}** · team{channel}", team.description, owns)
    for service in catalog.services if thing.kind == "service" else ():
        if service.id == thing.id:
            owner = f" of `{service.team}`" if service.team else ""
            tier = f", tier {service.tier}" if service.tier is not None else ""
            state = ", retired" if service.status == "retired" else ""
            return _card(f"**{plain(service.name)}** · service{owner}{tier}{state}", service.description)
    for role in catalog.roles if thing.kind == "role" else ():
        if role.id == thing.id:
            return _card(f"**{plain(role.name)}** · role `{role.id}`", role.description)
    return None


def _card(head: str, about: str | None, more: str = "") -> str:
    return "\n\n".join(part for part in (head, plain(about) if about else "", more) if part)


def _coe(analysis: Analysis) -> str | None:
    coe = analysis.coe
    if coe is None:
        return None
    head = f"**{plain(coe.title)}** · {coe.severity} · {coe.kind} · {coe.status} · `{coe.owner_team}`"
    times = " · ".join(f"{one.name} {duration_words(one.length)}" for one in measures(coe) if one.name in ("TTD", "TTM"))
    return "\n\n".join(part for part in (head, plain(coe.summary or ""), times, f"`{File(_path(analysis)).name}`") if part)


def _path(analysis: Analysis) -> str:
    return analysis.document.source.path


def _local(analysis: Analysis, thing: Thing, span: Span) -> str:
    leaf = next((leaf for leaf in analysis.document.leaves if leaf.value.span.start <= span.start < leaf.value.span.end), None)
    path = leaf.path if leaf else ()
    said = {
        leaf.path[-1]: leaf.value.value
        for leaf in analysis.document.leaves
        if len(leaf.path) == len(path) and leaf.path[:-1] == path[:-1]
    }
    order = ("at", "start", "end", "type", "milestone", "category", "level", "status", "owner", "owner_team", "due")
    facts = " · ".join(f"`{said[key]}`" for key in order if key in said)
    return _card(f"**{thing.id}** · {thing.kind}{f' · {facts}' if facts else ''}", beside(analysis, path))


def spanned(one: Measure) -> str:
    """Return a measure with the two moments that it spans."""
    return f"{one.name} {duration_words(one.length)}: {one.start_name} {clock(one.start)} → {one.end_name} {clock(one.end)}"


def _measured(analysis: Analysis, offset: int) -> Iterator[Card]:
    coe = analysis.noun
    leaf = _leaf_at(analysis, offset)
    if not isinstance(coe, Coe) or leaf is None:
        return
    name = leaf.value.value if leaf.path[-1] == "milestone" else "impact start" if _is_start(leaf.path) else None
    told = [f"- {one.title}, {spanned(one)}" for one in measures(coe) if name in (one.start_name, one.end_name)]
    if told:
        yield Card("\n".join(told), leaf.value.span)


def _is_start(path: Path) -> bool:
    return path[:2] == ("impact", "windows") and path[-1] == "start"


def _fields(analysis: Analysis, offset: int) -> Iterator[Card]:
    """Yield what the model says of the key at an offset."""
    for path, key in _keys(analysis):
        if key.span.start <= offset <= key.span.end:
            one = fact(analysis.kind, tuple(part for part in path if isinstance(part, str)))
            if one:
                needed = ", needed" if one.required else ""
                yield Card(f"`{one.name}` · {one.shape}{needed}\n\n{described(one)}", key.span)


def _keys(analysis: Analysis) -> Iterator[tuple[Path, Scalar]]:
    stack: list[tuple[Path, Node]] = [((), analysis.document.tree)] if analysis.document.tree else []
    while stack:
        path, node = stack.pop()
        if isinstance(node, Mapping):
            for entry in node.entries:
                yield (*path, entry.key.value), entry.key
                stack.append(((*path, entry.key.value), entry.value))
        elif not isinstance(node, Scalar):
            stack += [((*path, index), item) for index, item in enumerate(node.items)]


def _leaf_at(analysis: Analysis, offset: int) -> Leaf | None:
    return next((one for one in analysis.document.leaves if one.value.span.start <= offset <= one.value.span.end), None)
