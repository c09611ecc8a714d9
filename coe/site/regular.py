"""What the engine may make of the words of a page: nothing, unless the user's files name the page or settings look at words."""

from __future__ import annotations

import re
from collections.abc import Callable

from coe.site.config import ENGINE_SEARCHES
from coe.site.pages import Content, bytes_of

_WORDS = re.compile(r"[\w.-]+")
_ALIKE = frozenset(
    {
        "admonition", "attr_list", "codehilite", "def_list", "fenced_code", "footnotes", "legacy_attrs", "legacy_em",
        "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "abbr", "extra", "wikilinks",
        *(f"pymdownx.{name}" for name in (
            "arithmatex", "b64", "betterem", "caret", "critic", "details", "emoji", "escapeall", "extra", "highlight",
            "inlinehilite", "keys", "magiclink", "mark", "progressbar", "quotes", "saneheaders", "snippets",
            "superfences", "tabbed", "tasklist", "tilde",
        )),
    }
)  # fmt: skip
"""Extensions of Markdown that find nothing to do in a heading of letters, digits and entities. One that is not here may know
words: `pymdownx.smartsymbols` raises the letters of 1st."""

_KNOWS_WORDS = re.compile(r"(?<![\w/])(?:auto_append|glossary|exclude_docs|draft_docs)[\"']?\s*:")
"""Settings that act on some words, or on some paths. A mention is enough."""

_TAG = re.compile(r"\{#.*?#\}|\{\{[-+]?(?P<shown>.*?)[-+]?\}\}|\{%[-+]?(?P<done>.*?)[-+]?%\}", re.DOTALL)
_VALUE = r"config(?:\.\w+)+|base_url|super\(\)|(?:'[^'\\]*'|\"[^\"\\]*\")\s*(?:\|\s*url)?"
_SHOWN = re.compile(rf"\s*(?:{_VALUE})\s*")
_FILE = r"(?:'[^'\\]*\.(?:html|svg)'|\"[^\"\\]*\.(?:html|svg)\")"
_DONE = re.compile(
    rf"\s*(?:(?:extends|include)\s+{_FILE}|block\s+\w+|endblock(?:\s+\w+)?|if\s+(?:not\s+)?config(?:\.\w+)+|else|endif)\s*"
)


_REPLACED = re.compile("edit|blob")
"""What a theme replaces in the address that a page is edited at."""


def users_words(content: Content) -> frozenset[str]:
    """Return all words that the user wrote in which one of our pages can be named: settings, pages, and the theme."""
    own = [file for name, file in content.own.items() if name.endswith(".md")]
    theme = [file for name, file in content.theme.items() if name.endswith(".html")]
    texts = (bytes_of(file).decode("utf-8", "replace") for file in (*own, *theme))
    return frozenset(_WORDS.findall("\n".join((content.settings, *texts))))


def free(content: Content, words: frozenset[str]) -> Callable[[str], bool]:
    """Return what says of a folder in the path of a page whether the engine only shows it, and shows it as it is."""
    if ENGINE_SEARCHES or not is_regular(content):
        return lambda _: False
    is_edited = "repo_url" in words or "edit_uri" in words or "edit_uri_template" in words
    return lambda folder: folder not in words and not (is_edited and _REPLACED.search(folder))


def is_regular(content: Content) -> bool:
    """Say whether pages that differ in words alone differ in these words alone when the engine is done with them."""
    if content.foreign or _KNOWS_WORDS.search(content.settings):
        return False
    if any(name.removeprefix("markdown.extensions.") not in _ALIKE for name in content.extensions):
        return False
    templates = (file for name, file in content.theme.items() if name.endswith((".html", ".svg")))
    return all(_shows_no_words(bytes_of(file).decode("utf-8", "replace")) for file in templates)


def _shows_no_words(template: str) -> bool:
    """Say whether a template only adds to the theme's what is the same on all pages."""
    tags = (match for match in _TAG.finditer(template))
    if not all(_is_harmless(tag) for tag in tags):
        return False
    return not re.search(r"\{[{%#]", _TAG.sub("", template))


def _is_harmless(tag: re.Match[str]) -> bool:
    if tag["shown"] is not None:
        return bool(_SHOWN.fullmatch(tag["shown"]))
    return tag["done"] is None or bool(_DONE.fullmatch(tag["done"]))
