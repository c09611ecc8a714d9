"""What crashed while documents were checked: left out, kept in mind, and told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from coe.errors import ISSUES, CoeError
from coe.judge import Crash
from coe.lsp.findings import Rules, sorted_rules
from coe.rule import Rule

_Made = TypeVar("_Made")


class Bugs:
    """The bugs that a server has met, by the name of the rule."""

    def __init__(self) -> None:
        self._told: dict[str, str] = {}

    def guarded(self, work: Callable[[Rules, list[Crash]], _Made], rules: Rules, *, otherwise: _Made) -> _Made:
        """Return what work makes of the rules; what crashes is left out and kept in mind as a bug."""
        crashes: list[Crash] = []
        try:
            made = work(rules, crashes)
        except CoeError as error:
            self._told.setdefault(error.message, error.message + (f"\n{error.help}" if error.help else ""))
        except Exception as error:  # noqa: BLE001 (the server lives on)
            self._told.setdefault(type(error).__name__, f"the check crashed: {error!r}\nThis is a bug: report it, {ISSUES}.")
        else:
            self.note(crashes)
            return made
        kept = Rules(
            *(tuple(rule for rule in part if _works(work, rule)) for part in (rules.own, rules.prose, rules.shared, ()))
        )
        try:
            return work(kept, crashes)
        except Exception:  # noqa: BLE001 (as above)
            return otherwise

    def note(self, crashes: Iterable[Crash]) -> None:
        """Keep in mind which rules crashed: each is told once, for it would crash again at each keystroke."""
        for one in crashes:
            where = f" in {one.path}" if one.path else ""
            said = f"the rule `{one.rule}` crashed{where}: {one.words}. The other rules go on."
            self._told.setdefault(one.rule, f"{said}\nThis is a bug: report it with the document, {ISSUES}.")

    def take(self) -> tuple[str, ...]:
        """Return what crashed, once."""
        said = tuple(text for text in self._told.values() if text)
        self._told = dict.fromkeys(self._told, "")
        return said


def _works(work: Callable[[Rules, list[Crash]], object], rule: Rule) -> bool:
    """Say whether a rule runs to its end."""
    try:
        work(sorted_rules((rule,)), [])
    except Exception:  # noqa: BLE001 (a bug of that rule)
        return False
    return True
