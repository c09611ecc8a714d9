"""Sentence → tokens: words in small letters with their places; contractions stand apart (`didn't` is `did`, `not`)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from coe.parse.prose import OPAQUE
from coe.text import Span

_ADDRESS = r"""
    [\w.+-]+@[\w-]+\.[\w.-]*\w                      # an address
  | (?<![\w@/])@[A-Za-z][\w-]*(?![\w/])             # a handle, and no name of a package
  |"""
_MARK = r"['\u2019]'?"  # between single quotes YAML writes two for one
_CONTRACTION = rf"""
    n{_MARK}t\b
  | [^\W\d_](?:[^\W_]*[^\W_n](?=n{_MARK}t\b)|n?(?=n{_MARK}t\b))  # the verb of didn't
  | {_MARK}(?:ve|d|s|re|ll|m)\b
  | (?<=s)['\u2019](?=\s)                           # the possessive of operators'
  |"""
_WORD = rf"""
    \b[nN]o[ ]one\b
  | [^\W\d_]\w*(?:[-/][^\W_]\w*)*
  | {OPAQUE}+(?:[^\s,;:.()]*)                       # a thing with a name
  | \d[\w.:%/+-]*\w|\d
  | --+|[.,;:!?()\u2013\u2014\u2026+=|/-]
"""
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


@cache
def _compiled(has_address: bool, has_mark: bool) -> re.Pattern[str]:
    return re.compile((_ADDRESS if has_address else "") + (_CONTRACTION if has_mark else "") + _WORD, re.VERBOSE)


def _pattern(text: str) -> re.Pattern[str]:
    """Return the pattern for the words of a text: what it cannot hold is not tried at each of them."""
    return _compiled("@" in text, "'" in text or "\u2019" in text)


def tokens(mask: str, sentence: Span) -> tuple[Token, ...]:
    """Return the tokens of a sentence."""
    out: list[Token] = []
    new: Any = tuple.__new__  # makes a named tuple without the Python function that its class would call
    for match in _pattern(mask[sentence.start : sentence.end]).finditer(mask, sentence.start, sentence.end):
        text = match.group()
        word = text.lower()
        if text.isalpha() and text != "May":  # as most are
            out.append(new(Token, (word, text, *match.span())))
            continue
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
