"""Words of the configuration that stand for something: rules, families, patterns of phrases and fields of a COE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.config import Repository


def require_known_words(repository: Repository) -> None:
    """Go on when every word of the configuration that stands for rules or fields is known, and every pattern can be read.

    Errors: `CoeError` with the line of the first that is not.
    """
    from coe.config import lines
    from coe.diagnostic import dotted
    from coe.levels import configured_words
    from coe.toml_places import line_of

    words, phrases = dict(configured_words(repository.config)), repository.config.lint.phrase
    found = lines(repository) if words or phrases else {}
    for word, keys in words.items():
        require_known((word,), f"{repository.file}:{line_of(found, keys)}")
    for index, phrase in enumerate(phrases):
        keys = ("lint", "phrase", index, "pattern")
        _readable(phrase.pattern, f"{repository.file}:{line_of(found, keys)}: {dotted(keys)}")

    _require_known_fields(repository)


def _require_known_fields(repository: Repository) -> None:
    """Go on when a COE can have every field that the policy requires; those of our own defaults are known to be there."""
    policy = repository.config.policy
    if "require" not in policy.model_fields_set:
        return
    from coe.config import lines
    from coe.model.gate import steps
    from coe.toml_places import line_of

    found = lines(repository)
    for index, table in enumerate(policy.require):
        for at, field in enumerate(table.fields):
            try:
                steps(field)
            except CoeError as error:
                line = line_of(found, ("policy", "require", index, "fields", at))
                raise CoeError(f"{repository.file}:{line}: {error.message}", error.help) from None


def _readable(pattern: str, where: str) -> None:
    from coe.language.pattern import PatternError, variants
    from coe.report.terminal import one_line

    try:
        variants(pattern)
    except PatternError as error:
        raise CoeError(f"{where}: `{one_line(pattern)}`: {one_line(str(error))}", error.help) from error


def require_known(words: tuple[str, ...], where: str) -> None:
    """Go on when some words name rules or families; `where` says what holds them.

    Errors: `CoeError` with the nearest name.
    """
    from coe.rule import chosen

    try:
        chosen(words)
    except ValueError as error:
        word, guess = error.args
        help_text = f"Did you mean `{guess}`?" if guess else "`coe rules` lists them."
        raise CoeError(f"{where}: there is no rule or family `{word}`", help_text) from error
