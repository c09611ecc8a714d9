"""`coe add event`, `action` and `learning`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from coe.cli import app
from coe.cli.completing import documents
from coe.cli.console import show
from coe.cli.edited import opened, writable, written
from coe.errors import CoeError

add = typer.Typer(
    help="Add an event, an action item or a learning to a document; every other character of the file stays.",
    no_args_is_help=True,
)
app.add_typer(add, name="add", short_help="Add an event, an action item or a learning.")

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="The document to edit, or its id.", show_default=False, autocompletion=documents)
]
Id = Annotated[str | None, typer.Option("--id", metavar="ID", help="Its name in the file. [default: the next free one]")]


def option(name: str, text: str, metavar: str = "TEXT") -> Any:
    """Return an option of a field that may be absent."""
    return typer.Option(name, metavar=metavar, help=text, show_default=False)


@add.command("event")
def event_command(
    file: File,
    text: Annotated[str, option("--text", "What happened, in one or two sentences.")],
    at: Annotated[str, typer.Option("--at", metavar="now|TIME", help="When: `now`, or a time with its offset.")] = "now",
    type: Annotated[str, typer.Option("--type", metavar="TYPE", help="Kind of event: detection, action, …")] = "note",  # noqa: A002 (the option's name)
    milestone: Annotated[str | None, option("--milestone", "The milestone that it is.", "NAME")] = None,
    end: Annotated[str | None, option("--end", "When it ended, if it took time.", "TIME")] = None,
    precision: Annotated[str | None, option("--precision", "Width of the interval, such as PT5M.", "DURATION")] = None,
    actor: Annotated[str | None, option("--actor", "Role or system that acted.")] = None,
    context: Annotated[str | None, option("--context", "For a decision: what was known and aimed at then.")] = None,
    evidence: Annotated[list[str] | None, option("--evidence", "Link or short text that shows it; may be repeated.")] = None,
    id: Id = None,  # noqa: A002 (the option's name)
) -> None:
    """Add an event to the timeline, in the order of time, and print its id."""
    moment = _now(file) if at == "now" else at
    _add(file, "timeline", "E", {
        "id": id, "at": moment, "end": end, "precision": precision, "type": type, "milestone": milestone, "text": text,
        "actor": actor, "context": context, "evidence": evidence,
    })  # fmt: skip


@add.command("action")
def action_command(
    file: File,
    title: Annotated[str, option("--title", "The change.")],
    type: Annotated[str, option("--type", "What it is for: prevent, detect, mitigate, repair, …", "TYPE")],  # noqa: A002 (the option's name)
    owner_team: Annotated[
        str | None, option("--owner-team", "Team that answers for it. [default: that of the COE]", "ID")
    ] = None,
    owner: Annotated[str | None, option("--owner", "Role that does it.", "role:ID")] = None,
    priority: Annotated[str | None, option("--priority", "Order of work: P0 to P3.", "P0…P3")] = None,
    commitment: Annotated[str | None, option("--commitment", "must or should.", "WORD")] = None,
    due: Annotated[str | None, option("--due", "When it is to be done.", "YYYY-MM-DD")] = None,
    status: Annotated[str, typer.Option("--status", metavar="STATUS", help="Where it stands.")] = "open",
    addresses: Annotated[
        list[str] | None, option("--addresses", "Cause, lesson or observation; may be repeated.", "ID")
    ] = None,
    success_criteria: Annotated[str | None, option("--success-criteria", "How one sees that it worked.")] = None,
    id: Id = None,  # noqa: A002 (the option's name)
) -> None:
    """Add an action item, and print its id."""
    _add(file, "action_items", "A", {
        "id": id, "title": title, "type": type, "priority": priority, "commitment": commitment, "owner": owner,
        "owner_team": owner_team or _team(file), "due": due, "status": status, "addresses": addresses,
        "success_criteria": success_criteria,
    })  # fmt: skip


@add.command("learning")
def learning_command(
    file: File,
    statement: Annotated[str, option("--statement", "One sentence that helps a team that was not there.")],
    audience: Annotated[str, typer.Option("--audience", metavar="WORD", help="team, org or public.")] = "org",
    tenet: Annotated[str | None, option("--tenet", "Tenet that it supports.", "ID")] = None,
    program: Annotated[str | None, option("--program", "Program that it became.", "ID")] = None,
    source: Annotated[list[str] | None, option("--from", "What it comes from; may be repeated.", "ID")] = None,
    id: Id = None,  # noqa: A002 (the option's name)
) -> None:
    """Add a learning, and print its id."""
    _add(file, "learnings", "L", {
        "id": id, "statement": statement, "audience": audience, "tenet": tenet, "program": program, "from": source,
    })  # fmt: skip


def _add(file: Path, key: str, prefix: str, item: dict[str, Any]) -> None:
    from coe.format.edit import add_item, next_id

    analysis = opened(file)
    if analysis.kind != "coe" and not (analysis.kind == "minutes" and key == "action_items"):
        raise CoeError(f"{file} is no COE", "Give the file of a COE; `coe new` starts one.")
    name = item["id"] or next_id(analysis, prefix)
    if item["id"] and any(leaf.path[-1] == "id" and leaf.value.value == name for leaf in analysis.document.leaves):
        raise CoeError(f"the id `{name}` is taken", f"Leave --id out, or write --id {next_id(analysis, prefix)}.")
    given = {field: value for field, value in {**item, "id": name}.items() if value}
    said: dict[str, Any] = {
        field: [writable(one) for one in value] if isinstance(value, list) else writable(value)
        for field, value in given.items()
    }
    written(analysis, add_item(analysis, key, said))
    show(name)


def _team(file: Path) -> str | None:
    coe = opened(file).coe
    return coe.owner_team if coe else None


def _now(file: Path) -> str:
    """Return the time as it is where reviews are held, with its offset."""
    import datetime as dt
    from zoneinfo import ZoneInfo

    from coe.config import find

    moment = dt.datetime.now(ZoneInfo(find(file).config.review.timezone)).replace(microsecond=0)
    return moment.isoformat().replace("+00:00", "Z")
