"""Sentences that blame, one for each rule: in the narrative, and in fields."""

from __future__ import annotations

from mutations.mutation import CONFIG, MINUTES, OLD, PROGRAM, TENET, Edit, Mutation, append, both, swap, write

ROLES_ONLY = append('[lint]\nnames = "roles-only"', CONFIG)


def answer(text: str) -> Edit:
    """Return the edit that answers a review question with a text."""
    return swap("answer: Load tests run with one tenant.", f"answer: {text}")


def statement(text: str) -> Edit:
    """Return the edit that states a cause with a text."""
    return swap("statement: No alarm watches the free connections of the pool.", f"statement: {text}")


def title(text: str) -> Edit:
    """Return the edit that names an action item with a text."""
    return swap("title: Add an alarm on less than 10 % free connections", f"title: {text}")


MUTATIONS = (
    Mutation("human-error", "human error", append("The cause was human error during the release.")),
    Mutation("human-error", "Human error", statement("Human error during a manual migration.")),
    Mutation("negligence", "forgot", append("The on-call engineer forgot to look at the pool.")),
    Mutation("negligence", "forgot", append("The engineer forgot to set a bound.", OLD)),
    Mutation("counterfactual", "should have checked", append("The engineer should have checked the pool.")),
    Mutation("counterfactual", "should have checked", answer("The engineer should have checked the pool.")),
    Mutation("hindsight", "Obviously", append("Obviously, the operator saw the prompt.")),
    Mutation("judgement", "careless", append("A careless change made it worse.")),
    Mutation("named-person", "caused by @dbadmin", append("It was caused by @dbadmin, who changed the weights.", MINUTES)),
    Mutation("personal-name", "Priya", both(ROLES_ONLY, append("Priya noticed the spike and rolled the release back."))),
    Mutation("person-as-cause", "accidentally dropped", append("At 14:00 the operator accidentally dropped the table.")),
    Mutation("weak-action", "Remind everybody to", title("Remind everybody to look at the free connections")),
    Mutation("weak-action", "be more careful", append("Engineers must be more careful with pools.", PROGRAM)),
    Mutation("knowledge-deficit", "did not know how", append("The developer did not know how to restart the proxy.")),
    Mutation("passive-lapse", "was overlooked", append("The failing backup job was overlooked.")),
    Mutation("absolutes", "Nobody checked", append("Nobody checked the backups for half a year.", TENET)),
    Mutation("punishment", "lost his access", append("The contractor was warned and lost his access rights.")),
    Mutation("team-blame", "let this slip", append("The search team let this slip through again.")),
    Mutation(
        "house-phrase",
        "war room",
        both(
            append('[[lint.phrase]]\npattern = "war room"\nmessage = "a term of war"', CONFIG), append("A war room was opened.")
        ),
    ),
    Mutation(
        "unread-language",
        "Die Pumpe",
        write("notes/handover.md", "Die Pumpe und der Motor waren nicht mehr da, auch nicht im Lager.\n"),
    ),
    Mutation("self-blame", "pushed to the wrong", append("My fault, I pushed to the wrong branch.")),
)
NOT_ALONE: dict[str, str] = {}
