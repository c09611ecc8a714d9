"""Measure how long `coe lsp` takes from a keystroke to the findings: a COE of 2,000 lines in a repository of 1,000 COEs.

A client types into the document over standard input and output, in its body and in its front matter, and waits each time
for the findings of that version. Wall time, because that is what an author waits for; the aim is 50 ms at the 95th percentile.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from generate import write
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.uris import from_fs_path

ROOT = Path(__file__).resolve().parent.parent
AIM = 0.050
LINES, COUNT, KEYS = 2000, 1000, 200
PACE = (0.06, 0.6)
"""Seconds between keystrokes, at random: in the longer ones all rules begin to look at all documents, and are interrupted."""


def long_coe(text: str, lines: int) -> str:
    """Return a COE with more events and more narrative, until it has that many lines."""
    head, fields, body = re.split(r"(?m)^---\n", text, maxsplit=2)
    timeline = re.search(r"(?ms)^timeline:\n(.*?)(?=^\w)", fields)
    if timeline is None:
        raise ValueError("the COE has no timeline")
    event = next(one for one in re.split(r"(?m)^(?=  - )", timeline[1])[1:] if "milestone" not in one)
    more, number = [], 0
    while fields.count("\n") + sum(one.count("\n") for one in more) < lines * 0.6:
        number += 1
        more.append(re.sub(r"id: \w+", f"id: X{number}", event, count=1))
    fields = fields[: timeline.end(1)] + "".join(more) + fields[timeline.end(1) :]
    story = body
    while fields.count("\n") + story.count("\n") + 2 < lines:
        number += 1
        story += re.sub(r"(?m)^## ", f"## Part {number}: ", body)
    return f"{head}---\n{fields}---\n{story}"


class Typist:
    """A client that types, and knows when the findings of a version came."""

    def __init__(self) -> None:
        self.client = LanguageClient("bench", "1")
        self.version = 0
        self.seen = 0
        self.news = asyncio.Event()

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.seen = max(self.seen, params.version or 0)
            self.news.set()

    async def start(self, folder: Path) -> None:
        """Start the server."""
        os.environ["PYTHONPATH"] = str(ROOT)
        await self.client.start_io(sys.executable, "-m", "coe", "lsp", cwd=str(folder))
        await self.client.initialize_async(
            lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri=from_fs_path(str(folder)))
        )
        self.client.initialized(lsp.InitializedParams())

    async def wait(self) -> None:
        """Wait for the findings of the last version."""
        while self.seen < self.version:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 120)

    def cpu(self) -> float:
        """Return the CPU seconds that the server has used; 0 where the system does not tell."""
        server = getattr(self.client, "_server", None)
        stat = Path(f"/proc/{server.pid}/stat") if server else Path()
        if not stat.is_file():
            return 0.0
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Return the most memory that the server has held so far; 0 where the system does not tell. Unit: megabytes."""
        server = getattr(self.client, "_server", None)
        status = Path(f"/proc/{server.pid}/status") if server else Path()
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.is_file() else None
        return int(found[1]) / 1024 if found else 0.0

    async def open(self, uri: str, text: str) -> float:
        """Open a document and return the seconds until its findings came."""
        begin = time.perf_counter()
        self.version += 1
        self.client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "markdown", self.version, text))
        )
        await self.wait()
        return time.perf_counter() - begin

    async def type(self, uri: str, line: int, column: int, text: str) -> float:
        """Type one character and return the seconds until the findings came."""
        self.version += 1
        at = lsp.Position(line, column)
        change = lsp.TextDocumentContentChangePartial(lsp.Range(at, at), text)
        begin = time.perf_counter()
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(self.version, uri), [change])
        )
        await self.wait()
        return time.perf_counter() - begin


async def measure(folder: Path, count: int, lines: int, keys: int) -> None:
    """Print what was measured."""
    write(folder, count)
    file = sorted((folder / "coes").rglob("*.md"))[count // 2]
    text = long_coe(file.read_text("utf-8"), lines)
    file.write_text(text, "utf-8")
    rows = text.split("\n")
    in_body = len(rows) - 20 + next(index for index, row in enumerate(rows[-20:]) if len(row) > 40)
    in_fields = next(index for index, row in enumerate(rows) if "text:" in row and index > lines * 0.3)
    typist, uri = Typist(), from_fs_path(str(file)) or ""
    await typist.start(folder)
    opened = await typist.open(uri, text)
    asked = lsp.DefinitionParams(lsp.TextDocumentIdentifier(uri), lsp.Position(1, 8))
    begin = time.perf_counter()
    await typist.client.text_document_definition_async(asked)
    loaded = time.perf_counter() - begin
    print(f"{count} COEs, one of {text.count(chr(10))} lines and {len(text) / 1000:.0f} KB.")
    print(f"open to first findings {opened * 1000:.0f} ms; all files read {loaded:.1f} s later")
    every: list[float] = []
    draw = random.Random(1)
    worked = typist.cpu()
    for name, row in (("body", in_body), ("front matter", in_fields)):
        column = rows[row].rstrip().__len__()
        took = []
        for index in range(keys):
            took.append(await typist.type(uri, row, column + index, " with words"[index % 11]))
            await asyncio.sleep(draw.uniform(*PACE))
        every += took
        print(f"  in the {name:12} p50 {statistics.median(took) * 1000:5.1f} ms, p95 {_p95(took) * 1000:5.1f} ms,", end=" ")
        print(f"worst {max(took) * 1000:5.1f} ms, n {len(took)}")
    print(f"CPU of the server for each keystroke, the work between them included: {spent(typist, worked, every):.0f} ms")
    print(f"memory of the server, at most: {typist.memory():.0f} MB")
    verdict = "within" if _p95(every) <= AIM else "beyond"
    print(f"keystroke to findings: p95 {_p95(every) * 1000:.1f} ms, {verdict} the aim of {AIM * 1000:.0f} ms")
    await typist.client.shutdown_async(None)
    typist.client.exit(None)
    await typist.client.stop()


def spent(typist: Typist, before: float, keys: list[float]) -> float:
    """Return the CPU time that the server took for each keystroke. Unit: milliseconds."""
    return (typist.cpu() - before) / len(keys) * 1000


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--keys", type=int, default=KEYS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder).resolve(), options.count, options.lines, options.keys))


if __name__ == "__main__":
    main()
