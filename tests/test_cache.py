"""What is kept between runs: never believed when anything changed, was broken, or could be somebody else's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coe import read as reading
from coe.cache import state
from tests.test_cli_check import DRAFT, NAME, ROOT, coe

NOTES = "coes/2026/2026-07-15-search.md"
TRACE = """\
import os, sys
os._exit = sys.exit
from coe.__main__ import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "repository"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (root / NAME).parent.mkdir(parents=True)
    (root / "coe.toml").write_text("[lint]\n")
    (root / NAME).write_text(DRAFT)
    (root / NOTES).write_text(DRAFT.replace("2026-07-14-checkout", "2026-07-15-search"))
    (root / "catalog.yaml").write_text("teams: [{id: payments, name: Payments}]\nservices: []\nroles: []\n")
    git(root, "init", "--quiet")
    settle(root)
    return root


def git(root: Path, *words: str) -> None:
    who = ("-c", "user.name=Tomoko Watari", "-c", "user.email=tw@example.com")
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, timeout=60)


def settle(root: Path) -> None:
    """Make every file old, so that its marks are believed: the time of its change cannot be set, so only wait for that."""
    for file in root.rglob("*.*"):
        os.utime(file, (1_700_000_000, 1_700_000_000))


def trace(root: Path, *words: str, **env: str) -> tuple[int, str, set[str]]:
    """Return status, output and the modules that were loaded."""
    environment = {**os.environ, "PYTHONPATH": ROOT, "COLUMNS": "100", **env}
    run = subprocess.run(
        [sys.executable, "-c", TRACE, *words],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return run.returncode, run.stdout, set(run.stderr.split())


def is_answered(root: Path, *words: str, **env: str) -> bool:
    return "typer" not in trace(root, *(words or ("check",)), **env)[2]


def kept(root: Path, part: str) -> list[Path]:
    return [file for file in (root.parent / "cache" / "coekit" / part).iterdir() if not file.name.startswith(".")]


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("lint", "--output-format", "json"),
        ("validate", "coes", "--statistics"),
        ("check", NAME, "--exit-zero", "--color=always"),
    ],
)
def test_the_same_run_is_answered_in_the_same_words(repository: Path, words: tuple[str, ...]) -> None:
    (repository / NAME).write_text(DRAFT.replace("SEV2", "high").replace("The pool", "The careless engineer and the pool"))
    plain = trace(repository, *words, "--no-cache")
    first, second = trace(repository, *words), trace(repository, *words)
    assert plain[:2] == first[:2] == second[:2]
    assert "typer" in first[2]
    heavy = {"typer", "pydantic", "yaml", "markdown_it", "rich", "re", "json", "pathlib", "dataclasses", "coe.cli", "coe.text"}
    assert not heavy & second[2] - trace_of_nothing()
    assert len([name for name in second[2] - trace_of_nothing() if name.startswith("coe")]) <= 9


def test_a_run_loads_the_command_that_it_names_and_no_other(repository: Path) -> None:
    from coe.cli import COMMANDS

    for word in ("check", "validate"):
        loaded = trace(repository, word, "--no-cache")[2]
        assert {name for name in COMMANDS if f"coe.cli.{name}" in loaded} == {"check"}
    assert {name for name in COMMANDS if f"coe.cli.{name}" in trace(repository, "--help")[2]} == set(COMMANDS)


def test_a_run_over_usual_documents_loads_no_more_than_it_needs(repository: Path) -> None:
    (repository / "catalog.yaml").write_text("teams:\n  - id: payments\n    name: Payments\n")
    text = (repository / NAME).read_text()
    heavy = {
        "yaml",
        "markdown_it",
        "multiprocessing",
        "jinja2",
        "rich",
        "ruamel",
        "coe.cli.authors",
        "coe.fix",
        "coe.baseline",
        "coe.render",
    }
    assert not heavy & trace(repository, "check", "--no-cache")[2]
    (repository / NAME).write_text(text.replace("kind: incident", "kind: !!str incident"))
    assert heavy & trace(repository, "check", "--no-cache")[2] == {"yaml"}
    (repository / NAME).write_text(text + "\n| a | b |\n|---|---|\n| c | d |\n")
    assert heavy & trace(repository, "check", "--no-cache")[2] == {"markdown_it"}


def trace_of_nothing() -> set[str]:
    """Return what Python loads by itself, and what `subprocess` loads."""
    code = "import sys, subprocess; print(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True).stdout.split()
    )


def edit(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        file = root / name
        state = file.stat()
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))

    return change


def write(name: str, text: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)

    return change


