"""The staged settings are the user's own, with what our pages need."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from coe.errors import CoeError
from coe.parse.settings import Settings, read_settings
from coe.site.config import bare_addresses, site_url, staged_settings


class _Loader(yaml.SafeLoader):
    """Reads the engine's own tags as plain text."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda _loader, suffix, _node: f"python {suffix}")
_Loader.add_constructor("!ENV", lambda loader, node: "env " + loader.construct_scalar(node))


def settings_of(tmp_path: Path, text: str, **variables: str) -> Settings:
    file = tmp_path / "mkdocs.yml"
    file.write_text(text)
    return read_settings(file, variables)


def staged(tmp_path: Path, text: str, **given: object) -> dict[str, object]:
    settings = settings_of(tmp_path, text)
    values = {"home": "index.md", "pages": (), "strict": True, "base": "../..", "title": "COEs"} | given
    return yaml.load(staged_settings(settings, **values), Loader=_Loader)  # type: ignore[arg-type]  # noqa: S506


def test_without_settings_the_site_has_all_it_needs(tmp_path: Path) -> None:
    made = staged(tmp_path, "")
    assert made["site_name"] == "COEs"
    assert made["theme"]["font"] is False
    assert made["extra"]["generator"] is False
    assert [next(iter(item)) for item in made["nav"]][:2] == ["Home", "COEs"]
    assert {"COEs": "coes/index.md"} in made["nav"]
    assert made["plugins"] == [{"search": {"enabled": False}}], "our own box serves, in any engine"


def test_the_users_values_stay_and_ours_join_them(tmp_path: Path) -> None:
    made = staged(
        tmp_path,
        """\
site_name: Ours
theme:
  name: material
  custom_dir: overrides
  palette: {scheme: slate}
  features: [content.code.copy]
extra_css: [own.css]
extra: {analytics: {provider: own}}
hooks: [hooks/own.py]
plugins: [tags]
markdown_extensions:
  - toc: {permalink: "#"}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
site_url: !ENV SITE
nav: [{Glossary: glossary.md}]
not_in_nav: /drafts/
""",
    )
    assert made["site_name"] == "Ours"
    assert made["theme"]["custom_dir"] == "overrides"
    assert made["theme"]["palette"] == {"scheme": "slate"}
    assert made["theme"]["features"][0] == "content.code.copy"
    assert "navigation.tabs" in made["theme"]["features"]
    assert made["extra_css"] == ["assets/coe.css", "own.css"], "the user's style comes last and wins"
    assert made["extra"]["analytics"] == {"provider": "own"}
    assert made["hooks"] == ["../../hooks/own.py"]
    assert made["plugins"] == [{"search": {"enabled": False}}, "tags"]
    assert made["markdown_extensions"][0] == {"toc": {"permalink": "#"}}
    assert made["markdown_extensions"][1]["pymdownx.emoji"]["emoji_index"] == "python material.extensions.emoji.twemoji"
    assert made["markdown_extensions"][2] == "attr_list"
    assert made["site_url"] == "env SITE"
    assert made["nav"][-1] == {"Glossary": "glossary.md"}
    assert made["not_in_nav"].startswith("/drafts/\n/coes/")


def test_settings_that_inherit_are_read_through(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("extra_css: [base.css]\ntheme: {name: material, logo: a.png, features: [x]}\n")
    made = staged(tmp_path, "INHERIT: base.yml\ntheme: {features: [y]}\n")
    assert made["extra_css"] == ["assets/coe.css", "base.css"]
    assert made["theme"]["logo"] == "a.png"
    assert made["theme"]["features"][0] == "y"
    assert "INHERIT" not in made


def test_lists_written_as_mappings_are_extended(tmp_path: Path) -> None:
    made = staged(tmp_path, "theme: material\nmarkdown_extensions: {admonition: {}}\nplugins: {tags: {}}\n")
    assert set(made["markdown_extensions"]) == {"admonition", "attr_list", "toc"}
    assert made["plugins"] == {"search": {"enabled": False}, "tags": {}}
    assert made["theme"]["name"] == "material"


@pytest.mark.parametrize(
    "plugins", ["[search, tags]", "[tags, search: {lang: de}]", "[material/search, tags]", "{search: {lang: de}, tags: {}}"]
)
def test_the_engines_own_search_gives_way_to_ours(tmp_path: Path, plugins: str) -> None:
    made = staged(tmp_path, f"plugins: {plugins}\n")["plugins"]
    assert made in ([{"search": {"enabled": False}}, "tags"], {"search": {"enabled": False}, "tags": {}})


@pytest.mark.parametrize("plugins", ["[offline, tags]", "{material/offline: {enabled: true}, tags: {}}"])
def test_a_site_to_be_read_from_a_folder_names_files_and_loads_nothing_from_elsewhere(tmp_path: Path, plugins: str) -> None:
    made = staged(tmp_path, f"plugins: {plugins}\n")
    assert made["use_directory_urls"] is False
    assert "offline" not in str(made["plugins"]), "the plugin has each page load a script from another host"
    assert "tags" in str(made["plugins"])


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [
        ("use_directory_urls: False", False),
        ("use_directory_urls: no", False),
        ("use_directory_urls: true", True),
        ("use_directory_urls: !ENV [BARE, true]", False),
        ("use_directory_urls: !ENV [NONE, BARE, true]", False),
        ("use_directory_urls: !ENV [NONE, false]", False),
        ("use_directory_urls: !ENV NONE", True),
        ("plugins: [offline: {enabled: !ENV [NONE, false]}]", True),
        ("plugins: [offline: {enabled: !ENV [OFFLINE, false]}]", False),
        ("plugins: {offline: {enabled: false}}", True),
    ],
)
def test_addresses_are_what_the_engine_makes_of_settings_and_variables(tmp_path: Path, text: str, *, is_bare: bool) -> None:
    assert bare_addresses(settings_of(tmp_path, f"{text}\n", BARE="false", OFFLINE="true")) is is_bare


def test_the_address_of_the_site_may_come_from_a_variable(tmp_path: Path) -> None:
    assert (
        site_url(settings_of(tmp_path, "site_url: !ENV [CI_PAGES, SITE, x]\n", SITE="https://a.example/x"))
        == "https://a.example/x/"
    )
    assert site_url(settings_of(tmp_path, "site_url: !ENV SITE\n")) == ""


def test_pages_of_the_user_stand_in_the_navigation(tmp_path: Path) -> None:
    made = staged(tmp_path, "", pages=("glossary.md", "how-to/write.md", "index.md"), home="")
    assert made["nav"][:2] == [{"Home": "index.md"}, {"COEs": "coes/index.md"}]
    assert made["nav"][-2:] == ["glossary.md", {"How to": ["how-to/write.md"]}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1\n", "mkdocs.yml:2: not valid YAML"),
        ("- a\n", "settings are due here"),
        ("theme: readthedocs\n", "asks for the theme readthedocs"),
        ("INHERIT: none.yml\n", "cannot read"),
        ("INHERIT: mkdocs.yml\n", "inherits from itself"),
        ("[" * 100_000, "not valid YAML"),
    ],
)
def test_settings_that_cannot_be_used_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CoeError) as caught:
        staged(tmp_path, text)
    assert said in caught.value.message
    assert caught.value.help
