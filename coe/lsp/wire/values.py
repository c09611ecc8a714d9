"""Our values → those of the protocol."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types as lsp
from pygls import uris

from coe.diagnostic import Diagnostic, Edit, Severity
from coe.lsp.actions import Action
from coe.lsp.buffer import Buffer, Change
from coe.lsp.complete import Choice
from coe.lsp.lenses import Lens
from coe.lsp.names import Use
from coe.lsp.outline import Part
from coe.lsp.rename import Renaming
from coe.lsp.repository import Problem
from coe.lsp.ruler import Ruler, Spot, Stretch
from coe.lsp.session import Session
from coe.model.validate import Analysis
from coe.text import Lines, Span

SOURCE = "coe"
NEXT, ALLOW, ASK = "coe.next", "coe.allow", "coe.allowWithReason"
"""What the server carries out, and what only a client can: ask for the reason."""
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_SYMBOLS = {"list": lsp.SymbolKind.Array, "item": lsp.SymbolKind.Object, "heading": lsp.SymbolKind.String}
_CHOICES = {
    "key": lsp.CompletionItemKind.Property,
    "word": lsp.CompletionItemKind.EnumMember,
    "id": lsp.CompletionItemKind.Reference,
    "rule": lsp.CompletionItemKind.Keyword,
    "file": lsp.CompletionItemKind.File,
}


def file_of(uri: str) -> Path | None:
    """Return the file that an address means, absent for what is no file."""
    path = uris.to_fs_path(uri) if uri.startswith("file:") else None
    try:
        return Path(path).resolve() if path else None
    except (OSError, ValueError, RuntimeError):  # no file can have that name, or it leads in a circle
        return None


def uri_of(file: Path) -> str:
    """Return the address of a file."""
    return uris.from_fs_path(str(file)) or file.as_uri()


def spot(position: lsp.Position) -> Spot:
    """Return a place of the protocol."""
    return Spot(position.line, position.character)


def stretch(given: lsp.Range) -> Stretch:
    """Return a range of the protocol."""
    return Stretch(spot(given.start), spot(given.end))


def range_of(ruler: Ruler, span: Span) -> lsp.Range:
    """Return a span as a range of the protocol."""
    start, end = ruler.stretch(span)
    return lsp.Range(lsp.Position(*start), lsp.Position(*end))


def changes(given: Iterable[lsp.TextDocumentContentChangeEvent]) -> list[Change]:
    """Return what was typed."""
    return [
        Change(one.text, stretch(one.range) if isinstance(one, lsp.TextDocumentContentChangePartial) else None) for one in given
    ]


def diagnostic(ruler: Ruler, one: Diagnostic) -> lsp.Diagnostic:
    """Return a finding."""
    return lsp.Diagnostic(
        range=range_of(ruler, one.span),
        message=f"{one.message}\n{one.help}" if one.help else one.message,
        severity=_SEVERITIES[one.severity],
        code=one.rule,
        code_description=lsp.CodeDescription(one.url) if one.url else None,
        source=SOURCE,
    )


def problem(one: Problem) -> lsp.Diagnostic:
    """Return what is wrong with a configuration; all of its line is marked."""
    place = lsp.Range(lsp.Position(one.line - 1, 0), lsp.Position(one.line, 0))
    return lsp.Diagnostic(range=place, message=one.message, severity=lsp.DiagnosticSeverity.Error, source=SOURCE)


def completion(ruler: Ruler, one: Choice, place: int) -> lsp.CompletionItem:
    """Return something that can be written."""
    return lsp.CompletionItem(
        label=one.label,
        kind=_CHOICES[one.kind],
        detail=one.detail or None,
        documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, one.about) if one.about else None,
        text_edit=lsp.TextEdit(range_of(ruler, one.span), one.text),
        filter_text=one.label,
        sort_text=f"{one.rank}{place:05}",
    )


def symbol(ruler: Ruler, part: Part) -> lsp.DocumentSymbol:
    """Return a part of a document with those in it."""
    inner = range_of(ruler, part.span)
    name = range_of(ruler, part.name)
    return lsp.DocumentSymbol(
        name=part.title or "-",
        kind=_SYMBOLS[part.kind],
        range=inner,
        selection_range=name,
        detail=part.detail or None,
        children=[symbol(ruler, one) for one in part.parts],
    )


def fold(ruler: Ruler, span: Span) -> lsp.FoldingRange | None:
    """Return what can be folded, absent when it stands in one line."""
    start, end = ruler.stretch(span)
    last = end.line - 1 if end.column == 0 else end.line
    return lsp.FoldingRange(start.line, last, kind=lsp.FoldingRangeKind.Region) if last > start.line else None


def lens(ruler: Ruler, one: Lens, uri: str) -> lsp.CodeLens:
    """Return a line above a place; one that asks leads to the list of what is missing."""
    command = lsp.Command(one.text, NEXT if one.asks else "", arguments=[uri] if one.asks else None)
    return lsp.CodeLens(range_of(ruler, one.span), command)


class Addresses:
    """Where documents are for the client: open ones at their own address, with the units of the client."""

    def __init__(self, session: Session, asked: Buffer) -> None:
        self._session, self._asked = session, asked

    def buffer(self, analysis: Analysis) -> Buffer | None:
        """Return the open document that an analysis is about; of two copies of one file the one that is asked about."""
        return self._session.opened(analysis, first=self._asked.uri)

    def uri(self, analysis: Analysis) -> str:
        """Return the address of a document."""
        held, file = self.buffer(analysis), analysis.document.source.file
        return held.uri if held else uri_of(file) if file else analysis.document.source.path

    def move(self, file: Path, new: Path) -> lsp.RenameFile:
        """Return the new name of a file, beside the address at which the client has it open: a link may lead there."""
        held = next((one for one in (self._asked, *self._session.buffers) if one.file == file), None)
        old = held.uri if held else uri_of(file)
        return lsp.RenameFile(old, old.rpartition("/")[0] + uri_of(new)[uri_of(new).rindex("/") :])

    def ruler(self, analysis: Analysis) -> Ruler:
        """Return the ruler of a document."""
        held = self.buffer(analysis)
        return held.ruler if held else Ruler(Lines(analysis.document.text), self._session.unit)

    def location(self, use: Use) -> lsp.Location:
        """Return where something is named."""
        return lsp.Location(self.uri(use.analysis), range_of(self.ruler(use.analysis), use.span))

    def edits(self, analysis: Analysis, edits: Iterable[Edit]) -> lsp.TextDocumentEdit:
        """Return the edits of one document, for the version of it that they were made for."""
        held = self.buffer(analysis)
        name = lsp.OptionalVersionedTextDocumentIdentifier(self.uri(analysis), held.version if held else None)
        ruler = self.ruler(analysis)
        return lsp.TextDocumentEdit(name, [lsp.TextEdit(range_of(ruler, edit.span), edit.text) for edit in edits])


def workspace_edit(
    made: Iterable[lsp.TextDocumentEdit], capabilities: lsp.ClientCapabilities, move: lsp.RenameFile | None = None
) -> lsp.WorkspaceEdit:
    """Return edits in the form that a client understands; a file is renamed where it can do that."""
    can = capabilities.workspace.workspace_edit if capabilities.workspace else None
    if can is None or not can.document_changes:
        return lsp.WorkspaceEdit(changes={one.text_document.uri: list(one.edits) for one in made})  # type: ignore[arg-type]
    steps: list[lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile] = list(made)
    if move and lsp.ResourceOperationKind.Rename in (can.resource_operations or ()):
        steps.append(move)
    return lsp.WorkspaceEdit(document_changes=steps)


def renaming(one: Renaming, addresses: Addresses, capabilities: lsp.ClientCapabilities) -> lsp.WorkspaceEdit:
    """Return the edits of a new id."""
    made = [addresses.edits(analysis, edits) for analysis, edits in one.edits]
    return workspace_edit(made, capabilities, addresses.move(*one.move) if one.move else None)


def action(one: Action, ruler: Ruler, edit: lsp.WorkspaceEdit, uri: str, *, prompts: bool) -> lsp.CodeAction:
    """Return something to do about a finding; a client that can ask for a reason is handed the question."""
    about = [diagnostic(ruler, one.about)]
    if one.asks and prompts:
        command = lsp.Command(one.title, ASK, arguments=[uri, one.about.rule, list(ruler.spot(one.about.span.start))])
        return lsp.CodeAction(one.title, lsp.CodeActionKind.QuickFix, about, command=command)
    return lsp.CodeAction(one.title, lsp.CodeActionKind.QuickFix, about, is_preferred=one.preferred or None, edit=edit)
