"""Settings: what they do in the repository and in some files of it, where they come from, and how errors name their place."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from test_cli_check import coe

from coe.check import Selection, active_rules, check
from coe.config import Config, Repository, find, load
from coe.corpus import Corpus, analyse
from coe.errors import CoeError
from coe.levels import levels
from coe.read import Source
from coe.rule import all_rules

TEXT = "Obviously, the operator saw the prompt.\n\nThe engineer forgot to look.\n"
ALL = Selection()
OWN = """\
# [lint]
[paths]
coes = "analyses"

[lint]
ignore = [
  "absolutes",
  "self-blame",
]

[lint.severity]
language = "note"
negligence = "error"
weak-action = "off"

[[lint.per-file]]
path = "analyses/2019/*.md"
ignore = ["hindsight"]

[[lint.per-file]]
path = "*.md"
severity = {absolutes = "note", "LNG104" = "error"}

[policy]
due-days.SEV1 = 14

[review]
timezone = "Europe/Berlin"
"""


def config(text: str) -> Config:
    return Config.model_validate(tomllib.loads(text))


def found(settings: str, name: str = "notes/2019/a.md", text: str = TEXT, selection: Selection = ALL) -> dict[str, str]:
    repository = Repository(Path("/r"), config(settings))
    analysis = analyse(Source(name, text, Path("/r") / name), repository)
    rules = active_rules(repository.config, selection)
    return {one.rule: one.severity.label for one in check(Corpus(repository, (analysis,)), [analysis], rules)}


def per_file(*entries: str) -> str:
    return "".join(f"[[lint.per-file]]\n{entry}\n" for entry in entries)


def test_severity_for_some_files() -> None:
    settings = per_file('path = "notes/2019/*"\nseverity = {negligence = "note"}')
    assert found("") == {"hindsight": "warning", "negligence": "warning"}
    assert found(settings) == {"hindsight": "warning", "negligence": "note"}
    assert found(settings, "notes/2020/a.md") == found("")


@pytest.mark.parametrize("word", ["negligence", "LNG102", "LNG10", "language", "all"])
def test_the_same_words_as_everywhere(word: str) -> None:
    assert found(per_file(f'path = "notes/*"\nseverity = {{{word} = "note"}}'))["negligence"] == "note"
    assert "negligence" not in found(per_file(f'path = "notes/*"\nseverity = {{{word} = "off"}}'))


def test_later_entries_win() -> None:
    off, note = 'path = "*"\nignore = ["negligence"]', 'path = "notes/*"\nseverity = {negligence = "note"}'
    assert found(per_file(off, note))["negligence"] == "note"
    assert "negligence" not in found(per_file(note, off))
    both = found(per_file('path = "*"\nseverity = {negligence = "note"}\nignore = ["language"]'))
    assert both == {}, "within one entry what is ignored is off"


def test_later_words_win() -> None:
    assert found('[lint.severity]\nlanguage = "off"\nhindsight = "note"') == {"hindsight": "note"}
    assert found('[lint.severity]\nhindsight = "note"\nlanguage = "off"') == {}


def test_a_rule_that_is_off_is_switched_on_for_some_files() -> None:
    settings = '[lint]\nignore = ["language"]\n' + per_file('path = "notes/2019/*"\nseverity = {hindsight = "note"}')
    assert found(settings) == {"hindsight": "note"}
    assert found(settings, "notes/2020/a.md") == {}
    assert found(settings, selection=Selection(ignore=("hindsight",))) == {}
    assert found(settings, selection=Selection(select=("negligence",))) == {}


def test_every_rule_is_switched_off_but_those_without_which_nothing_can_be_said() -> None:
    off = {name for name, level in levels(config('[lint.severity]\nall = "off"\n')).items() if level.word == "off"}
    assert {rule.name for rule in all_rules()} - off == {"unreadable", "yaml-syntax", "front-matter"}
    active = active_rules(config('[lint]\nignore = ["all"]'), Selection())
    assert {rule.name for rule in active} == {"unreadable", "yaml-syntax", "front-matter"}


def test_an_allowance_is_not_unused_where_its_rule_is_off() -> None:
    text = "<!-- coe: allow absolutes: quoted -->\n\nThe alarm fires.\n"
    assert found("", text=text) == {"unused-allowance": "warning"}
    assert found(per_file('path = "*"\nignore = ["absolutes"]'), text=text) == {}


def test_a_policy_keeps_the_defaults_of_what_it_leaves_unsaid() -> None:
    days = config("[policy]\ndue-days = {SEV3 = 7}\n").policy.due_days
    assert days == {**Config().policy.due_days, "SEV3": 7}
    assert list(days) == sorted(days)


@pytest.mark.parametrize("text", [OWN, "", '[site]\ntitle = "a\\u001b\\"\\u007f\\u0085b # c"\ntemplates = "t"\n'])
def test_what_is_shown_can_be_pasted_back(tmp_path: Path, text: str) -> None:
    (tmp_path / "coe.toml").write_text(text, "utf-8")
    run = coe("config", "show", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert "\x1b" not in run.stdout
    before = load(tmp_path / "coe.toml")
    (tmp_path / "coe.toml").write_text(run.stdout, "utf-8")
    assert load(tmp_path / "coe.toml") == before
    assert coe("config", "show", cwd=tmp_path).stdout.count("coe.toml:") >= run.stdout.count("coe.toml:")


def test_each_value_says_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text(OWN, "utf-8")
    shown = [" ".join(line.split()) for line in coe("config", "show", cwd=tmp_path).stdout.splitlines()]
    assert set(shown) >= {
        'coes = "analyses" # coe.toml:3',
        'tenets = "tenets" # default',
        'ignore = ["absolutes", "self-blame"] # coe.toml:6',
        'language = "note" # coe.toml:12',
        "# templates is not set # default",
        "SEV1 = 14 # coe.toml:25",
        "SEV2 = 28 # default",
        'timezone = "Europe/Berlin" # coe.toml:28',
        "[[lint.per-file]]",
        '# negligence = "error" # coe.toml:13',
        '# hindsight = "note" # coe.toml:12',
        '# self-blame = "off" # coe.toml:8',
        '# weak-action = "off" # coe.toml:14',
        '# unknown-coe = "error" # default',
        'LNG104 = "error" # coe.toml:22',
    }


def test_as_json(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n\n[tool.coe.lint]\nselect = ["form"]\n', "utf-8")
    data = json.loads(coe("config", "show", "--format", "json", cwd=tmp_path).stdout)
    assert data["file"] == "pyproject.toml"
    settings = {one["key"]: (one["value"], one["line"]) for one in data["settings"]}
    assert settings["lint.select"] == (["form"], 5)
    assert settings["site.output"] == ("site", None)
    rules = {one["rule"]: (one["severity"], one["line"]) for one in data["rules"]}
    assert set(rules) == {rule.name for rule in all_rules()}
    assert rules["duplicate-key"] == ("error", None)
    assert rules["absolutes"] == ("off", 5)


def test_without_a_file_all_are_defaults(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    shown = coe("config", "show", str(tmp_path), cwd=tmp_path).stdout
    values = [line for line in shown.splitlines() if " = " in line]
    assert len(values) > 40
    assert all(line.endswith("# default") for line in values)
    assert coe("config", "show", "nowhere", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[paths]\ncoes = "a"\n\n[site]\n# outptu\ntitle = "outptu"\noutptu = "b"\n', "7: unknown key `site.outptu`"),
        ('[paths]\n# timezone = 1\n\n[review]\ntimezone = "Mars/Base"\n', "5: review.timezone: "),
        ('[site]\ntitle = """\ncoes = 1\n"""\n\n[paths]\n"coes" = 1\n', "7: paths.coes: "),
        (per_file('path = "a"', "ignore = []"), "3: `lint.per-file[1].path` is missing"),
        (per_file('path = "a"', 'path = "b"\nseverty = {}'), "5: unknown key `lint.per-file[1].severty`"),
        ('lint.severity.absolutes = "fatal"\n', "1: lint.severity.absolutes: "),
        ("[policy]\n\ndue-days.SEV9 = 3\n", "3: policy.due-days.SEV9: "),
        ('[lint]\nignore = []\nignore = ["form"]\n', "3: not valid TOML: Cannot overwrite a value"),
        ('[lint]\nignore = []\nignore = ["form"]', "3: not valid TOML: Cannot overwrite a value"),
        ('[lint]\nignore = "language"\n', '2: lint.ignore: a list is due, such as ["a", "b"]'),
        ("lint = 3\n", "1: lint: a table is due"),
        ("[site]\ntitle = 3\n", "2: site.title: a text in quotation marks is due"),
        (per_file('path = "/coes/*.md"'), "2: lint.per-file[0].path: `/coes/*.md` stands for no file"),
        (per_file('path = "coes/2019/"'), "2: lint.per-file[0].path: `coes/2019/` stands for no file: write `coes/2019/*`"),
        (per_file('path = "coes/[2019/*.md"'), "2: lint.per-file[0].path: `coes/[2019/*.md` opens a `[` that nothing closes"),
        (per_file(r"path = 'coes\2019\*.md'"), "2: lint.per-file[0].path: "),
    ],
)
def test_errors_name_the_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "coe.toml").write_text(text, "utf-8")
    with pytest.raises(CoeError) as caught:
        find(tmp_path)
    assert caught.value.message.startswith(f"{tmp_path / 'coe.toml'}:{said}")


def test_a_wrong_word_for_rules_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text('[lint]\nignore = [\n  "language",\n  "absolute",\n]\n', "utf-8")
    for words in (["check"], ["config", "show"], ["build"]):
        run = coe(*words, cwd=tmp_path)
        assert run.returncode == 2
        assert "coe.toml:4: there is no rule or family `absolute`\n  help: Did you mean `absolutes`?" in run.stderr


def test_a_slip_in_a_key_is_told_and_not_that_the_right_key_is_missing(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text('[[lint.phrase]]\npatern = "war room"\nmessage = "a term of war"\n')
    run = coe("check", cwd=tmp_path)
    assert run.returncode == 2
    assert "coe.toml:2: unknown key `lint.phrase[0].patern`\n  help: Did you mean `pattern`?" in run.stderr


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('[lint.severity]\nabsolutes = "eror"\n', "Did you mean `error`?"),
        ('[[policy.transitions]]\nfrom = "draft"\nto = "publshed"\n', "Did you mean `published`?"),
        ('[lint]\nnames = "role-only"\n', "Did you mean `roles-only`?"),
        ("[tool.coe.lint]\nignore = []\n", "[tool.coe.lint] is for pyproject.toml: write [lint] here."),
        ("# one\u2028line\n[lint]\nignore = []\nignore = 1\n", "It says `ignore = 1`: mend it, or see `coe schema config`."),
        ("[lint]\nignore = []\n  ignore = []\n", "It says `ignore = []`: mend it, or see `coe schema config`."),
    ],
)
def test_errors_say_what_was_most_likely_meant(tmp_path: Path, text: str, advice: str) -> None:
    (tmp_path / "coe.toml").write_text(text, "utf-8")
    with pytest.raises(CoeError) as caught:
        find(tmp_path)
    assert caught.value.help == advice


def test_a_required_field_that_no_coe_has_names_its_line_before_there_is_a_coe(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Notes\n")
    (tmp_path / "coe.toml").write_text(
        '[[policy.require]]\nstatus = "closed"\nfields = [\n  "summary",\n  "detction.method",\n]\n'
    )
    for words in (["check"], ["lint"], ["config", "show"]):
        run = coe(*words, cwd=tmp_path)
        assert run.returncode == 2, words
        assert (
            "coe.toml:5: policy.require: a COE has no field `detction.method`\n  help: Did you mean `detection`" in run.stderr
        )


@pytest.mark.parametrize("text", ["tool = 3\n", "[[tool]]\ncoe = 1\n", 'tool = "coe"\n'])
def test_a_pyproject_whose_tools_are_no_table_is_not_ours_to_judge(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    assert find(tmp_path).file is None


@pytest.mark.parametrize("word", ["\n::error::x", "\x1b[31mred", "\u202ereversed", "##[error]x"])
def test_no_word_of_the_settings_steers_a_terminal_or_a_ci_system(tmp_path: Path, word: str) -> None:
    (tmp_path / "a.md").write_text("# Notes\n")
    (tmp_path / "coe.toml").write_text(f"[lint]\nignore = [{json.dumps(word)}]\n", "utf-8")
    run = coe("check", cwd=tmp_path)
    assert run.returncode == 2
    assert "there is no rule or family" in run.stderr
    assert not any(mark in run.stderr for mark in ("\x1b", "\u202e", "##["))
    assert not any(line.lstrip().startswith("::") for line in run.stderr.splitlines())
