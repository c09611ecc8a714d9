"""Repositories with a string of its own in every place that a text can stand in, and every byte of a site read for them."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import json
import re
import struct
import subprocess
import zlib
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args, get_origin
from urllib.parse import unquote

import yaml
from pydantic import BaseModel

from coe.model.coe import Coe
from coe.model.organization import Minutes, Program, Tenet
from coe.model.validate import flat, model_at
from coe.site.allowed import ALLOWED

Said: TypeAlias = Callable[[str], str]

_TOKEN = re.compile(rb"zq[0-9a-f]{12}", re.IGNORECASE)
PLACES: dict[str, str] = {}
"""Each string that was planted, and where."""


def canary(place: str) -> str:
    """Return the string of a place: no word of any language, and safe in ids, addresses and names of files."""
    token = "zq" + blake2b(place.encode(), digest_size=6).hexdigest()
    PLACES[token] = place
    return token


def filled(model: type[BaseModel], place: str, said: Said | None = None, **given: Any) -> dict[str, Any]:
    """Return the data of a noun in which every field is there, each text with its string; `given` fields are as they are.

    `said` makes the texts of the fields that the public gets to read.
    """
    out: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        is_open = name in ALLOWED.get(model, ())
        out[key] = given[key] if key in given else _value(info, f"{place}.{key}", name, said if is_open else None)
    out["x-own"] = {"note": canary(f"{place}.x-own"), "list": [canary(f"{place}.x-own.list")]}
    return out


def _value(info: Any, place: str, name: str, said: Said | None) -> Any:
    parts = flat(info.annotation)
    inner = model_at(info.annotation)
    is_list = any(get_origin(part) is tuple for part in parts)
    if inner:
        if name == "whys" and place.count("whys") > 2:
            return []
        made = filled(inner, place, said)
        return [made] if is_list else made
    choice = next((get_args(part)[0] for part in parts if get_origin(part) is Literal), None)
    notes = [*info.metadata, *(one for part in parts for one in getattr(part, "__metadata__", ()))]
    pattern = next((one.pattern for one in notes if getattr(one, "pattern", None)), "")
    if choice is not None:
        leaf = choice
    elif "role:" in pattern:
        leaf = f"role:{canary(place)}"
    elif "mailto:" in pattern:
        leaf = f"https://{canary(place)}.example.com/x"
    elif str in parts and not pattern:
        leaf = said(place) if said else f"What was seen {canary(place)}"
    elif name == "paged_teams":
        leaf = canary(place)
    else:
        return info.examples[0]
    return [leaf] if is_list else leaf


def document(fields: dict[str, Any], body: str) -> str:
    """Return a document of some fields and a narrative."""
    return f"---\n{json.dumps(fields, ensure_ascii=False)}\n---\n\n{body}\n"


def coe_fields(name: str, said: Said | None = None, **given: Any) -> dict[str, Any]:
    """Return a COE with every field that the model has."""
    ties = {"related": [], "services": [{"id": "checkout", "relation": "origin"}], "owner_team": "payments"}
    fields = filled(Coe, name, said, **{"id": name, "status": "published", **ties, **given})
    for window in fields["impact"]["windows"]:
        window["services"] = ["checkout"]
    for item in fields["action_items"]:
        item["owner_team"] = "payments"
    for learning in fields["learnings"]:
        learning["tenet"], learning["program"] = "static-stability", "retry-budgets"
    return fields


def other_documents(said: Said, body: Said) -> dict[str, str]:
    """Return a tenet, a program and minutes in which every field is there."""
    tenet = filled(Tenet, "tenet", said, id="static-stability", status="adopted", sources=["2026-07-16-hidden"])
    tenet["supersedes"] = "static-stability"
    program = filled(Program, "program", said, id="retry-budgets", status="active", sponsor_team="payments")
    program["tenets"], program["adoption"][0]["service"] = ["static-stability"], "checkout"
    minutes = filled(Minutes, "minutes", week="2026-W30", spotlight="2026-07-16-hidden")
    minutes["reviewed"][0]["coe"] = "2026-07-16-hidden"
    minutes["decisions"][0] |= {"tenet": "static-stability", "program": "retry-budgets"}
    minutes["action_items"][0]["owner_team"] = "payments"
    minutes["wheel"]["picked"] = "checkout"
    return {
        "tenets/static-stability.md": document(tenet, body("tenet")),
        "programs/retry-budgets.md": document(program, body("program")),
        "reviews/2026-W30.md": document(minutes, f"Minutes {canary('minutes.body')}"),
    }


def catalog(texts: dict[str, str]) -> str:
    """Return a catalog that knows every role and team that some documents refer to, with people and channels."""
    roles = sorted({name for text in texts.values() for name in re.findall(r"role:([a-z0-9-]+)", text)})
    teams = sorted({name for text in texts.values() for found in re.findall(r'"paged_teams": \[([^]]*)', text)
                    for name in re.findall(r'"([^"]+)"', found)})  # fmt: skip
    return yaml.safe_dump({
        "teams": [
            {"id": "payments", "name": "Payments", "channel": f"#{canary('channel')}", "description": canary("team text")},
            *({"id": name, "name": f"Team {canary('team ' + name)}"} for name in teams),
        ],
        "services": [
            {"id": "checkout", "name": "Checkout", "team": "payments", "description": canary("service text")},
            {"id": canary("other service"), "name": canary("other service name")},
        ],
        "roles": [{"id": name, "name": f"Role {canary('role ' + name)}"} for name in roles],
        "people": [{
            "names": [f"{canary('given name').title()} {canary('family name').title()}"], "handles": [canary("handle")],
            "emails": [f"{canary('mail')}@example.com"],
        }],
    })  # fmt: skip


def png(note: str) -> bytes:
    """Return a picture of one pixel with a note in its file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head, pixel = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), zlib.compress(b"\0\0")
    parts = (
        (b"IHDR", head), (b"tEXt", b"Comment\0" + note.encode()), (b"eXIf", note.encode()),
        (b"zTXt", b"Title\0\0" + zlib.compress(note.encode())), (b"IDAT", pixel), (b"IEND", b""),
    )  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts) + note.encode()


