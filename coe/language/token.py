"""Sentence → tokens: words in small letters with their places; contractions stand apart (`didn't` is `did`, `not`)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from coe.parse.prose import OPAQUE
from coe.text import Span

_ADDRESS = r"""
    [\w.+-]+@[\w-]+\.[\w.-]*\w                      # an address
  | (?<![\w@/])@[A-Za-z][\w-]*(?![\w/])             # a handle, and no name of a package
  |"""
_MARK = r"['\u2019]'?"  # between single quotes YAML writes two for one
_WORD = rf"""
    n{_MARK}t\b
  | \b[nN]o[ ]one\b
  | [^\W\d_](?:[^\W_]*[^\W_n](?=n{_MARK}t\b)|n?(?=n{_MARK}t\b)|\w*(?:[-/][^\W_]\w*)*)  # a word; the verb of didn't
  | {_MARK}(?:ve|d|s|re|ll|m)\b
  | (?<=s)['\u2019](?=\s)                           # the possessive of operators'
  | {OPAQUE}+(?:[^\s,;:.()]*)                       # a thing with a name
  | \d[\w.:%/+-]*\w|\d
  | --+|[.,;:!?()\u2013\u2014\u2026+=|/-]
"""
_TOKEN = re.compile(_WORD, re.VERBOSE)
_TOKEN_OR_ADDRESS = re.compile(_ADDRESS + _WORD, re.VERBOSE)
_EXPANDED = {
    "n't": "not", "'ve": "have", "'d": "had", "'re": "are", "'ll": "will", "'m": "am", "'s": "'s", "'": "'s",
    "ca": "can", "wo": "will", "sha": "shall",
}  # fmt: skip
_BEFORE_MONTH = frozenset({"in", "since", "last", "of", "until", "early", "late", "mid"})
_STEMS = frozenset({"ca", "wo", "sha"})


class Token(NamedTuple):
    """One word, number, name or mark; `text` is as written, `word` as the lexicon writes it."""

    word: str
    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Say whether it begins with a capital letter and goes on with small ones."""
        return self.text[:1].isupper() and not self.text.isupper()


def tokens(mask: str, sentence: Span) -> tuple[Token, ...]:
    """Return the tokens of a sentence."""
    out: list[Token] = []
    pattern = _TOKEN_OR_ADDRESS if mask.find("@", sentence.start, sentence.end) >= 0 else _TOKEN
    new: Any = tuple.__new__  # makes a named tuple without the Python function that its class would call
    for match in pattern.finditer(mask, sentence.start, sentence.end):
        text = match.group()
        word = text.lower()
        if "'" in word or "\u2019" in word:
            text = text.replace("''", "'")
            word = text.lower().replace("\u2019", "'")
        if word[0] == "'" or word == "n't":
            if word == "n't" and out and out[-1].word in _STEMS:
                out[-1] = out[-1]._replace(word=_EXPANDED[out[-1].word])
            word = _EXPANDED.get(word, word)
        elif word[0] == OPAQUE:
            word = OPAQUE
        elif text == "May" and out and (out[-1].word[0].isdigit() or out[-1].word in _BEFORE_MONTH):
            word = "month"  # no modal
        elif word[0].isdigit() and out and out[-1].text == "May":
            out[-1] = out[-1]._replace(word="month")
        out.append(new(Token, (word, text, *match.span())))
    return tuple(out)
