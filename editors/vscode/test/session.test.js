// The bundle in a played editor, with the real server at the other end: `COE` names the command, such as `.venv/bin/coe`.
"use strict";

const assert = require("node:assert/strict");
const { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { test } = require("node:test");
const { pathToFileURL } = require("node:url");

const bundle = join(__dirname, "..", "dist", "extension.js");
const missing = !existsSync(bundle) ? "run: npm run build" : !process.env.COE ? "set COE to the command coe" : false;
const TEXT = "---\nid: 2026-07-14-checkout\nseverity: high\n---\n\nThe engineer forgot it.\n";
const WHOLE = TEXT.replace(
  "severity: high", "title: Checkout errors in Europe\nkind: near_miss\nstatus: draft\nseverity: SEV2\nowner_team: payments",
);
const FIELDS = {
  Position: ["line", "character"],
  Range: ["start", "end"],
  Diagnostic: ["range", "message", "severity"],
  TextEdit: ["range", "newText"],
  Location: ["uri", "range"],
};

test("a document that is opened is checked, and a finding allowed with the reason that was given", { skip: missing }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "coe-"));
  mkdirSync(join(folder, "coes"));
  writeFileSync(join(folder, "coe.toml"), "");
  const file = join(folder, "coes", "2026-07-14-checkout.md");
  writeFileSync(file, TEXT);
  const editor = played(folder, file);
  const extension = loaded(editor.api);
  const context = { subscriptions: [] };
  try {
    await extension.activate(context);
    assert.deepEqual(editor.errors, []);
    const found = await editor.found;
    const names = new Set(found.map((one) => one.code.value ?? one.code));
    assert.ok(names.has("negligence") && names.has("wrong-value"), [...names].join(" "));
    await editor.commands.get("coe.allowWithReason")(pathToFileURL(file).href, "negligence", [5, 13]);
    assert.match(JSON.stringify(editor.edits), /coe: allow negligence: as said in the call/);
    await editor.commands.get("coekit.restart")();
    assert.deepEqual(editor.errors, []);
  } finally {
    await extension.deactivate();
    rmSync(folder, { recursive: true });
  }
});

test("a setting that is changed by hand counts, and so does a folder that is deleted", { skip: missing, timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "coe-"));
  const file = join(folder, "coes", "2026-07-14-checkout.md");
  const other = join(folder, "coes", "2025", "2026-07-14-checkout.md");
  mkdirSync(join(folder, "coes", "2025"), { recursive: true });
  writeFileSync(join(folder, "coe.toml"), "");
  for (const one of [file, other]) {
    writeFileSync(one, WHOLE);
  }
  const editor = played(folder, file, undefined, WHOLE);
  const extension = loaded(editor.api);
  try {
    await extension.activate({ subscriptions: [] });
    await editor.until((names) => names.has("negligence") && names.has("duplicate-document-id"));
    writeFileSync(join(folder, "coe.toml"), '[lint]\nignore = ["negligence"]\n');
    editor.tell("**/coe.toml", "change", join(folder, "coe.toml"));
    await editor.until((names) => !names.has("negligence") && names.has("duplicate-document-id"));
    rmSync(join(folder, "coes", "2025"), { recursive: true });
    editor.tell("**/*", "delete", join(folder, "coes", "2025"));
    await editor.until((names) => !names.has("duplicate-document-id"));
  } finally {
    await extension.deactivate();
    rmSync(folder, { recursive: true });
  }
});

const FAILING = [
  ["is not there", ["no-such-coe"], /the command no-such-coe was not found\. Install it with: python -m pip install "coekit\[lsp\]"/],
  ["is too old", [process.env.COE, "no-such-command"], /is too old and has none\. Update it with: /],
  ["ends at once", [process.execPath, "-e", "console.error('error: no\\n  help: Do.'); process.exit(2)"], /start: no\. Do\.$/],
];

for (const [what, command, due] of FAILING) {
  test(`a command that ${what} is told once, with what helps`, { skip: missing }, async () => {
    const editor = played(tmpdir(), undefined, command);
    const extension = loaded(editor.api);
    await extension.activate({ subscriptions: [] });
    assert.equal(editor.errors.length, 1, editor.errors.join("\n"));
    assert.match(editor.errors[0], due);
    await editor.commands.get("coekit.restart")();
    assert.equal(editor.errors.length, 2, editor.errors.join("\n"));
    await extension.deactivate();
  });
}

const OLD = `
let held = "";
process.stdin.on("data", (part) => {
  held += part;
  for (let match; (match = /^Content-Length: (\\d+)\\r\\n\\r\\n/.exec(held)) && held.length >= match[0].length + +match[1];) {
    const { id, method } = JSON.parse(held.slice(match[0].length, match[0].length + +match[1]));
    held = held.slice(match[0].length + +match[1]);
    const result = method === "initialize" ? { capabilities: {}, serverInfo: { name: "coe", version: "0.0.9" } } : null;
    const body = JSON.stringify({ jsonrpc: "2.0", id, result });
    if (id !== undefined) process.stdout.write("Content-Length: " + body.length + "\\r\\n\\r\\n" + body);
    if (method === "exit") process.exit(0);
  }
});
`;

test("a server that is older than the extension is told of, and used", { skip: missing }, async () => {
  const editor = played(tmpdir(), undefined, [process.execPath, "-e", OLD]);
  const extension = loaded(editor.api);
  await extension.activate({ subscriptions: [] });
  await extension.deactivate();
  assert.equal(editor.errors.length, 1, editor.errors.join("\n"));
  assert.match(editor.errors[0], /^coekit 0\.0\.9 is older than this extension, which needs 0\.1\.0\. Update it with: /);
});

