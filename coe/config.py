"""`coe.toml` (or `[tool.coe]` in pyproject.toml) → Config: one file, no cascade."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from coe.errors import CoeError
from coe.listing import CONFIG_NAME
from coe.misconfigured import broken, told
from coe.policy import Policy
from coe.table import Table
from coe.toml_places import Path as Keys
from coe.toml_places import line_of, places
from coe.weekly import Review

SeverityWord = Literal["off", "note", "warning", "error"]


class Paths(Table):
    """Folders and files of the repository, relative to the configuration file."""

    coes: str = Field("coes", description="Folder of the COEs, with a folder per year.", examples=["coes"])
    tenets: str = Field("tenets", description="Folder of the tenets.", examples=["tenets"])
    programs: str = Field("programs", description="Folder of the programs.", examples=["programs"])
    reviews: str = Field("reviews", description="Folder of the minutes.", examples=["reviews"])
    catalog: str = Field("catalog.yaml", description="File of teams, services and roles.", examples=["catalog.yaml"])


def _glob(text: str) -> str:
    """Return a glob that can stand for a file of the repository."""
    example = "write a glob from the top of the repository, such as `coes/2019/*.md`"
    if not text.strip() or text.startswith(("/", "./", "../")) or "\\" in text or re.match("[A-Za-z]:", text):
        raise ValueError(f"`{text}` stands for no file: {example}")
    if text.endswith("/"):
        raise ValueError(f"`{text}` stands for no file: write `{text}*` for all below the folder")
    if re.search(r"\[[^\]]*$", text):
        raise ValueError(f"`{text}` opens a `[` that nothing closes")
    return text


class PerFile(Table):
    """What is different for some files; of two entries for one file the later wins."""

    path: Annotated[str, AfterValidator(_glob)] = Field(
        description="Glob relative to the repository.", examples=["coes/2019/*.md"]
    )
    ignore: list[str] = Field(
        default=[], description="Rules, codes or families that do not apply there.", examples=[["language"]]
    )
    severity: dict[str, SeverityWord] = Field(
        default={}, description="Severity there, by rule, code or family.", examples=[{"weak-action": "note"}]
    )


class Phrase(Table):
    """A phrase that this repository wants to hear of."""

    pattern: str = Field(
        description="The words, as `coe explain house-phrase` describes them.",
        min_length=1,
        examples=["[drop] the ball"],
    )
    message: str = Field(description="What is wrong with them.", min_length=1, examples=["an idiom that judges"])
    suggestion: str = Field("", description="What to write instead.", examples=["Say what was not done, and what hindered it."])
    severity: Literal["note", "warning", "error"] = Field("warning", description="How grave it is.", examples=["note"])
    subject: Literal["people", "any"] = Field(
        "any", description="Whether people must be the subject of the words.", examples=["people"]
    )


class Lint(Table):
    """Which rules apply, how severe they are, and what this repository adds to the language."""

    select: list[str] = Field(default=[], description="Only these rules, codes or families.", examples=[["language"]])
    ignore: list[str] = Field(default=[], description="Not these.", examples=[["absolutes"]])
    severity: dict[str, SeverityWord] = Field(
        default={}, description="Severity by rule, code or family; the later word wins.", examples=[{"absolutes": "error"}]
    )
    names: Literal["neutral-allowed", "roles-only"] = Field(
        "neutral-allowed",
        description="Whether people may be named where nothing is held against them, or roles stand for people everywhere.",
        examples=["roles-only"],
    )
    accept: list[str] = Field(
        default=[], description="Terms that are never blame, such as the name of a product.", examples=[["Blame View"]]
    )
    phrase: list[Phrase] = Field(
        default=[],
        description="Phrases of this repository.",
        examples=[[{"pattern": "war room", "message": "a term of war", "suggestion": "Write “tech call”."}]],
    )
    per_file: list[PerFile] = Field(
        default=[],
        alias="per-file",
        description="Exceptions by path.",
        examples=[[{"path": "coes/2019/*.md", "ignore": ["language"], "severity": {"form": "note"}}]],
    )


class Redaction(Table):
    """What is taken out of a site for the public, wherever it stands."""

    text: str | None = Field(None, min_length=2, description="The words, in any case.", examples=["Acme Corp"])
    pattern: str | None = Field(
        None,
        min_length=2,
        max_length=200,
        description="What they look like: `*` is anything but a space, `?` one character, `[0-9]` one of some.",
        examples=["db-[0-9]*.example.net"],
    )
    replacement: str = Field(
        "", max_length=80, description="What is said of it in its place, beside that it was taken out.", examples=["a customer"]
    )

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if (self.text is None) == (self.pattern is None):
            raise ValueError("one of `text` and `pattern` is due")
        if self.pattern is not None and len(re.sub(r"\[[^\]]*\]|[*?\s]", "", self.pattern)) < 2:
            raise ValueError(f"`{self.pattern}` would take out nearly everything: write two characters that always stand there")
        return self


class Site(Table):
    """The published site."""

    title: str = Field("COEs", description="Name of the site, when mkdocs.yml gives none.", examples=["Payments COEs"])
    templates: str | None = Field(None, description="Folder whose templates shadow ours, name by name.", examples=["templates"])
    engine: Literal["mkdocs", "zensical"] = Field(
        "mkdocs", description="What makes the pages: mkdocs with its theme material, or zensical.", examples=["zensical"]
    )
    output: str = Field("site", description="Folder of the built site.", examples=["site"])
    visibility: list[Literal["public", "internal", "restricted"]] = Field(
        default=["public", "internal"],
        description="Which COEs are published; `--audience` names another choice for one build.",
        examples=[["public"]],
    )
    public: list[Literal["tenets", "programs", "pages"]] = Field(
        default=[],
        description="What enters a site for the public beside COEs: tenets, programs, pages of your own.",
        examples=[["tenets"]],
    )
    internal_hosts: list[str] = Field(
        default=[],
        alias="internal-hosts",
        description="Hosts, with all below them, whose addresses and names are taken out of a site for the public.",
        examples=[["corp.example.com"]],
    )
    redact: list[Redaction] = Field(
        default=[],
        description="What else is taken out of a site for the public.",
        examples=[[{"text": "Acme Corp", "replacement": "a customer"}]],
    )


class Config(Table):
    """The configuration of one repository of COEs."""

    # Defaults that pydantic need not look at: else it makes each table ready twice, alone and as a part of this one.
    paths: Paths = Field(default=Paths.model_construct(), description="Folders and files.", examples=[{"coes": "coes"}])
    lint: Lint = Field(
        default=Lint.model_construct(),
        description="Which rules apply, how grave they are, and words of your own.",
        examples=[{"ignore": ["absolutes"]}],
    )
    review: Review = Field(
        default=Review.model_construct(),
        description="The weekly review: its days, its meeting, and what is late.",
        examples=[{"timezone": "Europe/Berlin"}],
    )
    policy: Policy = Field(
        default=Policy.model_construct(),
        description="What each status needs, and deadlines by severity.",
        examples=[{"due-days": {"SEV1": 28}}],
    )
    site: Site = Field(
        default=Site.model_construct(),
        description="The site: what makes it, and who may read what.",
        examples=[{"title": "Payments COEs"}],
    )


@dataclass(frozen=True, slots=True)
class Repository:
    """A configuration and the folder it speaks for; `file` is absent when defaults are used."""

    root: Path
    config: Config
    file: Path | None = None


def find(start: Path) -> Repository:
    """Return the repository around a path: the nearest configuration above it, else the git or current folder.

    Errors: `CoeError` when the configuration is not valid.
    """
    folder = start.resolve()
    folder = folder if folder.is_dir() else folder.parent
    for here in (folder, *folder.parents):
        own, project = here / CONFIG_NAME, here / "pyproject.toml"
        if own.is_file():
            return Repository(here, load(own), own)
        if project.is_file() and (data := _tool_of(_toml(project))) is not None:
            return Repository(here, _typed(project, data), project)
        if (here / ".git").exists():
            return Repository(here, Config())
    return Repository(folder, Config())


def load(file: Path) -> Config:
    """Return the configuration in a file.

    Errors: `CoeError` naming the file, the line and the nearest known key.
    """
    return _typed(file, _toml(file))


def config_of(text: str) -> Config:
    """Return the configuration in a text that is known to be good, such as that of an example."""
    return Config.model_validate(tomllib.loads(text))


def lines(repository: Repository) -> dict[Keys, int]:
    """Return the line of each key that the configuration of a repository writes down; none when it has no file."""
    return _lines(repository.file) if repository.file else {}


def _toml(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text("utf-8-sig")
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, why, advice = broken(text, str(error))
        raise CoeError(f"{file}{f':{line}' if line else ''}: not valid TOML: {why}", advice) from error
    except UnicodeDecodeError as error:
        raise CoeError(
            f"{file}: not valid TOML: {error.reason} at byte {error.start + 1}", "Save the file as UTF-8."
        ) from error
    except RecursionError:
        raise CoeError(f"{file}: nested too deep", "Mend the file, or see `coe schema config`.") from None
    except OSError as error:
        raise CoeError(f"cannot read {file}: {error.strerror}", "Check its permissions.") from error


def _tool_of(project: dict[str, Any]) -> Any:
    """Return what a pyproject.toml says of this tool; what else stands in the file is for others to judge."""
    tools = project.get("tool")
    return tools.get("coe") if isinstance(tools, dict) else None


def _lines(file: Path) -> dict[Keys, int]:
    found = places(file.read_text("utf-8-sig"))
    if file.name == CONFIG_NAME:
        return found
    return {keys[2:]: line for keys, line in found.items() if keys[:2] == ("tool", "coe")}


def _typed(file: Path, data: Any) -> Config:
    if not isinstance(data, dict):
        raise CoeError(f"{file}: `tool.coe` must be a table", "Write [tool.coe.lint] and keys below it.")
    try:
        return Config.model_validate(data)
    except ValidationError as failure:
        # A slip in a key leaves the right one missing as well: the slip is what can be mended.
        error = min(failure.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
        keys, problem, advice = told(error, Config)
        raise CoeError(f"{file}:{line_of(_lines(file), keys)}: {problem}", advice) from None
