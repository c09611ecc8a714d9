"""YAML text → tree.

Lines as nearly all are written are read by `coe.parse.usual`; of all other texts libyaml's events (through PyYAML) say where
each key and value starts and ends. The tree is built here, without
recursion and under caps, because constructors of YAML libraries type values by rules of their own, lose places,
and can be made to hang or to crash.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

import yaml

from coe.diagnostic import Flaw
from coe.parse.tree import Entry, Mapping, Node, Scalar, Sequence, measure
from coe.text import Span

MAX_DEPTH = 40
MAX_NODES = 100_000
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)
_new: Any = tuple.__new__  # makes a named tuple without the Python function that its class would call
IS_FAST = _Loader is not yaml.Loader
"""Whether libyaml is there; without it reading takes many times longer."""


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
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[str, tuple[int, int]] = {}
        self.flaws: list[Flaw] = []
        self.left = MAX_NODES

    def span(self, event: Any) -> Span:
        return Span(event.start_mark.index + self.base, event.end_mark.index + self.base)

    def flaw(self, span: Span, message: str, help: str, rule: str = "yaml-syntax") -> None:  # noqa: A002 (as in the report)
        self.flaws.append(Flaw(rule, span, message, help))

    def read(self, loader: Any) -> Node | None:
        """Return the node that the events of a stream make; of several documents the first.

        The collection that is being read is in local names, those around it are on a stack: there are hundreds of events
        in a document, and here is where the time of a check goes.
        """
        next_event, base, new = loader.get_event, self.base, _new
        scalar, map_start, map_end, last = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.MappingEndEvent, yaml.StreamEndEvent
        root: Node | None = None
        stack: list[tuple[int, list[Node] | None, dict[str, Entry] | None, Scalar | None]] = []
        # Of the collection that is being read: a list has items, a mapping entries, and a key that waits for its value.
        items: list[Node] | None = None
        entries: dict[str, Entry] | None = None
        key: Scalar | None = None
        start = 0
        named: dict[int, str] = {}  # the anchors of open collections, by their depth
        while (kind := type(event := next_event())) is not last:
            self.left -= 1
            if self.left < 0:
                self.refuse(event, f"more than {MAX_NODES:,} values", "Move data out of the front matter.")
            if kind is scalar:
                if event.anchor is None and event.tag is None:
                    begun, ended = event.start_mark.index + base, event.end_mark.index + base
                    node: Any = new(Scalar, (event.value, begun, ended, event.style or ""))
                else:
                    node = self.marked(event)
                if entries is not None and key is None:
                    key = node
                    continue
            elif kind is map_start or kind is yaml.SequenceStartEvent:
                if event.tag is not None:
                    self.check_tag(event)
                if len(stack) >= MAX_DEPTH:
                    self.check_depth(len(stack), event)
                stack.append((start, items, entries, key))
                if event.anchor is not None:
                    named[len(stack)] = event.anchor
                start, key = event.start_mark.index + base, None
                items, entries = (None, {}) if kind is map_start else ([], None)
                continue
            elif kind is map_end or kind is yaml.SequenceEndEvent:
                inner: tuple[Any, ...] = tuple(items or ()) if entries is None else tuple(entries.values())
                at: int = event.end_mark.index
                if inner and event.start_mark.index == at:
                    # In block style its end mark stands at the next token: its own end is that of the last thing in it.
                    end = (inner[-1] if entries is None else inner[-1].value).end
                else:
                    end = at + base
                node = new(Sequence if entries is None else Mapping, (inner, start, max(start, end)))
                if named and len(stack) in named:
                    self.name(named.pop(len(stack)), node)
                start, items, entries, key = stack.pop()
            elif kind is yaml.AliasEvent:
                node = self.alias(event, len(stack))
            else:
                continue
            if entries is None:
                if items is not None:
                    items.append(node)
                elif root is None:
                    root = node
            elif key is None:
                key = node if type(node) is Scalar else self.no_key(node)
            else:
                word = key[0]
                if word in entries or word == "<<":
                    self.enter(entries, start, (key, node))
                else:
                    entries[word] = new(Entry, (key, node))
                key = None
        return root

    def refuse(self, event: Any, message: str, advice: str) -> NoReturn:
        raise _RefusedError(Flaw("yaml-syntax", self.span(event), message, advice))

    def marked(self, event: Any) -> Scalar:
        """Return a scalar that has an anchor or a tag; its place is that of the value itself, without them."""
        self.check_tag(event)
        start, end = self.span(event)
        if event.style:
            start = self.text.index(event.style, start - self.base) + self.base
        else:
            start = max(start, end - len(event.value))
        node = Scalar(event.value, start, end, event.style or "")
        if event.anchor:
            self.name(event.anchor, node)
        return node

    def name(self, anchor: str, node: Node) -> None:
        self.anchors[anchor] = node
        self.sizes[anchor] = measure(node)

    def check_depth(self, levels: int, event: Any) -> None:
        if levels >= MAX_DEPTH:
            self.refuse(event, f"nested deeper than {MAX_DEPTH} levels", "Flatten the structure.")

    def check_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            self.flaw(
                self.span(event), f"the YAML tag {event.tag} is not used here", "Remove the tag; the field's type decides."
            )

    def alias(self, event: Any, depth: int) -> Node:
        node = self.anchors.get(event.anchor)
        if node is None:
            self.flaw(
                self.span(event), f"the alias *{event.anchor} has no anchor before it", f"Define it first: &{event.anchor} …"
            )
            node = Scalar("", *self.span(event))
        nodes, levels = self.sizes.get(event.anchor, (1, 0))
        self.left -= nodes
        self.check_depth(levels + depth, event)
        return node

    def no_key(self, node: Node) -> Scalar:
        self.flaw(node.span, "a key must be a word, this one is a list or a mapping", "Quote the key if it is meant as text.")
        return Scalar("", *node.span)

    def enter(self, entries: dict[str, Entry], start: int, pair: tuple[Scalar, Node]) -> None:
        """Take an entry of a mapping that starts at `start`: one that merges others, or whose key stands there already."""
        key, node = pair
        name = key.value
        if name == "<<" and not key.style:
            for merged in node.items if isinstance(node, Sequence) else (node,):
                for entry in merged.entries if isinstance(merged, Mapping) else ():
                    entries.setdefault(entry.key.value, entry)
        elif name in entries and entries[name].key.span.start >= start:
            self.flaw(key.span, f"the key `{name}` stands twice in this mapping", "Keep one of the two.", "duplicate-key")
        else:
            entries[name] = Entry(key, node)


def parse_yaml(text: str, base: int = 0) -> tuple[Node | None, tuple[Flaw, ...]]:
    """Return the tree of a YAML text that starts at `base` of its file, and what is wrong with it.

    Any text at all comes back as a tree or as flaws; there is no tree after a syntax error.
    """
    tree, flaws = _read(text, base)
    # The readers of YAML stop at such a character, or before it: a text without a flaw has none.
    bad = _FORBIDDEN.search(text) if flaws else None
    if bad:
        found = f"the character U+{ord(bad.group()):04X} is not allowed in YAML"
        return None, (Flaw("yaml-syntax", Span(*bad.span()).shifted(base), found, "Delete the character."),)
    return tree, flaws


def _read(text: str, base: int) -> tuple[Node | None, tuple[Flaw, ...]]:
    """Return the tree of a YAML text, and what its events tell of flaws."""
    builder = _Builder(text, base)
    loader = None
    try:
        # Not `yaml.parse`, which asks for each event twice: at hundreds of events a document that is a tenth of a check.
        loader = _Loader(text)
        root = builder.read(loader)
    except yaml.MarkedYAMLError as error:
        return None, (*builder.flaws, _syntax_flaw(error, text, base))
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        return None, (*builder.flaws, Flaw("yaml-syntax", Span(base, base), f"not valid YAML: {error}", None))
    except _RefusedError as refused:
        return None, (*builder.flaws, refused.flaw)
    finally:
        if loader is not None:
            loader.dispose()
    return root, tuple(builder.flaws)


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
