"""`[review]`: how the weekly review counts, when it meets, and what it looks at."""

import re
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from coe.table import Table

DayName = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[DayName, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SlotName = Literal[
    "wins", "decisions", "new", "spotlight", "queue", "actions", "causes", "tenets", "programs", "wheel", "discussion"
]

_MEETS = re.compile(rf"({'|'.join(DAYS)}) ([01]\d|2[0-3]):([0-5]\d)")
_NO_ADDRESS = re.compile(r"[\s<>\"\\^`|\x00-\x1f]")
_PLACEHOLDERS = re.compile(r"\{([^{}]*)\}")


def zone(name: str) -> str:
    """Return the name of a time zone.

    Errors: `ValueError` when there is none of that name.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"`{name}` is not an IANA time zone such as Europe/Berlin") from None
    return name


def _meets(text: str) -> str:
    if not _MEETS.fullmatch(text):
        raise ValueError(f"`{text}` is not a day and a time such as `thursday 16:00`")
    return text


def _remarks(text: str) -> str:
    wrong = [name for name in _PLACEHOLDERS.findall(text) if name not in ("week", "block")]
    if wrong or not text.startswith(("https://", "http://")) or _NO_ADDRESS.search(text):
        raise ValueError("write an address that begins with https://, in which {week} and {block} may stand")
    return text


class Slot(Table):
    """One part of the meeting."""

    slot: SlotName = Field(description="What it looks at.", examples=["spotlight"])
    minutes: int = Field(description="How long it may take.", ge=1, le=240, examples=[15])
    title: str = Field("", description="Its name on the screen, when not ours.", examples=["Deep dive"])


_MINUTES: dict[SlotName, int] = {
    "wins": 4, "decisions": 5, "new": 10, "spotlight": 15, "queue": 4, "actions": 7, "causes": 3, "tenets": 4,
    "programs": 3, "wheel": 5,
}  # fmt: skip
DEFAULT_AGENDA = tuple(Slot(slot=name, minutes=minutes) for name, minutes in _MINUTES.items())


class Review(Table):
    """The weekly review."""

    timezone: Annotated[str, AfterValidator(zone)] = Field(
        "UTC", description="Zone in which a week starts.", examples=["Europe/Berlin"]
    )
    week_starts: Literal["monday", "sunday"] = Field(
        "monday", alias="week-starts", description="First day of a week.", examples=["monday"]
    )
    cutoff: DayName | None = Field(
        None,
        description="Last day that a digest looks at; by default the last day of the week.",
        examples=["wednesday"],
    )
    meets: Annotated[str, AfterValidator(_meets)] | None = Field(
        None, description="Day and local time of the meeting, for the calendar.", examples=["thursday 16:00"]
    )
    meeting_minutes: int = Field(60, alias="meeting-minutes", ge=5, le=480, description="Length of the meeting.", examples=[60])
    agenda: list[Slot] = Field(
        default=list(DEFAULT_AGENDA),
        description="What the meeting looks at, in this order; together no longer than the meeting.",
        min_length=1,
        examples=[[{"slot": "spotlight", "minutes": 20}]],
    )
    wheel: Literal["services", "teams"] = Field(
        "services", description="Who is on the wheel: all services in use, or all teams, of the catalog.", examples=["teams"]
    )
    remarks_url: Annotated[str, AfterValidator(_remarks)] | None = Field(
        None,
        alias="remarks-url",
        description="Where one can remark on a review, as on the pull request of its minutes; {week}, {block} are filled in.",
        examples=["https://git.example.com/coes/pulls?q={week}"],
    )
    mail_from: str = Field(
        "", alias="mail-from", description="Sender of the mail.", examples=["Weekly review <review@example.com>"]
    )
    mail_to: list[str] = Field(
        default=[], alias="mail-to", description="Readers of the mail.", examples=[["Operations <operations@example.com>"]]
    )
    due_soon_days: int = Field(
        14, alias="due-soon-days", ge=1, le=365, description="Days in which an action item is due soon.", examples=[14]
    )
    publish_within_days: int = Field(
        14, alias="publish-within-days", ge=1, le=365, description="Days from the event to the published COE.", examples=[14]
    )
    recurrence_quiet_days: int = Field(
        90,
        alias="recurrence-quiet-days",
        ge=7,
        le=3650,
        description="Days without a recurrence, after the last action item is finished, that the meeting hears of as a win.",
        examples=[90],
    )
    tenet_candidate_coes: int = Field(
        3,
        alias="tenet-candidate-coes",
        ge=2,
        le=50,
        description="COEs that must share a tag before a tenet is proposed.",
        examples=[3],
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        total = sum(slot.minutes for slot in self.agenda)
        if total > self.meeting_minutes and "agenda" in self.model_fields_set:
            raise ValueError(
                f"the agenda takes {total} minutes, the meeting {self.meeting_minutes}: shorten a slot, or set meeting-minutes"
            )
        return self

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Return the agenda; ours, in the same proportions, is fitted to the length of the meeting.

        One that has fewer minutes than we have slots keeps the longest of them.
        """
        if "agenda" in self.model_fields_set or self.meeting_minutes == 60:
            return tuple(self.agenda)
        most = sorted(self.agenda, key=lambda slot: -slot.minutes)[: self.meeting_minutes]
        kept = [slot for slot in self.agenda if slot in most]
        scaled = [max(1, slot.minutes * self.meeting_minutes // 60) for slot in kept]
        longest = max(range(len(scaled)), key=scaled.__getitem__)
        scaled[longest] += self.meeting_minutes - sum(scaled)
        return tuple(slot.model_copy(update={"minutes": minutes}) for slot, minutes in zip(kept, scaled, strict=True))