test("a folder that is gone is told", { skip: missing }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "coe-"));
  rmSync(folder, { recursive: true });
  const editor = played(folder);
  await loaded(editor.api).activate({ subscriptions: [] });
  assert.deepEqual(editor.errors, [`The language server of coekit did not start: the folder ${folder} is gone. Open another one.`]);
});

/** Return the extension, loaded anew with an editor. */
function loaded(editor) {
  const load = Module._load;
  Module._load = (name, ...rest) => (name === "vscode" ? editor : load.call(Module, name, ...rest));
  try {
    delete require.cache[bundle];
    return require(bundle);
  } finally {
    Module._load = load;
  }
}

/** Return an editor that has one document open, says nothing, and takes down what it is told. */
function played(folder, file, command = [process.env.COE, "lsp"], text = TEXT) {
  const commands = new Map();
  const errors = [];
  const edits = [];
  const watchers = [];
  let names = new Set();
  let waiting = () => {};
  let tell;
  const found = new Promise((done) => (tell = done));
  const until = (isSo) => new Promise((done) => (waiting = () => isSo(names) && done()));
  const gone = { dispose() {} };
  const uri = (path) => ({ scheme: "file", fsPath: path, path, toString: () => pathToFileURL(path).href, with: () => uri(path) });
  const document = file && {
    uri: uri(file), fileName: file, languageId: "markdown", version: 1, isClosed: false, isDirty: false, getText: () => text,
  };
  const known = {
    Uri: { parse: (text) => uri(new URL(text).pathname), file: uri },
    version: "1.91.0",
    env: { appName: "played", language: "en" },
    commands: { registerCommand: (name, run) => (commands.set(name, run), gone), executeCommand: async () => {} },
    window: {
      showErrorMessage: async (text) => void errors.push(text),
      showWarningMessage: async (text) => void errors.push(text),
      showInputBox: async () => "as said in the call",
      createOutputChannel: () => filled({ dispose() {} }),
      visibleTextEditors: [],
      tabGroups: { all: [], onDidChangeTabs: () => gone },
    },
    workspace: {
      workspaceFolders: [{ uri: uri(folder), name: "played", index: 0 }],
      textDocuments: document ? [document] : [],
      notebookDocuments: [],
      getConfiguration: () => ({ get: (name, otherwise) => (name === "command" ? command : otherwise), inspect: () => undefined }),
      getWorkspaceFolder: () => undefined,
      createFileSystemWatcher: (glob, ...ignored) => {
        const kinds = ["create", "change", "delete"].filter((_, at) => !ignored[at]);
        const watcher = { glob: glob.pattern ?? glob, kinds, heard: {}, dispose() {} };
        for (const kind of ["create", "change", "delete"]) {
          watcher[`onDid${kind[0].toUpperCase()}${kind.slice(1)}`] = (hear) => ((watcher.heard[kind] = hear), gone);
        }
        watchers.push(watcher);
        return watcher;
      },
      applyEdit: async (edit) => (edits.push(edit.held), true),
    },
    languages: {
      match: (selector) => (JSON.stringify(selector).includes("markdown") ? 10 : 0),
      createDiagnosticCollection: () => ({
        set: (_, list) => {
          names = new Set((list ?? []).map((one) => one.code?.value ?? one.code));
          waiting();
          return list?.length && tell(list);
        },
        delete() {}, clear() {}, has: () => false, dispose() {}, forEach() {},
      }),
    },
    WorkspaceEdit: class {
      held = [];
      set(target, list) {
        this.held.push(String(target), list);
      }
    },
    EventEmitter: class {
      event = () => gone;
      fire() {}
      dispose() {}
    },
    CancellationTokenSource: class {
      token = { isCancellationRequested: false, onCancellationRequested: () => gone };
      cancel() {}
      dispose() {}
    },
    Disposable: class {
      dispose() {}
      static from = () => gone;
    },
    ...Object.fromEntries(Object.keys(FIELDS).map((name) => [name, holder(name)])),
  };
  const say = (glob, kind, path) => {
    const [watcher] = watchers.filter((one) => one.glob === glob && one.kinds.includes(kind));
    assert.ok(watcher?.heard[kind], `${glob} is not watched: ${JSON.stringify(watchers)}`);
    watcher.heard[kind](uri(path));
  };
  const asked = (isSo) => {
    const answer = until(isSo);
    waiting();
    return answer;
  };
  return { api: filled(known), commands, errors, edits, found, tell: say, until: asked };
}

/** Return a class whose values hold what they were made of, by its usual names. */
function holder(name) {
  return class {
    constructor(...given) {
      FIELDS[name].forEach((field, at) => (this[field] = given[at]));
    }
  };
}

/** Return an object with everything else that is asked of it: classes that can be derived from, and calls that come to nothing. */
function filled(known) {
  return new Proxy(known, {
    get(target, name) {
      if (name in target) {
        const held = target[name];
        return held && typeof held === "object" && !Array.isArray(held) ? filled(held) : held;
      }
      return typeof name === "symbol" || name === "then" ? undefined : anything();
    },
  });
}

function anything() {
  class Nothing {
    dispose() {}
  }
  return new Proxy(Nothing, {
    get: (target, name) => (name in target ? target[name] : typeof name === "symbol" || name === "then" ? undefined : anything()),
    apply: () => filled({ dispose() {} }),
  });
}