def linked(root: Path) -> None:
    (root / NAME).write_text(DRAFT + "\n[notes](../../notes.txt)\n")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a word of the same length at the same time": edit(NAME, "SEV2", "SEV9"),
    "a longer text": edit(NAME, "SEV2", "terrible"),
    "a file added": write("coes/2026/2026-07-16-new.md", "---\nid: x\n---\n"),
    "a page added": write("notes.md", "The careless engineer broke it.\n"),
    "a file removed": lambda root: (root / NOTES).unlink(),
    "a file renamed": lambda root: (root / NOTES).rename(root / "coes/2026/2026-07-15-other.md"),
    "a folder for minutes added": write("reviews/2026-W30.md", "---\nweek: x\n---\n"),
    "an id of another document": edit(NOTES, "id: 2026-07-15-search", "id: 2026-07-14-checkout"),
    "the configuration": write("coe.toml", '[paths]\ncatalog = "none.yaml"\n'),
    "the option of a rule": write("coe.toml", '[[lint.phrase]]\npattern = "free connection"\nmessage = "ours"\n'),
    "the catalog": edit("catalog.yaml", "id: payments", "id: customers"),
    "the catalog removed": lambda root: (root / "catalog.yaml").unlink(),
    "a file ignored by git": write(".gitignore", "2026-07-15-search.md\n"),
    "a repository inside": write("coes/2026/coe.toml", ""),
    "a link of the same name": lambda root: ((root / NOTES).unlink(), (root / NOTES).symlink_to(root / NAME)),
    "bytes that are no text": lambda root: (root / NAME).write_bytes(DRAFT.encode().replace(b"pool", b"p\xffol")),
    "a byte order mark": lambda root: (root / NAME).write_bytes(b"\xef\xbb\xbf" + DRAFT.replace("SEV2", "SEVX").encode()),
    "a configuration nearer": write("coes/coe.toml", "[lint]\nselect = ['form']\n"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_seen_at_once(repository: Path, name: str) -> None:
    for words in (("check", "--output-format", "json"), ("check", "coes", "--output-format", "json")):
        trace(repository, *words)
    before = trace(repository, "check", "--output-format", "json")
    CHANGES[name](repository)
    for words in (("check", "--output-format", "json"), ("check", "coes", "--output-format", "json")):
        now = trace(repository, *words)
        assert now[:2] == trace(repository, *words, "--no-cache")[:2]
    after = trace(repository, "check", "--output-format", "json")
    assert after[1] != before[1], "the change is one that the report tells of"


def test_a_file_that_a_document_links_to_is_looked_for_again(repository: Path) -> None:
    linked(repository)
    assert "broken-link" in trace(repository, "check")[1]
    (repository / "notes.txt").write_text("")
    assert "broken-link" not in trace(repository, "check")[1]
    (repository / "notes.txt").unlink()
    (repository / "notes.md").write_text("Something else changed.\n")
    assert "broken-link" in trace(repository, "check")[1]


def test_a_link_on_the_way_to_a_file_is_looked_for_again(repository: Path) -> None:
    linked(repository)
    (repository / "real.txt").write_text("")
    (repository / "notes.txt").symlink_to("real.txt")
    assert "broken-link" not in trace(repository, "check")[1]
    (repository / "notes.txt").unlink()
    assert "broken-link" in trace(repository, "check")[1]
    (repository / "notes.txt").symlink_to("real.txt")
    assert "broken-link" not in trace(repository, "check")[1]


def test_with_other_libraries_documents_are_read_again(repository: Path, tmp_path: Path) -> None:
    installed = tmp_path / "libraries"
    (installed / "pyyaml-6.0.3.dist-info").mkdir(parents=True)

    def written() -> int:
        for file in kept(repository, "runs"):
            file.unlink()
        trace(repository, "check", PYTHONPATH=os.pathsep.join((ROOT, str(installed))))
        [file] = kept(repository, "documents")
        return file.stat().st_ino

    trace(repository, "check")
    before = written()
    assert written() == before, "nothing has changed, so nothing is kept anew"
    (installed / "pyyaml-6.0.3.dist-info").rename(installed / "pyyaml-6.0.4.dist-info")
    assert written() != before


def test_another_day_is_another_run(repository: Path) -> None:
    july, june = str(1_785_000_000), str(1_780_000_000)
    assert "future-time" not in trace(repository, "check", SOURCE_DATE_EPOCH=july)[1]
    assert "future-time" in trace(repository, "check", SOURCE_DATE_EPOCH=june)[1]
    assert "future-time" not in trace(repository, "check", SOURCE_DATE_EPOCH=july)[1]


def test_an_answer_ends_with_its_day(repository: Path) -> None:
    from coe.cache.record import parsed

    trace(repository, "check")
    [file] = kept(repository, "runs")
    record = parsed(file.read_bytes()[32:])
    assert record.until - record.since == 24 * 3600
    assert record.since <= time.time() < record.until
    assert record.holds(record.until - 1)
    assert not record.holds(record.until)
    assert not record.holds(record.since - 1)


def test_a_new_author_is_a_change(repository: Path) -> None:
    (repository / NAME).write_text(DRAFT + "\nTomoko Watari forgot to raise the limit.\n")
    trace(repository, "lint")
    assert is_answered(repository, "lint")
    git(repository, "add", "-A")
    git(repository, "commit", "--quiet", "-m", "one")
    assert not is_answered(repository, "lint")
    assert trace(repository, "lint")[:2] == trace(repository, "lint", "--no-cache")[:2]


def test_the_words_the_folder_and_the_terminal_are_part_of_the_question(repository: Path) -> None:
    trace(repository, "check")
    assert is_answered(repository)
    assert not is_answered(repository, "check", "--ignore", "form")
    assert not is_answered(repository / "coes")
    assert not is_answered(repository, COLUMNS="60")
    assert not is_answered(repository, TERM="dumb")


def test_what_does_more_than_report_is_never_answered(repository: Path, tmp_path: Path) -> None:
    for words in (
        ("check", "--fix"),
        ("check", "--output-file", str(tmp_path / "out")),
        ("check", "--no-cache"),
        ("check", "--write-baseline"),
        ("check", "--output-format", "github"),
        ("check", "nowhere.md"),
    ):
        trace(repository, *words)
        assert not is_answered(repository, *words), words
    run = coe("check", "-", "--stdin-filename", NAME, cwd=repository, stdin=DRAFT.replace("SEV2", "high").encode())
    assert run.returncode == 1


@pytest.mark.parametrize("part", ["runs", "documents"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:40],
        lambda data: data.replace(b"coes", b"sues"),
        lambda data: b"\0" * len(data),
        lambda data: b"[" * 100_000,
    ],
)
def test_damage_is_as_if_nothing_were_kept(repository: Path, part: str, damage: Callable[[bytes], bytes]) -> None:
    (repository / NAME).write_text(DRAFT.replace("SEV2", "high"))
    first = trace(repository, "check")
    for file in kept(repository, "runs") if part == "documents" else ():
        file.unlink()
    for file in kept(repository, part):
        file.write_bytes(damage(file.read_bytes()))
    assert trace(repository, "check")[:2] == first[:2]
    assert is_answered(repository), "it is kept anew"


