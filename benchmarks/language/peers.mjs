// Reads {"folder", "texts"} from standard input, writes for each peer that is installed there its version and how many
// findings it has in each text: of all kinds, and of the kinds that are about judging or weakening words.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { folder, texts } = JSON.parse(readFileSync(0, "utf-8"));
const modules = join(folder, "node_modules");
const about = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf-8"));
const version = (name) => about(name).version;
const load = (name) => {
  const { exports, main } = about(name);
  const file = typeof exports === "string" ? exports : (exports?.["."] ?? main ?? "index.js");
  return import(pathToFileURL(join(modules, name, file)));
};
const peers = {
  alex: async () => {
    const { text } = await load("alex");
    const found = texts.map((one) => text(one).messages);
    return [found.map((some) => some.length), found.map((some) => some.filter((m) => m.source === "retext-profanities").length)];
  },
  "retext-equality": async () => {
    const { retext } = await load("retext");
    const { default: equality } = await load("retext-equality");
    const processor = retext().use(equality);
    return [texts.map((one) => processor.processSync(one).messages.length), null];
  },
  "write-good": async () => {
    const writeGood = createRequire(join(modules, "x.js"))("write-good");
    const off = { illusion: false, so: false, thereIs: false, tooWordy: false, cliches: false };
    return [texts.map((one) => writeGood(one).length), texts.map((one) => writeGood(one, off).length)];
  },
};
const out = {};
for (const [name, run] of Object.entries(peers)) {
  try {
    const [any, relevant] = await run();
    out[name] = { version: version(name), any, relevant };
  } catch (error) {
    out[name] = { error: String(error.code ?? error.message).split("\n")[0] };
  }
}
process.stdout.write(JSON.stringify(out));
