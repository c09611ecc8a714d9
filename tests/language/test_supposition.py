"""Suppositions: of a control, or of an act of people."""

from __future__ import annotations

import pytest

from coe.language.phrase import END
from coe.language.supposition import supposes_control
from coe.language.token import tokens
from coe.text import Span


def supposes(text: str) -> bool:
    return supposes_control((*(token.word for token in tokens(text, Span(0, len(text)))), END))


@pytest.mark.parametrize(
    "text",
    [
        "It could have been avoided if the alert had fired.",
        "It could have been avoided if we had better monitoring.",
        "Had we had a second region, it could have been avoided.",
        "With a canary stage, it could have been prevented.",
        "If the queue had been bounded, we could have drained it.",
    ],
)
def test_what_was_not_there_is_a_control(text: str) -> None:
    assert supposes(text)


@pytest.mark.parametrize(
    "text",
    [
        "It could have been avoided if the engineer had looked.",
        "It could have been avoided if we had shown more care.",
        "Had we looked at the graph, it could have been avoided.",
        "With a little more care, it could have been prevented.",
        "If the plan had been reviewed, it could have been prevented.",
        "It could have been prevented.",
    ],
)
def test_what_people_did_not_do_is_none(text: str) -> None:
    assert not supposes(text)
