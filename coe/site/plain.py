"""HTML of a narrative → Markdown: what the page shows, to be pasted elsewhere.

It is made from the page and not from the author's file: comments, pictures and links that the page leaves out are left
out here too. Links to other sites stay links; those inside this one keep their words, for they lead nowhere elsewhere.
"""

from __future__ import annotations

import re
from html import unescape

from coe.parse.footnotes import BACK_CLASS
from coe.parse.footnotes import PREFIX as NOTE
from coe.review.markdown import escaped

PIECE = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*) ?/?>|([^<]+)')
"""A tag, with its attributes, or a text. What is read was written by a program: all values stand in quotes."""

_VALUE = re.compile(r' (href|start|id|class)="([^"]*)"')

_MARKS = {"em": "*", "strong": "**", "s": "~~"}
_HEADINGS = ("h3", "h4", "h5", "h6")


def markdown(html: str) -> str:
    """Return the Markdown of HTML that `coe.parse.html` made."""
    reader = _Reader()
    for closing, tag, values, text in PIECE.findall(html):
        if text:
            reader.take(unescape(text) if "&" in text else text)
        elif closing:
            reader.end(tag)
        else:
            reader.begin(tag, values)
    return reader.text()


def _value(values: str, name: str) -> str:
    return next((unescape(value) for key, value in _VALUE.findall(values) if key == name), "")


class _Reader:
    """Writes blocks as they end; `_lead` holds what stands before each line, `_mark` what an item begins with."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._inline: list[str] = []
        self._lead: list[str] = []
        self._numbers: list[int | None] = []
        self._links: list[str] = []
        self._cells: list[str] = []
        self._code = ""
        self._mark = ""
        self._is_first_item = False
        self._is_silent = False

    def text(self) -> str:
        """Return what was read."""
        self._end_block()
        return "\n".join(self._lines).strip("\n")

    def begin(self, tag: str, values: str) -> None:
        """Begin an element with its attributes."""
        if tag in ("p", "pre", "table", "hr", *_HEADINGS):
            self._end_block()
        if tag in ("ul", "ol"):
            self._end_block()
            if self._mark.startswith("[^"):  # a note that begins with a list
                self._write("")
            self._numbers.append(int(_value(values, "start") or 1) if tag == "ol" else None)
            self._is_first_item = len(self._numbers) == 1
        elif tag == "li":
            name = _value(values, "id")
            self._begin_item(f"[^{name.removeprefix(NOTE)}]: " if name.startswith(NOTE) else "")
        elif tag == "blockquote":
            self._end_block()
            self._lead.append("> ")
        elif tag == "pre":
            self._code = "pre"
        elif tag == "code" and not self._code:
            self._code = "code"
            self._inline.append("`")
        elif tag == "sup":
            self._inline.append("[^")
        elif tag == "a" and _value(values, "class") == BACK_CLASS:
            self._links.append("")
            self._is_silent = True
        elif tag == "a":
            href = _value(values, "href")
            self._links.append(href if href.startswith(("http:", "https:", "mailto:")) else "")
            self._inline.append("[" if self._links[-1] else "")
        elif tag == "br":
            self._inline.append("\n")
        elif tag == "hr":
            self._write("---")
        elif tag in _HEADINGS:
            self._inline.append("#" * int(tag[1]) + " ")
        elif tag in _MARKS:
            self._inline.append(_MARKS[tag])

    def end(self, tag: str) -> None:
        """End an element."""
        if tag in ("p", *_HEADINGS):
            self._end_block()
        elif tag in ("ul", "ol"):
            self._end_block()
            self._numbers.pop()
        elif tag in ("li", "blockquote"):
            self._end_block()
            self._lead.pop()
        elif tag == "pre":
            self._end_code()
        elif tag == "code" and self._code == "code":
            self._code = ""
            self._inline.append("`")
        elif tag == "sup":
            self._inline.append("]")
        elif tag == "a":
            href, self._is_silent = self._links.pop(), False
            self._inline.append(f"](<{href}>)" if href else "")
        elif tag in ("td", "th"):
            self._cells.append("".join(self._inline).strip())
            self._inline = []
        elif tag == "tr":
            self._write(f"| {' | '.join(self._cells)} |", apart=False)
            self._cells = []
        elif tag == "thead":
            columns = self._lines[-1].count(" | ") + 1
            self._write("|---" * columns + "|", apart=False)
        elif tag in _MARKS:
            self._inline.append(_MARKS[tag])

    def take(self, data: str) -> None:
        """Take in a text."""
        if self._is_silent:
            return
        if self._code == "pre":
            self._inline.append(data)
        elif self._code:
            self._inline.append(data.replace("`", "'").replace("|", "\\|").replace("\n", " "))
        elif data.strip():
            before, after = data[:1].isspace(), data[-1:].isspace()
            # What opens a block at the start of a line (`#`, `1.`) opens none behind a word.
            text = escaped(f"x{data.strip()}")[1:] if self._inline else escaped(data)
            self._inline.append(f"{' ' * before}{text}{' ' * after}")
        elif self._inline:
            self._inline.append(" ")

    def _begin_item(self, mark: str) -> None:
        self._end_block()
        number = self._numbers[-1] if self._numbers else None
        self._mark = mark or ("- " if number is None else f"{number}. ")
        if number is not None:
            self._numbers[-1] = number + 1
        self._lead.append(" " * len(self._mark))

    def _end_block(self) -> None:
        text = "".join(self._inline).strip()
        self._inline = []
        if text:
            self._write(text)

    def _end_code(self) -> None:
        text, self._inline, self._code = "".join(self._inline).rstrip("\n"), [], ""
        fence = "```"
        while fence in text:
            fence += "`"
        self._write(f"{fence}\n{text}\n{fence}")

    def _write(self, text: str, *, apart: bool = True) -> None:
        """Add a block; the first of an item begins with its mark, and follows the item before it without an empty line."""
        lead = "".join(self._lead)
        first = lead[: -len(self._mark)] + self._mark if self._mark else lead
        if apart and self._lines and (self._is_first_item or not self._mark):
            self._lines.append("".join(self._lead[:-1] if self._mark else self._lead).rstrip())
        self._lines += (f"{lead if index else first}{line}".rstrip() for index, line in enumerate(text.split("\n")))
        self._mark, self._is_first_item = "", False
