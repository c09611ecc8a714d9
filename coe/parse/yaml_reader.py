"""YAML text → tree.

libyaml's events (through PyYAML) say where each key and value starts and ends. The tree is built here, without
recursion and under caps, because constructors of YAML libraries type values by rules of their own, lose places,
and can be made to hang or to crash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from coe.diagnostic import Flaw
from coe.parse.tree import Entry, Mapping, Node, Scalar, Sequence, measure
from coe.text import Span

MAX_DEPTH = 40
MAX_NODES = 100_000
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)
IS_FAST = _Loader is not yaml.Loader
"""Whether libyaml is there; without it reading takes many times longer."""


@dataclass(slots=True)
class _Open:
    """A collection that is still being read."""

    start: int
    anchor: str | None
    is_mapping: bool
    items: list[Node]
    entries: dict[str, Entry]
    key: Scalar | None = None


class _RefusedError(Exception):
    """Reading stops here: carries the flaw."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


class _Builder:
    """Turns events into nodes; `base` is where the YAML text starts in its file."""

    def __init__(self, text: str, base: int) -> None:
        self.text = text
        self.base = base
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[str, tuple[int, int]] = {}
        self.flaws: list[Flaw] = []
        self.root: Node | None = None
        self.count = 0

    def span(self, event: Any) -> Span:
        return Span(event.start_mark.index + self.base, event.end_mark.index + self.base)

    def flaw(self, span: Span, message: str, help: str, rule: str = "yaml-syntax") -> None:  # noqa: A002 (as in the report)
        self.flaws.append(Flaw(rule, span, message, help))

    def read(self, loader: Any) -> None:
        """Take the events of a stream.

        Nearly all of them are plain scalars inside a collection, and beginnings and ends of collections: these are dealt
        with here, without a call, because the loop is where the time of a check goes.
        """
        next_event, scalar, last = loader.get_event, yaml.ScalarEvent, yaml.StreamEndEvent
        begins = {yaml.MappingStartEvent: True, yaml.SequenceStartEvent: False}
        ends = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
        new: Any = tuple.__new__  # makes a named tuple without the Python function that its class would call
        stack, base = self.stack, self.base
        while (kind := type(event := next_event())) is not last:
            self.count += 1
            if self.count > MAX_NODES:
                raise _RefusedError(
                    Flaw(
                        "yaml-syntax", self.span(event), f"more than {MAX_NODES:,} values", "Move data out of the front matter."
                    )
                )
            if kind is scalar:
                if not stack or event.anchor is not None or event.tag is not None:
                    self.take(kind, event)
                    continue
                span = new(Span, (event.start_mark.index + base, event.end_mark.index + base))
                node = new(Scalar, (event.value, span, event.style or ""))
                top = stack[-1]
                if top.is_mapping and top.key is None:
                    top.key = node
                    continue
            elif kind in begins:
                if event.anchor is not None or event.tag is not None or len(stack) >= MAX_DEPTH:
                    self.take(kind, event)
                else:
                    stack.append(_Open(event.start_mark.index + base, None, begins[kind], [], {}))
                continue
            elif kind in ends and len(stack) > 1 and stack[-1].anchor is None:
                node = self.closed(event)
                top = stack[-1]
                if top.is_mapping and top.key is None:
                    self.add(node, None)
                    continue
            else:
                self.take(kind, event)
                continue
            if not top.is_mapping:
                top.items.append(node)
                continue
            key: Any = top.key
            top.key = None
            name = key.value
            if name in top.entries or name == "<<":
                self.enter(top, key, node)
            else:
                top.entries[name] = new(Entry, (key, node))

    def take(self, kind: type, event: Any) -> None:
        """Take one event, whatever it is."""
        if kind is yaml.ScalarEvent:
            self.check_tag(event)
            self.add(Scalar(event.value, self.inner(event), event.style or ""), event.anchor)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.check_tag(event)
            self.check_depth(len(self.stack), event)
            start, _ = self.span(event)
            self.stack.append(_Open(start, event.anchor, kind is yaml.MappingStartEvent, [], {}))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.close(event)
        elif kind is yaml.AliasEvent:
            self.alias(event)

    def inner(self, event: Any) -> Span:
        """Return the place of the value itself, without an anchor or a tag in front of it."""
        start, end = self.span(event)
        if event.anchor is None and event.tag is None:
            return Span(start, end)
        if event.style:
            return Span(self.text.index(event.style, start - self.base) + self.base, end)
        return Span(max(start, end - len(event.value)), end)

    def check_depth(self, levels: int, event: Any) -> None:
        if levels >= MAX_DEPTH:
            raise _RefusedError(
                Flaw("yaml-syntax", self.span(event), f"nested deeper than {MAX_DEPTH} levels", "Flatten the structure.")
            )

    def check_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            self.flaw(
                self.span(event), f"the YAML tag {event.tag} is not used here", "Remove the tag; the field's type decides."
            )

    def alias(self, event: Any) -> None:
        node = self.anchors.get(event.anchor)
        if node is None:
            self.flaw(
                self.span(event), f"the alias *{event.anchor} has no anchor before it", f"Define it first: &{event.anchor} …"
            )
            node = Scalar("", self.span(event))
        nodes, levels = self.sizes.get(event.anchor, (1, 0))
        self.count += nodes
        self.check_depth(levels + len(self.stack), event)
        self.add(node, None)

    def close(self, event: Any) -> None:
        anchor = self.stack[-1].anchor
        self.add(self.closed(event), anchor)

    def closed(self, event: Any) -> Node:
        """Return the collection that ends here."""
        done = self.stack.pop()
        end: int = event.end_mark.index
        entries, items = tuple(done.entries.values()), done.items
        if event.start_mark.index == end:
            # A block collection's end mark stands at the next token: its own end is its last child's.
            last = entries[-1].value if entries else items[-1] if items else None
            end = last.span.end if last else end + self.base
        else:
            end += self.base
        new: Any = tuple.__new__
        span = new(Span, (done.start, max(done.start, end)))
        node: Node = new(Mapping, (entries, span)) if done.is_mapping else new(Sequence, (tuple(items), span))
        return node

    def add(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = node
            self.sizes[anchor] = measure(node)
        if not self.stack:
            self.root = node if self.root is None else self.root
            return
        top = self.stack[-1]
        if not top.is_mapping:
            top.items.append(node)
        elif top.key is None:
            if not isinstance(node, Scalar):
                self.flaw(
                    node.span, "a key must be a word, this one is a list or a mapping", "Quote the key if it is meant as text."
                )
                node = Scalar("", node.span)
            top.key = node
        else:
            self.enter(top, top.key, node)
            top.key = None

    def enter(self, top: _Open, key: Scalar, node: Node) -> None:
        name, entries = key.value, top.entries
        if name == "<<" and not key.style:
            for merged in node.items if isinstance(node, Sequence) else (node,):
                for entry in merged.entries if isinstance(merged, Mapping) else ():
                    entries.setdefault(entry.key.value, entry)
        elif name in entries and entries[name].key.span.start >= top.start:
            self.flaw(key.span, f"the key `{name}` stands twice in this mapping", "Keep one of the two.", "duplicate-key")
        else:
            entries[name] = Entry(key, node)


def parse_yaml(text: str, base: int = 0) -> tuple[Node | None, tuple[Flaw, ...]]:
    """Return the tree of a YAML text that starts at `base` of its file, and what is wrong with it.

    Any text at all comes back as a tree or as flaws; there is no tree after a syntax error.
    """
    bad = _FORBIDDEN.search(text)
    if bad:
        found = f"the character U+{ord(bad.group()):04X} is not allowed in YAML"
        return None, (Flaw("yaml-syntax", Span(*bad.span()).shifted(base), found, "Delete the character."),)
    builder = _Builder(text, base)
    loader = None
    try:
        # Not `yaml.parse`, which asks for each event twice: at hundreds of events a document that is a tenth of a check.
        loader = _Loader(text)
        builder.read(loader)
    except yaml.MarkedYAMLError as error:
        return None, (*builder.flaws, _syntax_flaw(error, text, base))
    except yaml.YAMLError as error:
        return None, (*builder.flaws, Flaw("yaml-syntax", Span(base, base), f"not valid YAML: {error}", None))
    except _RefusedError as refused:
        return None, (*builder.flaws, refused.flaw)
    finally:
        if loader is not None:
            loader.dispose()
    return builder.root, tuple(builder.flaws)


def _syntax_flaw(error: yaml.MarkedYAMLError, text: str, base: int) -> Flaw:
    mark: Any = error.problem_mark or error.context_mark
    unclosed = (
        "end of stream" in str(error.problem) or "in a flow" in str(error.context) or "parsing a flow" in str(error.context)
    )
    if unclosed and error.context_mark:  # what was opened says more than where the text ended
        mark = error.context_mark
    at = min(mark.index, max(len(text) - 1, 0)) if mark else 0
    problem = (error.problem or "not valid YAML").strip()
    line = text[text.rfind("\n", 0, at) + 1 :].split("\n", 1)[0]
    help_text = None
    if "mapping values are not allowed" in problem:
        problem, help_text = "a `: ` stands inside an unquoted value", 'Quote the value: key: "text: with a colon".'
    elif "\t" in line[: len(line) - len(line.lstrip())] or "found character that cannot start any token" in problem:
        head = line.lstrip()[:1]
        if head and head in "@`%":
            problem, help_text = f"a value cannot start with `{head}`", f'Quote the value: "{head}…".'
        else:
            problem, help_text = "a tab stands where YAML wants spaces", "Indent with spaces."
    elif "undefined alias" in problem:
        help_text = "Define the anchor (&name) before the alias, or quote a value that starts with `*`."
    elif "expected <block end>" in problem or "could not find expected ':'" in problem:
        help_text = "Check the indentation of this line and of the lines above it; each key needs `: ` and a value."
    elif (
        "did not find expected" in problem or "unexpected end of stream" in problem or "while scanning" in (error.context or "")
    ):
        help_text = "Check for a bracket, a brace or a quote that is not closed above this place."
    context = f" ({error.context})" if error.context and help_text is None else ""
    return Flaw("yaml-syntax", Span(at + base, min(at + 1, len(text)) + base), f"not valid YAML: {problem}{context}", help_text)
