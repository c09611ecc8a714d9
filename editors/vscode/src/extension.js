// The client of `coe lsp`: starts it, and asks authors for the reason of an allowance.
"use strict";

const vscode = require("vscode");
const { LanguageClient, RevealOutputChannelOn } = require("vscode-languageclient/node");
const { commandOf, documents, flawOfReason } = require("./words");

const INSTALL = 'Install it with: python -m pip install "coekit[lsp]", or name it in the setting coekit.command.';
let client;

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("coekit.restart", restart),
    vscode.commands.registerCommand("coe.allowWithReason", allowWithReason),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("coekit.command") && restart()),
  );
  await start();
}

async function start() {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  try {
    const server = commandOf(vscode.workspace.getConfiguration("coekit").get("command"), folder);
    const options = { cwd: folder };
    client = new LanguageClient("coekit", "coekit", { ...server, options }, {
      documentSelector: documents(),
      initializationOptions: { prompts: true },
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    });
    await client.start();
  } catch (error) {
    client = undefined;
    vscode.window.showErrorMessage(`The language server of coekit did not start: ${error.message}. ${INSTALL}`);
  }
}

async function restart() {
  await deactivate();
  await start();
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

async function deactivate() {
  const running = client;
  client = undefined;
  await running?.stop();
}

module.exports = { activate, deactivate };
