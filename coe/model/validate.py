"""Document → Analysis: the typed noun of a document, or the flaws that stand in its way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from coe.diagnostic import Flaw, Path, dotted
from coe.model.coe import Coe
from coe.model.organization import Catalog, Minutes, Program, Tenet
from coe.model.scalars import form_words
from coe.parse.document import Document
from coe.text import nearest

Kind: TypeAlias = Literal["coe", "tenet", "program", "minutes", "catalog", "page"]
NOUNS: dict[str, type[BaseModel]] = {"coe": Coe, "tenet": Tenet, "program": Program, "minutes": Minutes, "catalog": Catalog}

_FLOW = frozenset(",?[]{}#")
"""Characters that an unquoted text inside brackets cannot hold in every reader of YAML."""
_TYPES = {
    "string_type": "text",
    "tuple_type": "a list",
    "model_type": "fields (`name: value`)",
    "model_attributes_type": "fields (`name: value`)",
    "dict_type": "fields (`name: value`)",
}


@dataclass(frozen=True)
class Analysis:
    """A document and what it says; `noun` is absent when its flaws are in the way, and for a plain page."""

    document: Document
    kind: Kind
    noun: BaseModel | None
    flaws: tuple[Flaw, ...] = ()

    @property
    def coe(self) -> Coe | None:
        """Return the COE, absent when the document is something else or cannot be typed."""
        return self.noun if isinstance(self.noun, Coe) else None


def validate(document: Document, kind: Kind) -> Analysis:
    """Return what a document says as one of the nouns."""
    if kind == "page":
        return Analysis(document, kind, None)
    if document.source.flaws or any(flaw.rule in ("yaml-syntax", "front-matter") for flaw in document.flaws):
        return Analysis(document, kind, None)
    if not document.has_fields:
        message = "the document has no front matter" if document.text.strip() else "the file is empty"
        flaw = Flaw(
            "front-matter",
            document.value_span(()),
            message,
            "Begin with a line `---` and the fields; `coe new` writes a COE to start from.",
        )
        return Analysis(document, kind, None, (flaw,))
    flaws = list(_empty_values(document))
    noun: BaseModel | None = None
    try:
        noun = NOUNS[kind].model_validate(document.data)
    except ValidationError as failure:
        errors = failure.errors(include_url=False)
        flaws += (_flaw(document, NOUNS[kind], error) for error in errors if not _follows(NOUNS[kind], error, errors))
    return Analysis(document, kind, noun, tuple(flaws))


def _follows(model: type[BaseModel], error: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Say whether an error only repeats another: a list is too short because its items are not valid, or a field is
    missing because its name has a slip in it."""
    loc = error["loc"]
    if error["type"] == "too_short":
        return any(other is not error and other["loc"][: len(loc)] == loc for other in errors)
    if error["type"] == "missing":
        slips = (_path(other) for other in errors if other["type"] == "unknown_key")
        return any(path[:-1] == loc[:-1] and _meant(model, path) == loc[-1] for path in slips)
    return False


def _path(error: ErrorDetails) -> Path:
    return tuple(part for part in error["loc"] if part != "[key]")


def _known_keys(owner: type[BaseModel] | None) -> list[str]:
    return [field.alias or key for key, field in owner.model_fields.items()] if owner else []


def _meant(model: type[BaseModel], path: Path) -> str | None:
    """Return the field that an unknown key at a path was most likely meant to be."""
    return nearest(str(path[-1]), _known_keys(field_at(model, path)[0]))


def _empty_values(document: Document) -> list[Flaw]:
    return [
        Flaw(
            "empty-value",
            key.span,
            f"`{dotted(path)}` has no value",
            "Write a value, or delete the key: unknown means absent.",
            path,
        )
        for path, key in document.empty_keys
    ]


