"""The language server: pure functions from a corpus, a document and a place to what an editor shows.

Only `coe.lsp.wire` speaks the protocol and keeps time; `session` holds what is open.
"""
