"""Measure how well blaming sentences are found: precision, recall and F1, beside the word lists of other linters.

python benchmarks/language/run.py                        our own labelled sentences, our examples and docs
python benchmarks/language/run.py --set FILE …           sentences of yours, as JSON Lines of the same shape
python benchmarks/language/run.py --documents FOLDER     findings in the Markdown files of a folder
python benchmarks/language/run.py --install              fetch the other linters first, into the folder of --peers
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT)]

from figures import Figures, Row, agreement, by_category, overall, reading, rows  # noqa: E402
from peers import Peer, install, peers  # noqa: E402

from coe import __version__  # noqa: E402
from coe.language.prose import read_prose  # noqa: E402
from coe.language.reading import Reading  # noqa: E402
from coe.parse.document import parse  # noqa: E402
from coe.parse.prose import OPAQUE  # noqa: E402
from coe.read import Source  # noqa: E402

HERE = Path(__file__).parent
OWN = ROOT / "tests" / "language"
PAGE = ROOT / "docs" / "explanation" / "blameless-language.md"
_WORD = re.compile(r"[A-Za-z][\w'-]*")
_HEAD = "| linter | precision | recall | F1 | without borderline: precision | recall | F1 |\n|---|--:|--:|--:|--:|--:|--:|"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the results: its table, and what stands under it."""

    title: str
    table: str
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the section as Markdown."""
        return "\n\n".join((f"## {self.title}", self.table, *self.remarks))


def number(value: float | None) -> str:
    """Return a share with two digits behind the point."""
    return "-" if value is None else f"{value:.2f}"


def three(figures: Figures) -> str:
    """Return precision, recall and F1 as cells."""
    return f"{number(figures.precision)} | {number(figures.recall)} | {number(figures.f1)}"


def linters(labelled: Sequence[Row], folder: Path | None) -> tuple[str, tuple[str, ...]]:
    """Return the table of all linters on labelled sentences, and what is to be said of it."""
    texts = [row.text for row in labelled]
    ours = Peer(f"**coekit {__version__}**", tuple(int(reading(text) is not None) for text in texts))
    firm = [not row.borderline for row in labelled]
    lines, absent = [_HEAD], []
    for peer in (ours, *(peers(texts, folder) if folder else ())):
        if peer.counts is None:
            absent.append(f"{peer.name} ({peer.remark})")
            continue
        hits = [count > 0 for count in peer.counts]
        sure = [(row, hit) for row, hit, keep in zip(labelled, hits, firm, strict=True) if keep]
        without = overall([row for row, _ in sure], [hit for _, hit in sure])
        lines.append(f"| {peer.name} | {three(overall(labelled, hits))} | {three(without)} |")
    return "\n".join(lines), (f"Not measured: {', '.join(absent)}.",) if absent else ()


def categories(labelled: Sequence[Row]) -> str:
    """Return the table of the categories."""
    said = [reading(row.text) for row in labelled]
    lines = ["| category | sentences | found | by its own rule | precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|--:|"]
    for category, (figures, own) in by_category(labelled, said).items():
        count = figures.right + figures.missed
        if count or figures.wrong:
            lines.append(
                f"| [{category}](../../docs/rules/{category}.md) | {count} | {figures.right} | {own} | {three(figures)} |"
            )
    return "\n".join(lines)


def sentences(title: str, labelled: Sequence[Row], folder: Path | None) -> tuple[Section, Section]:
    """Return the sections about labelled sentences: all linters, and our categories."""
    blaming, borderline = sum(row.blames for row in labelled), sum(row.borderline for row in labelled)
    table, remarks = linters(labelled, folder)
    counted = (
        f"{len(labelled)} sentences, {blaming} of them blame; {borderline} {'is' if borderline == 1 else 'are'} borderline."
    )
    agreed = agreement(labelled)
    if agreed:
        known, narrative, causes = agreed
        shares = f"{narrative / known:.0%} in the narrative (two levels) and {causes / known:.0%} among causes (three)"
        remarks = (*remarks, f"Severity, where one is labelled ({known} found sentences): as labelled for {shares}.")
    return Section(title, table, (counted, *remarks)), Section(f"{title}: by category", categories(labelled))


def passages(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the prose of the Markdown files of a folder, passage by passage, without code and quotations."""
    for file in sorted(folder.rglob("*.md")):
        document = parse(Source(str(file), file.read_text("utf-8", errors="replace")))
        for passage in document.passages:
            yield file, document.mask[passage.span.start : passage.span.end].replace(OPAQUE, "\u2026")


