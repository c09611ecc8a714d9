"""Write what is generated from the code and committed: schemas, pages of the rules, reference pages.

python tools/generate.py                 write everything
python tools/generate.py schema rules    write these parts
python tools/generate.py --check         write nothing; exit with 1 when something is stale
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from coe.write import write_text

ROOT = Path(__file__).parent.parent
Pages = Iterator[tuple[str, str]]


def schema_files() -> Pages:
    """Yield the JSON Schemas."""
    from coe.model.schema import NAMES, schema_text

    for name in NAMES:
        yield f"schema/{name}.schema.json", schema_text(name)


def rule_pages() -> Pages:
    """Yield a page for each rule, and their list."""
    from coe.explain import page, table
    from coe.rule import all_rules

    head = "# Rules\n\nWhat `coe check` looks for. `coe explain RULE` prints these pages in a terminal."
    yield "docs/rules/index.md", f"{head}\n\n{table(all_rules())}"
    for rule in all_rules():
        yield f"docs/rules/{rule.name}.md", page(rule)


def cli_page() -> Pages:
    """Yield the reference of the command line."""
    import typer
    from typer.cli import get_docs_for_click

    from coe.cli import complete

    command = typer.main.get_command(complete())
    context = typer.Context(command, info_name="coe")
    text = get_docs_for_click(obj=command, ctx=context, name="coe", title="Command line")
    lines = [line.rstrip() for line in text.strip().splitlines()]
    yield "docs/reference/cli.md", "\n".join(lines) + "\n"


def reference_pages() -> Pages:
    """Yield the reference of the configuration and of the front matter."""
    from reference import configuration_page, front_matter_page

    from coe.model.schema import NAMES, json_schema

    yield "docs/reference/configuration.md", configuration_page(json_schema("config"))
    documents = {name: json_schema(name) for name in NAMES if name != "config"}
    yield "docs/reference/front-matter.md", front_matter_page(documents)


PARTS: dict[str, tuple[Callable[[], Pages], tuple[str, ...]]] = {
    "schema": (schema_files, ("schema/*.json",)),
    "rules": (rule_pages, ("docs/rules/*.md",)),
    "cli": (cli_page, ()),
    "reference": (reference_pages, ()),
}
"""Each part with what it yields, and the patterns of files that belong to it alone."""


def stale(names: list[str], root: Path) -> tuple[dict[Path, str], list[Path]]:
    """Return the files to write with their text, and the files that nothing generates any more."""
    texts: dict[Path, str] = {}
    left: list[Path] = []
    for name in names:
        generate, patterns = PARTS[name]
        made = {root / path: text for path, text in generate()}
        texts |= {file: text for file, text in made.items() if not file.is_file() or file.read_text("utf-8") != text}
        left += [file for pattern in patterns for file in sorted(root.glob(pattern)) if file not in made]
    return texts, left


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code: 1 when `--check` finds something stale."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--check", action="store_true", help="write nothing, exit with 1 when something is stale")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.parts if name not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}")
    texts, left = stale(given.parts or list(PARTS), ROOT)
    for file in [*texts, *left]:
        print(f"{'stale' if given.check else 'deleted' if file in left else 'written'}: {file.relative_to(ROOT).as_posix()}")
    if given.check:
        if texts or left:
            print("Run: python tools/generate.py", file=sys.stderr)
        return int(bool(texts or left))
    for file, text in texts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text(file, text)
    for file in left:
        file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
