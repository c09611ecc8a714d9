"""Text → the addresses and names of hosts in it that only people inside can reach."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator

from coe.text import Span

_PRIVATE = (
    "internal", "local", "localdomain", "localhost", "lan", "home", "corp", "intranet", "intra", "private", "svc", "home.arpa",
    "consul",
)  # fmt: skip
"""Endings of names that no public name server knows."""

_URL = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://(?:[^\s<>\"'`()\\]|\([^\s<>()]{0,500}\)){1,4000}", re.IGNORECASE)
_MAIL = re.compile(r"(?:mailto:)?(?<![\w.%+-])[\w.%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w.-])[a-z0-9_][a-z0-9_-]{0,62}(?:\.[a-z0-9_-]{1,63}){1,12}\.?(?::\d{1,5})?(?![\w-])", re.IGNORECASE)
_V4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:[/:]\d{1,5})?(?![\w]|\.\d)")
_V6 = re.compile(
    r"(?<![\w:.])\[?[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\.\d{1,3}){0,3}\]?(?:/\d{1,3})?(?![\w:])", re.IGNORECASE
)


class Hosts:
    """What is inside: the hosts that a repository names, private names, and addresses that the internet does not route."""

    def __init__(self, named: Iterable[str]) -> None:
        own = (name.lower().strip().strip(".").removeprefix("*.") for name in named)
        self._endings = tuple(f".{name}" for name in dict.fromkeys((*own, *_PRIVATE)) if name)

    def is_inside(self, host: str) -> bool:
        """Say whether a host is one of these; a name without a dot is, because only a network of one's own knows it."""
        host = host.lower().strip(".")
        if not host or _is_unrouted(host):
            return True
        return ("." not in host and ":" not in host) or f".{host}".endswith(self._endings)

    def is_outside(self, address: str) -> bool:
        """Say whether a web address leads to a host of the internet."""
        return address.startswith(("http://", "https://")) and not self.is_inside(_host(address))

    def found(self, text: str) -> Iterator[Span]:
        """Yield the internal addresses in a text, all of its mail addresses, and the names of internal hosts."""
        if "://" in text:
            yield from (Span(*match.span()) for match in _URL.finditer(text) if self.is_inside(_host(match.group())))
        if "@" in text:
            yield from (Span(*match.span()) for match in _MAIL.finditer(text))
        if "." in text:
            for match in _NAME.finditer(text):
                name = match.group().partition(":")[0].lower().rstrip(".")
                if f".{name}".endswith(self._endings):
                    yield Span(*match.span())
            yield from (Span(*match.span()) for match in _V4.finditer(text) if _is_unrouted(re.split("[/:]", match.group())[0]))
        if "::" in text or text.count(":") > 6:
            yield from (Span(*match.span()) for match in _V6.finditer(text) if _is_unrouted(match.group().partition("/")[0]))


def _host(url: str) -> str:
    authority = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0].rpartition("@")[2]
    return authority.partition("]")[0].lstrip("[") if authority.startswith("[") else authority.partition(":")[0]


def _is_unrouted(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False
