"""The user's mkdocs.yml → the settings of the staged site: their own, with what our pages need."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from coe.config import Repository
from coe.errors import CoeError
from coe.parse.settings import Settings, read_settings
from coe.site.address import HOME
from coe.site.assets import SCRIPTS, STYLE

NAMES = ("mkdocs.yml", "mkdocs.yaml")
SECTIONS: tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...] = (
    ("COEs", "coes/index.md"),
    ("Services", (("Services", "services/index.md"), ("Teams", "teams/index.md"))),
    (
        "Learnings",
        (
            ("Learnings", "learnings/index.md"),
            ("Tenets", "tenets/index.md"),
            ("Programs", "programs/index.md"),
            ("Anniversaries", "learnings/anniversaries/index.md"),
            ("Glossary", "learnings/glossary/index.md"),
        ),
    ),
    ("Actions", "actions/index.md"),
    ("Trends", "trends/index.md"),
    ("Reviews", "reviews/index.md"),
)
"""The tabs, few enough for one line; a tab of several pages leads to the first of them."""

_OUT_OF_NAV = "".join(
    f"/{section}/*/*\n" for section in ("coes", "services", "teams", "tenets", "programs", "learnings", "actions", "reviews")
)
_SEARCH = frozenset({"search", "material/search"})
OVERRIDES = "overrides"
"""The folder beside the staged settings that holds our files of the theme and the user's, theirs in the place of ours."""

_OFFLINE = ("offline", "material/offline")
_NO = frozenset({"false", "no", "off"})
"""How YAML writes what is not so."""

HARMLESS = frozenset({*_SEARCH, *_OFFLINE})
"""Plugins under which a page of the engine depends on its own file and on what concerns all pages, and on nothing else."""

ENGINE_SEARCHES = False
"""Whether the engine makes an index of all words. It then parses each page twice, and no page can be left out of a build."""

_FEATURES = ("navigation.tabs", "navigation.tabs.sticky", "navigation.top", "search.highlight", "search.suggest", "toc.follow")
_PALETTE = [
    {
        "media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "custom", "accent": "custom",
        "toggle": {"icon": "material/weather-night", "name": "Switch to dark mode"},
    },
    {
        "media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "custom", "accent": "custom",
        "toggle": {"icon": "material/weather-sunny", "name": "Switch to light mode"},
    },
]  # fmt: skip


def user_settings(repository: Repository) -> tuple[Settings, Path | None]:
    """Return the settings of the user's mkdocs.yml and its path; empty settings when there is none."""
    file = next((repository.root / name for name in NAMES if (repository.root / name).is_file()), None)
    return read_settings(file, os.environ), file


def docs_folder(repository: Repository, settings: Settings) -> Path | None:
    """Return the folder of the user's own pages, if there is one.

    Errors: `CoeError` when it holds the whole repository, which would publish all of it.
    """
    named = settings.text("docs_dir")
    folder = (repository.root / (named or "docs")).resolve()
    if not folder.is_dir():
        if named:
            raise CoeError(f"docs_dir of mkdocs.yml: {named} is not a folder", "Create it, or take `docs_dir` out.")
        return None
    if repository.root.resolve().is_relative_to(folder):
        raise CoeError(
            f"docs_dir of mkdocs.yml is {named}, which holds the whole repository", "Name a folder for pages of your own."
        )
    return folder


def bare_addresses(settings: Settings) -> bool:
    """Say whether addresses end in `/` rather than name a file, as the user's settings have it."""
    if (settings.text("use_directory_urls") or "").lower() in _NO:
        return False
    named = [name for name in settings.names("plugins") if name in _OFFLINE]
    return all((settings.option(("plugins",), name, "enabled") or "").lower() in _NO for name in named)


def for_the_public(settings: Settings) -> Settings:
    """Return the settings without what they say of pages that the public does not get to read, and of the repository."""
    for name, plain in (("nav", []), ("not_in_nav", ""), ("repo_url", None), ("repo_name", None), ("edit_uri", None)):
        settings = settings.with_value((name,), plain) if settings.has(name) else settings
    return settings


def site_url(settings: Settings) -> str:
    """Return the address of the site with `/` at its end; empty when the settings name none."""
    found = settings.text("site_url") or ""
    return f"{found.rstrip('/')}/" if found.startswith(("http://", "https://")) else ""


