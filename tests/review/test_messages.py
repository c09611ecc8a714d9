"""The mail and the Slack message: within the limits of those who show them, the same bytes each time, and nobody's markup."""

from __future__ import annotations

import email
import json
import re
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from typing import Any

import pytest

from coe.errors import CoeError
from coe.review import mail, slack
from coe.review.digest import Digest

NAMES = ("empty", "quiet", "year-end", "clock-change", "busy", "many", "examples")
PAYLOADS = (
    "<script>alert(1)</script>", '" style="x:expression(1)', "<!channel> <!here> <@U012> <https://evil.example|click>",
    "*bold* _it_ ~gone~ `code`", "& &amp; &lt;b&gt;", "Bcc: all@evil.example\r\nX: y", "right\u202eto left", "line\u2028break",
)  # fmt: skip


def link(kind: str, name: str) -> str | None:
    return f"https://coes.example.com/{kind}/{name}/?a=1&b=2"


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert isinstance(found, EmailMessage)
    content = found.get_content()
    assert isinstance(content, str)
    return content


class Elements(HTMLParser):
    """The elements of a page, with what they load or link to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.named: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.named |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.mark.parametrize("name", NAMES)
def test_the_mail_is_small_whole_and_the_same_each_time(name: str, case: Callable[[str], Digest]) -> None:
    made = case(name)
    data = mail.render(made, link=link, sender="Review <review@example.com>", to=("a@example.com", "Ops <b@example.com>"))
    assert len(data) < mail.MOST_BYTES
    assert data == mail.render(
        made, link=link, sender="Review <review@example.com>", to=("a@example.com", "Ops <b@example.com>")
    )
    assert all(len(line) <= 998 for line in data.split(b"\r\n")), "RFC 5322 allows no longer line"
    assert b"\n" not in data.replace(b"\r\n", b"")
    message = read(data)
    assert made.week.name in message["Subject"]
    assert message["To"] == "a@example.com, Ops <b@example.com>"
    assert part(message, "plain").startswith(f"# Weekly review {made.week.name}")
    elements = Elements(part(message, "html"))
    assert not {"img", "script", "link", "style", "form"} & set(elements.tags), "no image is needed, nothing is fetched"
    assert not [one for one in elements.named if one.startswith("on")]
    assert all(one.startswith("https://coes.example.com/") for one in elements.links)


def test_a_mail_of_many_says_how_many_more_there_are(case: Callable[[str], Digest]) -> None:
    made = case("many")
    shown = re.search(r"and (\d+) more", mail.html(made, limit=40))
    assert shown is not None
    assert int(shown[1]) == len(made.new) - 40


@pytest.mark.parametrize("sender", ["nobody", "a@", "@b", "a@b\r\nBcc: c@d", "a@b c"])
def test_a_sender_that_is_no_address_is_refused(sender: str, case: Callable[[str], Digest]) -> None:
    with pytest.raises(CoeError, match="is not a mail address"):
        mail.render(case("busy"), sender=sender)


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_the_message(name: str, case: Callable[[str], Digest]) -> None:
    made = case(name)
    text = slack.render(made, link=link)
    message = json.loads(text)
    assert text == slack.render(made, link=link)
    judge(message)
    assert made.week.name in message["blocks"][0]["text"]["text"]


def judge(message: dict[str, Any]) -> None:
    """The rules of the platform for a message of blocks. Source: its reference of blocks and of composition objects."""
    assert set(message) == {"text", "blocks", "unfurl_links", "unfurl_media"}
    assert 1 <= len(message["blocks"]) <= 50
    assert len(json.dumps(message["blocks"], ensure_ascii=False)) < 13_200
    for block in message["blocks"]:
        if block["type"] == "header":
            assert block["text"]["type"] == "plain_text"
            assert 1 <= len(block["text"]["text"]) <= 150
            continue
        texts = [block["text"]] if block["type"] == "section" else block["elements"]
        assert block["type"] in ("section", "context")
        assert 1 <= len(texts) <= 10
        for one in texts:
            assert one["type"] == "mrkdwn"
            assert 1 <= len(one["text"]) <= 3000
            written = re.sub(r"<https://coes\.example\.com/[^|<>\s]*\|[^<>|]*>", "", one["text"])
            assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", written), written


def test_a_message_that_is_too_long_is_cut_with_a_link(case: Callable[[str], Digest], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack, "MOST_MESSAGE", 2300)
    message = slack.message(case("busy"), link=link)
    assert "The rest is on <https://coes.example.com/minutes/" in message["blocks"][-1]["elements"][0]["text"]
    judge(message)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_authors_write_means_itself(payload: str, kit: Any) -> None:
    files = {
        **kit.coe("2026-07-14-pool", published="2026-07-22", title=f"Errors {payload}", summary=payload),
        **kit.coe("2026-06-14-old", action_items=[kit.item("A1", title=payload, due="2026-07-01")]),
        **kit.minutes("2026-W29", "2026-07-17", decisions=[{"id": "D1", "text": payload}]),
    }
    made = kit.case("2026-W30", files).digest()
    judge(slack.message(made, link=link))
    for block in slack.message(made)["blocks"]:
        for one in [block["text"]] if "text" in block else block["elements"]:
            assert "<" not in one["text"]
            assert not re.search(r"[\u202a-\u202e\u2028\u2029]", one["text"])
    message = read(mail.render(made))
    assert set(message.keys()) == {
        "Subject", "From", "Date", "Message-ID", "X-Unsent", "Auto-Submitted", "MIME-Version", "Content-Type",
    }  # fmt: skip
    elements = Elements(part(message, "html"))
    assert not {"script", "b>"} & set(elements.tags)
    assert elements.links == []
    assert elements.named <= {"style", "lang", "charset", "name", "content"}
