"""`coe preview`: the changed COEs as Markdown, for the summary of a pull request."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from coe.cli import app
from coe.cli.job import Job
from coe.cli.options import ChangedSince


@app.command("preview", short_help="Write COEs as Markdown for the summary of a pull request.")
def preview_command(
    paths: Annotated[list[Path] | None, typer.Argument(help="COEs, and folders of them. [default: the repository]")] = None,
    changed_since: ChangedSince = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
) -> None:
    """Write COEs as Markdown for the summary of a pull request.

    Each with its metrics and the two moments that they span, its timeline, and what it lacks for its next status.
    """
    from coe.check import Selection
    from coe.cli.given import repository_of
    from coe.review.preview import previews, render
    from coe.site.audience import readable

    job = Job(repository_of(paths or []), Selection())
    job.read_paths(paths or [])
    if changed_since is not None:
        job.keep_changed(changed_since)
    shown = readable(replace(job.corpus, analyses=tuple(job.targets)))
    text = render(previews(job.corpus, shown.analyses))
    if output:
        from coe.write import write_text

        write_text(output, text)
    else:
        sys.stdout.buffer.write(text.encode("utf-8"))