def staged_settings(
    settings: Settings, *, home: str, pages: Iterable[str], strict: bool, base: str, title: str, but: str = ""
) -> str:
    """Return the text of the staged mkdocs.yml.

    `pages` are the user's own pages; `base` leads from the staged file to the root of the repository; `but` is a
    section that this site has not.

    Errors: `CoeError` when the user's file asks for another theme.
    """
    theme = settings.text("theme") or settings.text("theme", "name") or "material"
    if theme != "material":
        raise CoeError(
            f"mkdocs.yml asks for the theme {theme}, our pages are made for material", "Write `theme: {name: material}`."
        )
    for moved in (("hooks",), ("watch",)):
        settings = settings.with_paths(moved, base)
    if settings.text("theme") is not None:
        settings = settings.with_value(("theme",), {"name": theme})
    forced: dict[tuple[str, ...], Any] = {
        ("docs_dir",): "docs",
        ("site_dir",): "built",  # one of the engines wants it below its settings
        ("strict",): strict,
        ("use_directory_urls",): bare_addresses(settings),
        ("theme", "name"): theme,
        ("theme", "custom_dir"): OVERRIDES,
        ("theme", "font"): False,  # the theme would fetch fonts from another host
        ("extra", "generator"): False,
        ("not_in_nav",): f"{settings.text('not_in_nav') or ''}\n{_OUT_OF_NAV}".lstrip(),
    }
    for path, value in forced.items():
        settings = settings.with_value(path, value)
    settings = settings.with_default(("site_name",), title).with_default(("theme", "palette"), _PALETTE)
    settings = settings.with_items(("theme", "features"), _missing(settings, ("theme", "features"), _FEATURES))
    settings = settings.with_items(("extra_css",), [STYLE], first=True)
    settings = settings.with_items(("extra_javascript",), SCRIPTS, first=True)
    return _with_nav(_without_plugins(_with_extensions(settings)), home, tuple(pages), but).yaml()


def _missing(settings: Settings, path: tuple[str, ...], wanted: Iterable[str]) -> list[str]:
    there = settings.names(*path)
    return [name for name in wanted if name not in there]


def _with_extensions(settings: Settings) -> Settings:
    """Return the settings with what our headings need: ids and a table of contents."""
    known = settings.names("markdown_extensions")
    items: list[Any] = [] if "attr_list" in known else ["attr_list"]
    items += [] if "toc" in known else [{"toc": {"permalink": True, "toc_depth": 3}}]
    return settings.with_items(("markdown_extensions",), items)


def _without_plugins(settings: Settings) -> Settings:
    """Return the settings without the engine's search: ours finds more and is the same in both engines.

    It is switched off and not left out, because an engine may have it without being asked. The plugin for sites that are
    read from a folder goes too: what it sets is set, and the script that it loads from another host is for that search.
    """
    settings = settings.without(("plugins",), {*_SEARCH, *_OFFLINE})
    return settings.with_items(("plugins",), [{"search": {"enabled": False}}], first=True)


def _with_nav(settings: Settings, home: str, pages: tuple[str, ...], but: str) -> Settings:
    """Return the settings with our sections first in the navigation, then the user's own or the files of theirs."""
    ours: list[Any] = [
        {name: found if isinstance(found, str) else [{one: path} for one, path in found]}
        for name, found in SECTIONS
        if name != but
    ]
    if home or not settings.has("nav"):
        ours = [{"Home": HOME}, *ours]
    if not settings.has("nav"):
        settings = settings.with_value(("nav",), tree_of(page for page in pages if page != HOME))
    return settings.with_items(("nav",), ours, first=True)


def tree_of(pages: Iterable[str]) -> list[Any]:
    """Return pages as navigation: those of a folder below its name."""
    out: list[Any] = []
    folders: dict[str, list[str]] = {}
    for page in sorted(pages):
        folder, _, _ = page.partition("/") if "/" in page else ("", "", "")
        if folder:
            folders.setdefault(folder, []).append(page)
        else:
            out.append(page)
    return [*out, *({folder.replace("-", " ").capitalize(): found} for folder, found in folders.items())]