@pytest.mark.parametrize("part", ["runs", "documents"])
@pytest.mark.parametrize("text", [b"", b"1\x002\x003", b"{}", b"[]", b'{"key": 1, "documents": []}', b"\xff"])
def test_what_is_sound_but_says_nothing_is_no_answer(repository: Path, part: str, text: bytes) -> None:
    from coe.cache.folder import seal

    first = trace(repository, "check")
    for file in (*kept(repository, "runs"), *(kept(repository, part) if part == "documents" else ())):
        file.write_bytes(seal(file.parent.name, file.name, text) + text)
    assert trace(repository, "check")[:2] == first[:2]


def test_what_was_kept_under_another_name_is_no_answer(repository: Path) -> None:
    careless = DRAFT.replace("The pool", "The careless engineer and the pool")
    (repository / NAME).write_text(careless)
    trace(repository, "check", "--ignore", "language")
    [other] = kept(repository, "runs")
    expected = trace(repository, "check")
    for file in kept(repository, "runs"):
        file.write_bytes(other.read_bytes())
    assert trace(repository, "check")[:2] == expected[:2]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs users")
def test_what_others_could_have_written_is_not_believed(repository: Path) -> None:
    trace(repository, "check")
    [file] = kept(repository, "runs")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    file.chmod(0o666)
    assert not is_answered(repository)
    assert is_answered(repository), "the file was written anew"
    file.parent.chmod(0o777)
    assert not is_answered(repository)
    assert file.parent.stat().st_mode & 0o777 == 0o700
    file.parent.rename(file.parent.with_name("elsewhere"))
    file.parent.symlink_to(file.parent.with_name("elsewhere"))
    assert not is_answered(repository)


def test_nothing_personal_is_in_a_name(repository: Path) -> None:
    trace(repository, "check")
    files = [file for file in (repository.parent / "cache").rglob("*") if file.is_file()]
    assert len(files) >= 2
    assert all(re.fullmatch("[0-9a-f]{40}", file.name) for file in files)