def _flaw(document: Document, model: type[BaseModel], error: ErrorDetails) -> Flaw:
    path = _path(error)
    kind, context = error["type"], error.get("ctx", {})
    owner, info = field_at(model, path)
    name = dotted(path) or "the document"
    if kind == "missing":
        help_text = f"Add {_example(str(path[-1]), info)}" if info else None
        about = f": {info.description[0].lower()}{info.description[1:]}" if info and info.description else ""
        return Flaw("missing-field", document.key_span(path[:-1]), f"`{path[-1]}` is missing{about}", help_text, path)
    if kind == "unknown_key":
        guess = _meant(model, path)
        more = f"Did you mean `{guess}`?" if guess else f"Known here: {', '.join(_known_keys(owner))}."
        return Flaw(
            "unknown-key",
            document.key_span(path),
            f"`{name}` is not a known field",
            f"{more} A field of your own starts with `x-`.",
            path,
        )
    span = document.value_span(path)
    found = context.get("found")
    if kind in _TYPES:
        message, help_text = f"`{name}` must be {_TYPES[kind]}, found {_kind_of(error['input'])}", _write(path, info)
    elif kind == "wrong_type":
        message, help_text = f"`{name}`: {context['wanted']} is due here, found {found}", _write(path, info)
    elif kind == "literal_error":
        allowed = _choices(info) or [
            word.strip("'") for word in str(context.get("expected", "")).replace(" or ", ", ").split(", ")
        ]
        guess = nearest(str(error["input"]), allowed)
        message = f"`{name}` is {_quoted(error['input'])}, which is not one of the allowed values"
        help_text = (f"Did you mean `{guess}`? " if guess else "") + f"Allowed: {', '.join(allowed)}."
    elif kind == "string_pattern_mismatch":
        message = f"`{name}` is {_quoted(error['input'])}; due is {form_words(context['pattern']) or 'another form'}"
        help_text = _write(path, info)
    elif kind == "string_too_short":
        message = (
            f"`{name}` is empty"
            if not str(error["input"]).strip()
            else f"`{name}` is shorter than {context['min_length']} characters"
        )
        help_text = _write(path, info)
    elif kind == "string_too_long":
        message = f"`{name}` has {len(str(error['input']))} characters; at most {context['max_length']} are allowed"
        help_text = "Shorten it; the narrative below the front matter has room for the rest."
    elif kind == "too_short":
        message, help_text = f"`{name}` must have at least one item", _write(path, info)
    elif kind == "naive_time":
        help_text = f"Write it with `Z` for UTC or an offset such as `+02:00`: {found}Z."
        return Flaw("naive-time", span, f"`{name}`: {error['msg']}", help_text, path)
    else:
        message, help_text = f"`{name}`: {error['msg']}", _write(path, info)
    return Flaw("wrong-value", span, message, help_text, path)


def _quoted(value: object) -> str:
    text = str(value)
    return f"`{text if len(text) <= 60 else text[:57] + '…'}`"


def _kind_of(value: object) -> str:
    if isinstance(value, dict):
        return "fields"
    return "a list" if isinstance(value, list | tuple) else f"the text {_quoted(value)}"


def _write(path: Path, info: FieldInfo | None) -> str | None:
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    if not info:
        return None
    if path and isinstance(path[-1], int) and info.examples and isinstance(info.examples[0], list):
        return f"Write, for example: - {inline(info.examples[0][0]) if info.examples[0] else '…'}"
    return f"Write, for example: {_example(name, info)}"


def _example(name: str, info: FieldInfo) -> str:
    return f"`{name}: {inline(info.examples[0])}`" if info.examples else f"`{name}`"


def inline(value: Any) -> str:
    """Return an example as flow YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) and (": " in value or set(value) & _FLOW) else str(value)


def _choices(info: FieldInfo | None) -> list[str]:
    return next((list(get_args(part)) for part in flat(info.annotation) if get_origin(part) is Literal), []) if info else []


def flat(annotation: Any) -> list[Any]:
    """Return an annotation and all that it is made of."""
    inner = [deeper for part in get_args(annotation) if get_origin(annotation) is not Literal for deeper in flat(part)]
    return [annotation, *inner]


@cache
def field_at(model: type[BaseModel], path: Path) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """Return the model that owns the last name of a path, and the field, as far as they are known."""
    owner: type[BaseModel] | None = model
    info: FieldInfo | None = None
    inner: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int):
            continue
        owner = inner
        info = next((f for key, f in owner.model_fields.items() if part == (f.alias or key)), None) if owner else None
        inner = model_at(info.annotation) if info else None
    return owner, info


def model_at(annotation: Any) -> type[BaseModel] | None:
    """Return the model whose fields a value of an annotated type has, absent for a scalar."""
    return next((part for part in flat(annotation) if isinstance(part, type) and issubclass(part, BaseModel)), None)
