"""What a client may ask: each answer is one pure function, asked about the document as it is now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from coe.diagnostic import Edit
from coe.errors import CoeError
from coe.lsp.actions import actions, all_fixed, allow
from coe.lsp.complete import complete
from coe.lsp.hover import hover
from coe.lsp.lenses import lacking_text, lenses
from coe.lsp.names import Use, definition, thing_at, uses
from coe.lsp.outline import folds, outline
from coe.lsp.rename import renamable, rename
from coe.lsp.repository import World
from coe.lsp.ruler import Spot
from coe.lsp.session import View
from coe.lsp.wire import values
from coe.lsp.wire.server import Server
from coe.text import Span

_FIX_ALL = f"{lsp.CodeActionKind.SourceFixAll.value}.coe"
_REQUEST_FAILED = -32803


def server(folder: Path, world: World) -> Server:
    """Return a server that knows every feature."""
    made = Server(folder, world)
    for register in (_documents, _reading, _navigation, _writing, _commands):
        register(made)
    return made


def _failed(error: CoeError) -> JsonRpcException:
    """Return an error as the client shows it to the author."""
    return JsonRpcException(message=". ".join(part for part in (error.message, error.help) if part), code=_REQUEST_FAILED)


def _at(view: View, position: lsp.Position) -> int:
    return view.buffer.ruler.offset(values.spot(position))


def _documents(server: Server) -> None:
    """Register what tells of documents and files."""

    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        server.start(params)

    @server.feature(lsp.INITIALIZED)
    def initialized(_: lsp.InitializedParams) -> None:
        server.watch()

    @server.feature(lsp.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.was_told_to_end = True

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: lsp.DidOpenTextDocumentParams) -> None:
        one = params.text_document
        if server.session.open(one.uri, values.file_of(one.uri), one.text, version=one.version):
            server.soon(one.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: lsp.DidChangeTextDocumentParams) -> None:
        one = params.text_document
        if server.session.change(one.uri, values.changes(params.content_changes), one.version):
            server.soon(one.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: lsp.DidCloseTextDocumentParams) -> None:
        if server.session.close(params.text_document.uri):
            server.withdraw(params.text_document.uri)
            server.later()

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: lsp.DidSaveTextDocumentParams) -> None:
        _changed(server, params.text_document.uri, gone=False)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_files(params: lsp.DidChangeWatchedFilesParams) -> None:
        for one in params.changes:
            _changed(server, one.uri, gone=one.type == lsp.FileChangeType.Deleted)


def _changed(server: Server, uri: str, *, gone: bool) -> None:
    file = values.file_of(uri)
    if file and server.session.file_changed(file, gone=gone):
        server.later()


def _reading(server: Server) -> None:
    """Register what shows something of a document."""

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def on_hover(params: lsp.HoverParams) -> lsp.Hover | None:
        view = await server.ready(params.text_document.uri)
        card = hover(view.corpus, view.analysis, view.found, _at(view, params.position)) if view else None
        if view is None or card is None:
            return None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, card.text), values.range_of(view.buffer.ruler, card.span))

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS, lsp.CodeLensOptions())
    def on_lens(params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        view = server.session.view(params.text_document.uri)
        try:
            found = lenses(view.analysis, view.corpus.repository) if view else ()
        except CoeError as error:
            raise _failed(error) from error
        return [values.lens(view.buffer.ruler, one, view.buffer.uri) for one in found] if view else []

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def on_symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        view = server.session.view(params.text_document.uri)
        return [values.symbol(view.buffer.ruler, part) for part in outline(view.analysis)] if view else []

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def on_folding(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        view = server.session.view(params.text_document.uri)
        found = (values.fold(view.buffer.ruler, span) for span in folds(view.analysis)) if view else ()
        return [one for one in found if one]


def _navigation(server: Server) -> None:
    """Register what leads from a name to its places."""

    async def named(uri: str, position: lsp.Position) -> tuple[View, list[Use]] | None:
        view = await server.ready(uri)
        found = thing_at(view.corpus, view.analysis, _at(view, position)) if view else None
        return (view, list(uses(view.corpus, found[0]))) if view and found else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def on_definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        view = await server.ready(params.text_document.uri)
        found = thing_at(view.corpus, view.analysis, _at(view, params.position)) if view else None
        use = definition(view.corpus, found[0]) if view and found else None
        return values.Addresses(server.session, view.buffer).location(use) if view and use else None

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def on_references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        found = await named(params.text_document.uri, params.position)
        if found is None:
            return []
        addresses = values.Addresses(server.session, found[0].buffer)
        wanted = (use for use in found[1] if params.context.include_declaration or not use.defines)
        return [addresses.location(use) for use in wanted]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def on_highlight(params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight]:
        found = await named(params.text_document.uri, params.position)
        if found is None:
            return []
        view, places = found
        here = (use for use in places if use.analysis is view.analysis)
        return [lsp.DocumentHighlight(values.range_of(view.buffer.ruler, use.span)) for use in here]

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    async def on_prepare(params: lsp.PrepareRenameParams) -> lsp.Range | None:
        view = await server.ready(params.text_document.uri)
        span = renamable(view.corpus, view.analysis, _at(view, params.position)) if view else None
        return values.range_of(view.buffer.ruler, span) if view and span else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    async def on_rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        view = await server.ready(params.text_document.uri)
        if view is None:
            return None
        try:
            made = rename(view.corpus, view.analysis, _at(view, params.position), params.new_name)
        except CoeError as error:
            raise _failed(error) from error
        return values.renaming(made, values.Addresses(server.session, view.buffer), server.client_capabilities)


def _writing(server: Server) -> None:
    """Register what helps to write."""

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[" ", ":", "-", "[", "{", ","]))
    async def on_completion(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        view = await server.ready(params.text_document.uri)
        if view is None:
            return []
        found = complete(view.corpus, view.analysis, view.readable, _at(view, params.position))
        return [values.completion(view.buffer.ruler, one, place) for place, one in enumerate(found)]

    kinds = [lsp.CodeActionKind.QuickFix, _FIX_ALL]

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=kinds))
    def on_action(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        view = server.session.view(params.text_document.uri)
        if view is None:
            return []
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        made: list[lsp.CodeAction] = []
        if not only or lsp.CodeActionKind.QuickFix.value in only:
            made += _quick_fixes(server, view, view.buffer.ruler.span(values.stretch(params.range)))
        if any(_FIX_ALL.startswith(kind) for kind in only):
            made += _fix_all(server, view)
        return made


def _quick_fixes(server: Server, view: View, within: Span) -> list[lsp.CodeAction]:
    addresses = values.Addresses(server.session, view.buffer)
    return [
        values.action(
            one,
            view.buffer.ruler,
            values.workspace_edit([addresses.edits(view.analysis, one.edits)], server.client_capabilities),
            view.buffer.uri,
            prompts=server.prompts,
        )
        for one in actions(view.document, view.found, within)
    ]


def _fix_all(server: Server, view: View) -> list[lsp.CodeAction]:
    after = all_fixed(view.document, server.session.recheck(view))
    if after is None:
        return []
    edit = Edit(Span(0, len(view.document.text)), after)
    made = values.Addresses(server.session, view.buffer).edits(view.analysis, [edit])
    whole = values.workspace_edit([made], server.client_capabilities)
    return [lsp.CodeAction("Apply all safe fixes", _FIX_ALL, edit=whole)]


def _commands(server: Server) -> None:
    """Register what a client can have carried out."""

    @server.command(values.NEXT)
    def on_next(uri: str) -> str | None:
        view = server.session.view(uri)
        try:
            text = lacking_text(view.analysis, view.corpus.repository) if view else None
        except CoeError as error:
            raise _failed(error) from error
        if text:
            server.say(text)
        return text

    @server.command(values.ALLOW)
    async def on_allow(uri: str, rule: str, place: list[Any], reason: str) -> bool:
        view = server.session.view(uri)
        offset = view.buffer.ruler.offset(Spot(int(place[0]), int(place[1]))) if view else 0
        one = next((one for one in view.found if one.rule == rule and one.span.start == offset), None) if view else None
        try:
            edit = allow(view.document, one, reason) if view and one and reason.strip() else None
        except CoeError as error:
            raise _failed(error) from error
        if view is None or edit is None:
            return False
        made = values.Addresses(server.session, view.buffer).edits(view.analysis, [edit])
        whole = values.workspace_edit([made], server.client_capabilities)
        answer = await server.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(whole, "Allow with a reason"))
        return answer.applied
