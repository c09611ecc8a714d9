"""`coe stats`."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.actions import AsOf, Output, RepositoryPath, published, write
from coe.cli.console import look
from coe.cli.options import Color, ColorOption

if TYPE_CHECKING:
    from coe.insight.periods import Unit


class Format(enum.StrEnum):
    """Formats of the numbers."""

    text = "text"
    json = "json"


class By(enum.StrEnum):
    """How time is divided."""

    auto = "auto"
    month = "month"
    quarter = "quarter"
    year = "year"


@app.command("stats", short_help="Count what COEs say together over time.")
def stats_command(
    path: RepositoryPath = Path(),
    by: Annotated[By, typer.Option("--by", help="How time is divided; auto takes what is readable.")] = By.auto,
    output_format: Annotated[Format, typer.Option("--format", "-f", help="Format of the numbers.")] = Format.text,
    output: Output = None,
    as_of: AsOf = None,
    color: ColorOption = Color.auto,
) -> None:
    """Count what COEs say together over time: severity, durations, detection, triggers, causes, mitigations, action items.

    The values are those of the site's trends. A median is told of five values or more, a 90th percentile of ten.
    """
    from coe.insight.trends import trends
    from coe.report.trends import as_json, as_text

    known = published(path, as_of)
    zone = known.corpus.repository.config.review.timezone
    units: dict[By, Unit] = {By.month: "month", By.quarter: "quarter", By.year: "year"}
    found = trends(known.coes.values(), known.actions, as_of=known.as_of, zone=zone, unit=units.get(by))
    if output_format is Format.json:
        write(as_json(found), output)
    else:
        write(as_text(found, look("never" if output else color.value, sys.stdout)), output)
