"""The parser of narratives, words and links included; to find the blocks alone, see `coe.parse.markdown`."""

from __future__ import annotations

from markdown_it import MarkdownIt

from coe.parse.addresses import is_allowed


class Narrative(MarkdownIt):
    """The Markdown of narratives: CommonMark without HTML, with tables, and with links to allowed places only."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": 40})
        self.enable(["table", "strikethrough"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the name is the library's)
        """Say whether an address may become a link."""
        return is_allowed(url)