def unallowed(file: Path) -> Iterator[Reading]:
    """Yield what is read in a file, without what its author allows and gives a reason for."""
    document = parse(Source(str(file), file.read_text("utf-8", errors="replace")))
    for one in read_prose(document).readings:
        if not any(allowance.rule == one.category and allowance.covers(one.span) for allowance in document.allowances):
            yield one


def documents(folders: Sequence[Path], peers_in: Path | None, *, show: bool) -> Section:
    """Return the section about whole documents: what is found in them, right or wrong."""
    found = [passage for folder in folders for passage in passages(folder)]
    texts = [text for _, text in found]
    words = sum(len(_WORD.findall(text)) for text in texts)
    alarms = 0
    files = sorted({file for file, _ in found})
    for file in files:
        for one in unallowed(file):
            alarms += 1
            if show:
                print(f"{file}: {one.category}: {one.words}", file=sys.stderr)
    lines = ["| linter | findings | per 1,000 words |", "|---|--:|--:|", _alarms(f"**coekit {__version__}**", alarms, words)]
    others = peers(texts, peers_in) if peers_in else ()
    lines += [_alarms(peer.name, sum(peer.counts), words) for peer in others if peer.counts is not None]
    names = ", ".join(f"`{_shown(folder)}`" for folder in folders)
    counted = f"{len(files)} files of {names} with {words:,} words of prose."
    meant = "In documents known to blame nobody, each finding is a false alarm; in others only a reader can tell."
    return Section("Whole documents", "\n".join(lines), (counted, meant))


def _alarms(name: str, count: int, words: int) -> str:
    return f"| {name} | {count} | {count / max(words, 1) * 1000:.2f} |"


def _shown(folder: Path) -> str:
    folder = folder.resolve()
    return folder.relative_to(ROOT).as_posix() if folder.is_relative_to(ROOT) else folder.name


def report(sections: Sequence[Section], day: str) -> str:
    """Return the results as a Markdown page."""
    head = f"Written by `make bench-language` on {day}. Python {platform.python_version()}; coekit {__version__}."
    return "\n\n".join(("# Results: blameless language", head, *map(str, sections))) + "\n"


def published(page: str, name: str, section: Section) -> str:
    """Return a page with the table between the marks of a name replaced."""
    marked = re.compile(rf"(<!-- figures: {re.escape(name)} -->\n).*?(<!-- /figures -->)", re.DOTALL)
    body = "\n\n".join((section.table, *section.remarks))
    return marked.sub(lambda match: f"{match[1]}\n{body}\n\n{match[2]}", page)


def today() -> str:
    """Return the day, or that of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)
    return now.date().isoformat()


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, nargs="+", metavar="FILE", help="labelled sentences (default: our own)")
    parser.add_argument("--documents", type=Path, nargs="+", metavar="FOLDER", help="documents (default: examples and docs)")
    parser.add_argument("--peers", type=Path, default=ROOT / ".cache" / "peers-language", help="where the other linters are")
    parser.add_argument("--install", action="store_true", help="fetch the other linters into that folder")
    parser.add_argument("--no-peers", action="store_true", help="measure only ourselves")
    parser.add_argument("--show", action="store_true", help="list the findings in documents on standard error")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md (UNSEEN.md for other sets) and docs/")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> None:
    """Run the command line."""
    options = arguments(given)
    if options.install:
        install(options.peers)
    folder = None if options.no_peers else options.peers
    files = options.set or sorted(OWN.glob("*.jsonl"))
    try:
        labelled = [row for file in files for row in rows(file)]
    except (OSError, ValueError) as error:
        sys.exit(f"error: {error}")
    title = "Sentences given" if options.set else "Our own sentences"
    parts = list(sentences(title, labelled, folder))
    if options.documents or not options.set:
        parts.append(documents(options.documents or (ROOT / "examples", ROOT / "docs"), folder, show=options.show))
    text = report(parts, today())
    print(text, end="")
    if options.write:
        HERE.joinpath("UNSEEN.md" if options.set else "RESULTS.md").write_text(text, "utf-8")
        PAGE.write_text(published(PAGE.read_text("utf-8"), "unseen" if options.set else "own", parts[0]), "utf-8")


if __name__ == "__main__":
    main()
