// The client of `coe lsp`: starts it, and asks authors for the reason of an allowance.
"use strict";

const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const vscode = require("vscode");
const { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } = require("vscode-languageclient/node");
const { commandOf, documents, flawOfReason, isOlder, failureOf, OLDEST, UPDATE } = require("./words");

let client;
let work = Promise.resolve();

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("coekit.restart", restart),
    vscode.commands.registerCommand("coe.allowWithReason", allowWithReason),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("coekit.command") && restart()),
  );
  await inTurn(start);
}

/** Do one thing after the other: a setting that is changed while the server starts, starts it again when it is there. */
function inTurn(step) {
  work = work.then(step, step);
  return work;
}

/** The client, which leaves it to us to say why a server does not start: the library would say several times that it did not. */
class Client extends LanguageClient {
  begun = false;

  error(message, data, show = true) {
    super.error(message, data, this.begun && show);
  }
}

async function start() {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const told = { text: "" };
  let server;
  try {
    server = commandOf(vscode.workspace.getConfiguration("coekit").get("command"), folder);
    const made = new Client("coekit", "coekit", () => running(server, folder, told), optionsOf(() => made));
    client = made;
    await made.start();
    made.begun = true;
    const version = made.initializeResult?.serverInfo?.version;
    if (isOlder(version, OLDEST)) {
      vscode.window.showWarningMessage(`coekit ${version} is older than this extension, which needs ${OLDEST}. ${UPDATE}`);
    }
  } catch (error) {
    client = undefined;
    const isGone = folder !== undefined && !existsSync(folder);
    vscode.window.showErrorMessage(failureOf(server, error, told.text, isGone ? folder : undefined));
  }
}

/** Return what the client is to do; a server that ends before it has begun is not started again. */
function optionsOf(made) {
  let usual;
  const otherwise = () => (usual ??= made().createDefaultErrorHandler());
  return {
    documentSelector: documents(),
    initializationOptions: { prompts: true },
    initializationFailedHandler: () => false,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler: {
      error: (...given) => (made().begun ? otherwise().error(...given) : { action: ErrorAction.Continue, handled: true }),
      closed: () => (made().begun ? otherwise().closed() : { action: CloseAction.DoNotRestart, handled: true }),
    },
  };
}

/** Return the process of the server once it runs; what it says of itself is kept in mind for when it ends at once. */
function running({ command, args }, cwd, told) {
  return new Promise((resolve, reject) => {
    const server = spawn(command, args, { cwd });
    server.once("error", reject);
    server.once("spawn", () => resolve(server));
    server.stdin?.on("error", () => {}); // it ended before it was spoken to; the connection says so
    server.stderr?.on("data", (part) => (told.text = (told.text + part).slice(-4000)));
  });
}

function restart() {
  return inTurn(async () => {
    await stop();
    await start();
  });
}

async function allowWithReason(uri, rule, place) {
  const reason = await vscode.window.showInputBox({
    title: `Allow ${rule} here`,
    prompt: "Why is this right here?",
    validateInput: flawOfReason,
  });
  if (reason === undefined || client === undefined) {
    return;
  }
  const done = await client.sendRequest("workspace/executeCommand", {
    command: "coe.allow",
    arguments: [uri, rule, place, reason.trim()],
  });
  if (!done) {
    vscode.window.showWarningMessage(`${rule} is no longer reported there.`);
  }
}

async function stop() {
  const before = client;
  client = undefined;
  await before?.stop();
}

function deactivate() {
  return inTurn(stop);
}

module.exports = { activate, deactivate };
