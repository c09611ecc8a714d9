// What can be said without an editor: pure functions, so that Node alone tests them.
"use strict";

/** Return the command of the server as program and arguments, with the folder of the workspace filled in. */
function commandOf(words, folder) {
  if (!Array.isArray(words) || words.length === 0 || !words.every((word) => typeof word === "string" && word)) {
    throw new Error('coekit.command must be a list of words such as ["coe", "lsp"]');
  }
  const [program, ...rest] = words.map((word) => word.replaceAll("${workspaceFolder}", folder ?? "."));
  return { command: program, args: rest };
}

/** Return what is wrong with a reason for an allowance, or nothing; the server asks the same of it. */
function flawOfReason(text) {
  if (!text.trim()) {
    return "Say why this is right here; readers of the COE see it.";
  }
  return text.includes("--") || /[\r\n]/.test(text) ? "Write one line without --." : undefined;
}

/** Return the documents that the server is asked about. */
function documents() {
  return [
    { scheme: "file", language: "markdown" },
    { scheme: "untitled", language: "markdown" },
    { scheme: "file", language: "yaml", pattern: "**/catalog.yaml" },
    { scheme: "file", pattern: "**/coe.toml" },
  ];
}

module.exports = { commandOf, documents, flawOfReason };
