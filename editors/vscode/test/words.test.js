"use strict";

const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { commandOf, documents, flawOfReason } = require("../src/words");

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
