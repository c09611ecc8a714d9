"""Values and a template → text: the one door to jinja2.

Templates of a user's folder shadow ours, name by name, and run in a sandbox; without such a folder all are our own, and
run twice as fast. What is named `*.html` escapes every
value; an undefined name is an error, not an empty place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from coe.errors import CoeError
from coe.resources import folder

__all__ = ["Markup", "render"]


@cache
def _environment(shadow: Path | None) -> Environment:
    loaders = [FileSystemLoader(place) for place in (shadow, folder("templates")) if place]
    made = ImmutableSandboxedEnvironment if shadow else Environment
    return made(
        loader=ChoiceLoader(loaders),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name) and str(name).endswith((".html", ".html.j2", ".svg", ".xml")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(template: str, values: Mapping[str, Any], *, shadow: Path | None = None) -> str:
    """Return the text of a template such as `site/coe.html`; `shadow` is the user's folder of templates.

    Errors: `CoeError` naming the template and line when it cannot be rendered.
    """
    try:
        return _environment(shadow).get_template(template).render(values)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"{getattr(error, 'filename', None) or template}{f':{line}' if line else ''}"
        raise CoeError(f"template {place}: {error.message}", "Compare it with the template that it shadows.") from error