def commit(folder: Path, subject: str) -> None:
    """Make a folder a git repository with one commit."""
    who = ("-c", f"user.name={canary('author')}", "-c", f"user.email={canary('author mail')}@example.com")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "--no-verify", "-m", subject)):
        subprocess.run(("git", "-C", str(folder), *words), check=True, capture_output=True)


def texts_of(data: bytes) -> Iterator[bytes]:
    """Yield some bytes in every form in which they could hold a text: as they are, decompressed, and out of data addresses."""
    yield data
    if not data:
        return
    for open_it in (gzip.decompress, zlib.decompress):
        try:
            yield from texts_of(open_it(data))
        except (OSError, zlib.error, EOFError):
            continue
    for match in re.finditer(rb"base64,([A-Za-z0-9+/=]{8,})|base64,((?:[A-Za-z0-9+/=]|%[0-9A-F]{2}|&#\d+;)+)", data):
        found = html.unescape(unquote((match[1] or match[2]).decode()))
        try:
            yield base64.b64decode(found + "=" * (-len(found) % 4))
        except (binascii.Error, ValueError):
            continue


def planted(folder: Path) -> set[str]:
    """Return the strings in the names and texts of some files."""
    files = [file for file in sorted(folder.rglob("*")) if not {".git", ".coe", "site"} & set(file.relative_to(folder).parts)]
    texts = (file.read_bytes() for file in files if file.is_file())
    return {hit.decode().lower() for text in (*texts, *(str(file).encode() for file in files)) for hit in _TOKEN.findall(text)}


def found(folder: Path) -> dict[str, list[str]]:
    """Return the strings that stand anywhere in a folder, each with the files that hold it: in names and bytes."""
    out: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        for text in (name.encode(), *(texts_of(file.read_bytes()) if file.is_file() else ())):
            plain = html.unescape(unquote(text.decode("utf-8", "replace"))).encode()
            for hit in {match.decode().lower() for form in (text, plain) for match in _TOKEN.findall(form)}:
                out.setdefault(hit, []).append(name)
    return out


def holds(folder: Path, word: str) -> list[str]:
    """Return the files of a folder that hold a word in any form."""
    return [
        file.relative_to(folder).as_posix()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and any(word in html.unescape(unquote(text.decode("utf-8", "replace"))) for text in texts_of(file.read_bytes()))
    ]
