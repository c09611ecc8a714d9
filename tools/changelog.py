"""Move the fragments of `changelog.d/` into `CHANGELOG.md` under a version and a day."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("added", "changed", "fixed", "removed", "security")
MARK = "<!-- releases -->\n"
_NAME = re.compile(rf"[\w-]+\.({'|'.join(KINDS)})\.md")


def fragments(folder: Path) -> dict[str, list[Path]]:
    """Return the files of a folder by kind.

    Errors: `ValueError` for a file whose name says no kind.
    """
    found: dict[str, list[Path]] = {}
    for file in sorted(folder.glob("*.md")):
        if file.name == "README.md":
            continue
        if not (match := _NAME.fullmatch(file.name)):
            raise ValueError(f"{file.name}: name it WORDS.KIND.md, where KIND is one of {', '.join(KINDS)}")
        found.setdefault(match[1], []).append(file)
    return found


def release(version: str, day: str, found: dict[str, list[Path]]) -> str:
    """Return the section of one version."""
    parts = [f"## {version} ({day})\n"]
    for kind in KINDS:
        if kind in found:
            items = "".join(f"- {' '.join(file.read_text('utf-8').split())}\n" for file in found[kind])
            parts.append(f"### {kind.capitalize()}\n\n{items}")
    return "\n".join(parts)


def inserted(changelog: str, section: str) -> str:
    """Return a changelog with a section in front of the others.

    Errors: `ValueError` when the place for it is not marked.
    """
    if MARK not in changelog:
        raise ValueError(f"CHANGELOG.md has no line {MARK.strip()}")
    before, _, after = changelog.partition(MARK)
    return f"{before}{MARK}\n{section}{after}"


def main() -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version")
    parser.add_argument("day", help="day of the release, YYYY-MM-DD")
    parser.add_argument("--draft", action="store_true", help="print the section and change nothing")
    options = parser.parse_args()
    changelog = ROOT / "CHANGELOG.md"
    try:
        found = fragments(ROOT / "changelog.d")
        section = release(options.version, options.day, found)
        text = inserted(changelog.read_text("utf-8"), section)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if options.draft:
        print(section, end="")
        return 0
    changelog.write_text(text, "utf-8")
    for files in found.values():
        for file in files:
            file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
