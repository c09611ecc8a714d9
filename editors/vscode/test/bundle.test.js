// The bundle as the editor loads it, with the real server at the other end; the editor itself is played.
"use strict";

const assert = require("node:assert/strict");
const { existsSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");
const { test } = require("node:test");

const bundle = join(__dirname, "..", "dist", "extension.js");

test("the bundle holds all that it needs but the editor", { skip: existsSync(bundle) ? false : "run: npm run build" }, () => {
  const asked = new Set();
  const load = Module._load;
  Module._load = function (name, ...rest) {
    if (name === "vscode") {
      asked.add(name);
      return played();
    }
    assert.ok(Module.isBuiltin(name) || name.startsWith("/") || name === bundle, `${name} is not in the bundle`);
    return load.call(this, name, ...rest);
  };
  try {
    const extension = require(bundle);
    assert.equal(typeof extension.activate, "function");
    assert.equal(typeof extension.deactivate, "function");
  } finally {
    Module._load = load;
  }
  assert.deepEqual([...asked], ["vscode"]);
});

/** Return an object that has every class and every number that the client library derives from or reads while it loads. */
function played() {
  return new Proxy(class {}, {
    get: (target, name) => (name in target ? target[name] : typeof name === "symbol" ? undefined : played()),
  });
}
