// What can be said without an editor: pure functions, so that Node alone tests them.
"use strict";

const INSTALL = 'Install it with: python -m pip install "coekit[lsp]", or name it in the setting coekit.command.';
const UPDATE = 'Update it with: python -m pip install --upgrade "coekit[lsp]", and then restart it: coekit: Restart the language server.';
const OLDEST = "0.1.0";

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

/** Return why the server did not start and what helps, from the error and from what the server wrote before it ended. */
function failureOf(server, error, written, gone) {
  const head = "The language server of coekit did not start";
  if (server === undefined) {
    return `${head}: ${error.message}.`;
  }
  if (gone !== undefined) {
    return `${head}: the folder ${gone} is gone. Open another one.`;
  }
  if (error.code === "ENOENT") {
    return `${head}: the command ${server.command} was not found. ${INSTALL}`;
  }
  if (error.code === "EACCES") {
    return `${head}: the command ${server.command} cannot be run. Check the setting coekit.command.`;
  }
  if (/no such command/i.test(written)) {
    return `${head}: ${server.command} is too old and has none. ${UPDATE}`;
  }
  const lines = written.split(/[\r\n]+/).map((line) => line.trim()).filter(Boolean);
  const first = lines.findIndex((line) => line.startsWith("error: "));
  const said = first < 0 ? lines.slice(-1) : lines.slice(first, first + 2);
  const words = said.map((line) => line.replace(/^(error|help): /, "").replace(/\.$/, ""));
  return words.length ? `${head}: ${words.join(". ")}.` : `${head}: ${error.message}. ${INSTALL}`;
}

/** Say whether a version is older than another; one that is not known is taken for new enough. */
function isOlder(version, needed) {
  if (!/^\d+\.\d+/.test(version ?? "")) {
    return false;
  }
  const [one, other] = [version, needed].map((text) => text.split(/[^\d]+/).slice(0, 3).map(Number));
  const place = [0, 1, 2].find((at) => (one[at] ?? 0) !== (other[at] ?? 0));
  return place !== undefined && (one[place] ?? 0) < (other[place] ?? 0);
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

module.exports = { commandOf, documents, failureOf, flawOfReason, isOlder, OLDEST, UPDATE };