@pytest.mark.parametrize("place", ["file", "nowhere"])
def test_without_a_place_to_keep_things_a_run_is_as_ever(repository: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    home = {"XDG_CACHE_HOME": str(tmp_path / "file" / "x")} if place == "file" else {"XDG_CACHE_HOME": "", "HOME": "relative"}
    for _ in range(2):
        status, output, loaded = trace(repository, "check", **home)
        assert (status, output) == (0, "3 files checked, nothing to report.\n")
        assert "typer" in loaded
        assert "Traceback" not in loaded


def test_runs_at_the_same_time_do_not_disturb_each_other(repository: Path) -> None:
    (repository / NAME).write_text(DRAFT.replace("SEV2", "high"))
    expected = trace(repository, "check", "--no-cache")[:2]
    with ThreadPoolExecutor(6) as pool:
        runs = list(pool.map(lambda _: trace(repository, "check")[:2], range(12)))
    assert runs == [expected] * 12
    assert not list((repository.parent / "cache").rglob(".*")), "nothing half written is left"


def test_the_oldest_goes_when_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coe.cache import folder

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(folder, "LIMIT", 5_000)
    for number in range(10):
        folder.save("runs", f"{number:040}", bytes(1_000))
        os.utime(tmp_path / "coekit" / "runs" / f"{number:040}", (number, number))
    folder.save("runs", "9" * 40, bytes(1_000))
    assert sum(size for _, size, _ in folder.kept()) <= 5_000
    assert folder.load("runs", "9" * 40) == bytes(1_000)
    assert folder.load("runs", f"{0:040}") is None


def test_a_document_is_not_parsed_again_for_the_others(repository: Path) -> None:
    """One that changed is judged with what is known of the rest: references and ids of others are not forgotten."""
    tie = "related:\n  - type: {}\n    id: {}\n"
    (repository / NAME).write_text(DRAFT.replace("impact:", tie.format("caused_by", "2026-07-15-search") + "impact:"))
    assert trace(repository, "check")[0] == 0
    other = DRAFT.replace("2026-07-14-checkout", "2026-07-15-search")
    (repository / NOTES).write_text(other.replace("impact:", tie.format("caused_by", "2026-07-14-checkout") + "impact:"))
    warm, cold = (trace(repository, "check", "--output-format", "json", *words) for words in ((), ("--no-cache",)))
    assert warm[:2] == cold[:2]
    assert {one["path"] for one in json.loads(warm[1])["diagnostics"] if one["rule"] == "related-cycle"} <= {NAME, NOTES}
    assert "related-cycle" in warm[1]


def test_a_file_that_did_not_change_is_not_read(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coe.check import Selection
    from coe.cli.job import Job
    from coe.config import find

    monkeypatch.chdir(repository)
    monkeypatch.setattr(state, "SAFE_SECONDS", -3600.0)  # marks are believed, however young the files are
    opened: list[str] = []
    read = reading._bytes
    monkeypatch.setattr(reading, "_bytes", lambda file, shown: opened.append(file.name) or read(file, shown))

    def found() -> tuple[list[str], set[str]]:
        opened.clear()
        job = Job(find(repository), Selection())
        job.read_paths([])
        return [one.message for one in job.check()], set(opened)

    first, every = found()
    assert {Path(NAME).name, Path(NOTES).name} <= every
    again, few = found()
    assert again == first
    assert few == {"catalog.yaml"}
    edit(NOTES, "SEV2", "SEV9")(repository)
    now, few = found()
    assert Path(NOTES).name in few
    assert Path(NAME).name not in few
    assert now != first


def test_rules_look_at_nothing_but_what_they_are_given() -> None:
    """What a rule asks of the disk, the clock or the environment by itself would not be part of what its finding depends on."""
    asks = re.compile(r"\.(?:exists|is_file|is_dir|stat|read_text|read_bytes|iterdir|glob)\(|\bopen\(|\bos\.|\.(?:now|today)\(")
    folders = ("rules", "parse", "model")
    site = "settings.py"  # of the site, which no rule reads
    files = [file for folder in folders for file in (Path(ROOT) / "coe" / folder).rglob("*.py") if file.name != site]
    assert len(files) > 100
    found = [f"{file.name}: {line}" for file in files for line in file.read_text().splitlines() if asks.search(line)]
    assert found == [
        "broken_link.py:         elif not case.exists(target, named=named_target(link.href, file=file, root=root)):"
    ]


def test_a_configuration_that_came_and_went_during_a_run_is_no_part_of_an_answer(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coe.cli import remember
    from coe.cli.options import Options

    monkeypatch.chdir(repository)
    monkeypatch.setattr(sys, "argv", ["coe", "check"])
    settings = repository / "coe.toml"
    beginning = remember.begin(Options())
    assert beginning is not None
    assert beginning.holds()
    before = settings.read_text()
    settings.write_text('[lint]\nignore = ["language"]\n')
    settings.write_text(before)
    os.utime(settings, (1, 1))
    assert not beginning.holds()
