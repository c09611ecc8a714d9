"""What the model says of the field at a path: what an editor offers there and shows of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from coe.model.scalars import form_words
from coe.model.validate import NOUNS, Kind, field_at, flat, inline, model_at


@dataclass(frozen=True, slots=True)
class Fact:
    """One field: `choices` are its allowed words, `form` what a text must look like, `shape` what its value is."""

    name: str
    about: str
    shape: Literal["value", "list", "fields", "list of fields"]
    required: bool
    choices: tuple[str, ...] = ()
    form: str | None = None
    example: str | None = None


@cache
def keys(kind: Kind, names: tuple[str, ...]) -> tuple[Fact, ...]:
    """Return the fields that stand at a path, in the order of the model; none below a value and for own fields."""
    owner: type[BaseModel] | None = NOUNS.get(kind)
    if names and owner:
        info = field_at(owner, names)[1]
        owner = model_at(info.annotation) if info else None
    return tuple(_fact(info.alias or key, info) for key, info in owner.model_fields.items()) if owner else ()


@cache
def fact(kind: Kind, names: tuple[str, ...]) -> Fact | None:
    """Return what is known of the field at a path, absent when the model has none there."""
    info = field_at(NOUNS[kind], names)[1] if kind in NOUNS and names else None
    return _fact(names[-1], info) if info else None


def refusal(kind: Kind, names: tuple[str, ...], text: str) -> str | None:
    """Return why the field at a path cannot hold a text, absent when it can, and when the model has no such field."""
    info = field_at(NOUNS[kind], names)[1] if kind in NOUNS and names else None
    if info is None:
        return None
    try:
        _adapter(kind, names).validate_python(text)
    except ValidationError as failure:
        error = failure.errors(include_url=False)[0]
        context = error.get("ctx", {})
        if words := form_words(context.get("pattern", "")):
            return f"due is {words}"
        longest = context.get("max_length")
        return f"at most {longest} characters are allowed" if longest else error["msg"][:1].lower() + error["msg"][1:]
    return None


@cache
def _adapter(kind: Kind, names: tuple[str, ...]) -> TypeAdapter[Any]:
    info = field_at(NOUNS[kind], names)[1]
    return TypeAdapter(info.rebuild_annotation() if info else Any)


def _fact(name: str, info: FieldInfo) -> Fact:
    parts = flat(info.annotation)
    is_list = any(get_origin(part) is tuple for part in parts)
    has_fields = model_at(info.annotation) is not None
    shape: Literal["value", "list", "fields", "list of fields"] = (
        "list of fields" if is_list and has_fields else "list" if is_list else "fields" if has_fields else "value"
    )
    choices = next((tuple(map(str, get_args(part))) for part in parts if get_origin(part) is Literal), ())
    if bool in parts:
        choices = ("true", "false")
    return Fact(name, info.description or "", shape, info.is_required(), choices, _form(info), _example(info))


def _example(info: FieldInfo) -> str | None:
    return inline(info.examples[0]) if info.examples else None


def _form(info: FieldInfo) -> str | None:
    """Return what a text must look like, in words: `Annotated` keeps its constraints in lists of several kinds."""
    for one in (*info.metadata, *_constraints(info.annotation)):
        words = form_words(str(getattr(one, "pattern", None)))
        if words:
            return words
    return None


def _constraints(annotation: Any) -> Iterator[Any]:
    for part in flat(annotation):
        yield from getattr(part, "__metadata__", ())
