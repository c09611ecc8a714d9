"""Broken exceptions."""

from __future__ import annotations

from mutations.mutation import Mutation, append, swap

REASON = "<!-- coe: allow absolutes: quoted from the message of a customer -->"
BARE = "<!-- coe: allow absolutes -->"
SLIP = "<!-- coe: allow negligense: quoted -->"
IDLE = "<!-- coe: allow negligence: quoted -->"
CALM = "\n\nThe pool is watched."

MUTATIONS = (
    # Without a reason it silences nothing, so what it stood for is heard again.
    Mutation("allowance-without-reason", BARE, swap(REASON, BARE), also=("absolutes",)),
    Mutation("unknown-allowance", SLIP, append(f"{SLIP}{CALM}")),
    Mutation("unused-allowance", REASON, swap("wrote: nobody checked the pool.", "wrote a message.")),
    Mutation("unused-allowance", IDLE, append(f"{IDLE}{CALM}")),
)
NOT_ALONE: dict[str, str] = {}
