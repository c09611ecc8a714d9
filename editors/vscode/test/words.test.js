"use strict";

const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { commandOf, documents, failureOf, flawOfReason, isOlder, OLDEST } = require("../src/words");

const manifest = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf-8"));

test("the default command starts the server", () => {
  const words = manifest.contributes.configuration.properties["coekit.command"].default;
  assert.deepEqual(commandOf(words, "/repository"), { command: "coe", args: ["lsp"] });
});

test("the folder of the workspace is filled in", () => {
  const words = ["${workspaceFolder}/.venv/bin/coe", "lsp", "--stdio"];
  assert.deepEqual(commandOf(words, "/repository"), { command: "/repository/.venv/bin/coe", args: ["lsp", "--stdio"] });
  assert.equal(commandOf(words, undefined).command, "./.venv/bin/coe");
});

test("a command that is none is refused", () => {
  for (const words of [undefined, "coe lsp", [], ["coe", 1], [""]]) {
    assert.throws(() => commandOf(words, "/repository"), /coekit.command/);
  }
});

test("a reason is one line of words", () => {
  assert.equal(flawOfReason("it quotes the log"), undefined);
  for (const text of ["", "  ", "a --> b", "a\nb"]) {
    assert.equal(typeof flawOfReason(text), "string");
  }
});

test("every setting that is read is declared, and untitled documents are asked about", () => {
  const source = readFileSync(join(__dirname, "..", "src", "extension.js"), "utf-8");
  for (const [, name] of source.matchAll(/getConfiguration\("coekit"\)\.get\("(\w+)"\)/g)) {
    assert.ok(`coekit.${name}` in manifest.contributes.configuration.properties);
  }
  assert.ok(documents().some((one) => one.scheme === "untitled"));
});

const SERVER = { command: "coe", args: ["lsp"] };
const CASES = [
  ["a setting that is none", undefined, new Error("coekit.command must be a list"), "", /coekit\.command must be a list\.$/],
  ["not found", SERVER, Object.assign(new Error("spawn coe ENOENT"), { code: "ENOENT" }), "", /the command coe was not found\. Install it with: /],
  ["not allowed", SERVER, Object.assign(new Error("spawn coe EACCES"), { code: "EACCES" }), "", /coe cannot be run/],
  ["too old", SERVER, new Error("closed"), "Usage: coe [OPTIONS]\n│ No such command 'lsp'. │\n", /coe is too old and has none\. Update it with: /],
  [
    "without the extra", SERVER, new Error("closed"),
    'error: the language server is not installed\n  help: Run: python -m pip install "coekit[lsp]"\n',
    /start: the language server is not installed\. Run: python -m pip install "coekit\[lsp\]"\.$/,
  ],
  ["another program", SERVER, new Error("closed"), "Traceback\nValueError: no", /start: ValueError: no\.$/],
  ["silent", SERVER, new Error("it ended"), "", /it ended\. Install it with/],
];

for (const [name, server, error, written, due] of CASES) {
  test(`why it did not start: ${name}`, () => assert.match(failureOf(server, error, written), due));
}

test("why it did not start: the folder is gone", () => {
  const error = Object.assign(new Error("spawn coe ENOENT"), { code: "ENOENT" });
  assert.match(failureOf(SERVER, error, "", "/repository"), /the folder \/repository is gone/);
});

test("versions are compared by number, and what is no version is left alone", () => {
  assert.ok(isOlder("0.0.9", "0.1.0") && isOlder("0.9.0", "0.10.0") && isOlder("0.1", "0.1.1"));
  assert.ok(!isOlder("0.1.0", "0.1.0") && !isOlder("1.0.0", "0.9.9") && !isOlder("0.1.0.dev1", "0.1.0"));
  assert.ok(!isOlder(undefined, "0.1.0") && !isOlder("unknown", "0.1.0"));
  assert.ok(!isOlder(manifest.version, OLDEST));
});
