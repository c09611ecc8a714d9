/* What the explorer and the search box share: the index of all COEs, how words are found in it, and pieces of a page. */
"use strict";

(() => {
  if (window.coeFound) return;
  const root = new URL("../../", document.currentScript.src);
  const waiting = {};
  const NO_IMPACT = -1, GOING_ON = -2;

  /* A script and not a request for JSON: a page opened from a folder may load scripts and nothing else. */
  window.coeData = (name, value) => waiting[name].resolve(value);

  function load(name, path) {
    if (!waiting[name]) {
      const one = (waiting[name] = {});
      one.promise = new Promise((resolve, reject) => Object.assign(one, { resolve, reject }));
      const script = document.createElement("script");
      script.src = new URL(path, root);
      script.onerror = () => {
        delete waiting[name];
        one.reject(new Error(`cannot load ${path}`));
      };
      document.head.append(script);
    }
    return waiting[name].promise;
  }

  /* Letters as they are compared: small, without accents, and words apart by one space. */
  function fold(text) {
    const small = text.toLowerCase();
    if (!/[^\x00-\x7f]/.test(small)) return small.replace(/[^a-z0-9]+/g, " ");
    return small.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ł/g, "l").replace(/[^\p{L}\p{N}]+/gu, " ");
  }

  const words = (text) => [...new Set(fold(text).split(" ").filter(Boolean))];

  /* Scripts without spaces have no beginnings of words: there, a word is found anywhere. */
  const needle = (word) => (/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]/.test(word) ? word : ` ${word}`);

  function labels(data, key, row) {
    const facet = data.byKey[key];
    return facet.sets[facet.rows[row]].map((value) => facet.values[value][1]);
  }

  const values = (data, key, row) => {
    const facet = data.byKey[key];
    return facet.sets[facet.rows[row]].map((value) => facet.values[value][0]);
  };

  async function coes() {
    const data = await load("coes", "assets/coes.js");
    if (!data.byKey) {
      data.byKey = Object.create(null);
      for (const facet of data.facets) data.byKey[facet.key] = facet;
      data.rowOf = new Map(data.ids.map((id, row) => [id, row]));
      data.heads = data.ids.map((id, row) => ` ${fold([
        data.titles[row], ...labels(data, "service", row), ...values(data, "service", row), id, ...values(data, "tag", row),
        data.byKey.severity.values[data.byKey.severity.sets[data.byKey.severity.rows[row]][0]][0],
      ].join(" "))} `);
    }
    return data;
  }

  let folding;
  /* The longer texts, folded a few hundred at a time, so that the page answers meanwhile. */
  function texts() {
    folding ??= (async () => {
      const found = await load("texts", "assets/coes-text.js");
      found.folded = [];
      for (let row = 0; row < found.summaries.length; row++) {
        if (row % 400 === 399) await new Promise((resolve) => setTimeout(resolve));
        found.folded.push(` ${fold([found.summaries[row], ...found.causes[row], ...found.learnings[row].map(([, text]) => text)].join(" "))} `);
      }
      return found;
    })();
    folding.catch(() => (folding = undefined));
    return folding;
  }

  /* Says of a row whether it has all words; `known` are the texts, absent as long as they are on their way. */
  function matcher(data, known, query) {
    const needles = words(query).map(needle);
    return needles.length
      ? (row) => needles.every((one) => data.heads[row].includes(one) || (known !== undefined && known.folded[row].includes(one)))
      : null;
  }

  /* The same words for a length as on the pages. */
  function duration(seconds) {
    if (seconds === NO_IMPACT) return "no impact";
    if (seconds === GOING_ON) return "still going on";
    const d = Math.floor(seconds / 86400), h = Math.floor((seconds % 86400) / 3600), m = Math.floor((seconds % 3600) / 60), s = seconds % 60;
    if (d) return h ? `${d} d ${h} h` : `${d} d`;
    if (h) return m ? `${h} h ${String(m).padStart(2, "0")} min` : `${h} h`;
    if (m) return s && m < 10 ? `${m} min ${String(s).padStart(2, "0")} s` : `${m} min`;
    return `${s} s`;
  }

  /* An element from its name, classes, and what stands in it; text stays text. */
  function make(name, classes, ...inner) {
    const found = document.createElement(name);
    if (classes) found.className = classes;
    found.append(...inner.filter((one) => one !== null && one !== undefined && one !== ""));
    return found;
  }

  /* The same for words of an author, which have a direction of their own. */
  function told(...parts) {
    const found = make(...parts);
    found.dir = "auto";
    return found;
  }

  function severity(level) {
    const bars = make("span", "coe-sev__bars", ...Array.from({ length: 5 }, () => make("i")));
    bars.setAttribute("aria-hidden", "true");
    return make("span", `coe-sev coe-sev--${level.toLowerCase()}`, bars, level);
  }

  function time(day) {
    const found = make("time", "", day);
    found.dateTime = day;
    return found;
  }

  /* A text in pieces, with the beginnings of words that were asked for marked. */
  function marked(text, query) {
    const asked = words(query);
    const out = document.createDocumentFragment();
    let at = 0;
    for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      const folded = fold(match[0]).trim();
      if (!asked.some((word) => (needle(word) === word ? folded.includes(word) : folded.startsWith(word)))) continue;
      out.append(text.slice(at, match.index), make("mark", "", match[0]));
      at = match.index + match[0].length;
    }
    out.append(text.slice(at));
    return out;
  }

  /* The same of a long text, from a little before the first mark. */
  function around(text, query, room = 140) {
    const asked = words(query);
    const first = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].find((match) => asked.some((word) => fold(match[0]).trim().startsWith(word)))?.index ?? 0;
    if (first < room) return marked(text.slice(0, 400), query);
    const start = text.lastIndexOf(" ", first - room / 3) + 1;
    const out = marked(text.slice(start, start + 400), query);
    out.prepend("… ");
    return out;
  }

  const count = (amount, noun, plural = `${noun}s`) => `${amount.toLocaleString("en")} ${amount === 1 ? noun : plural}`;

  /* The address of a page of the site. In a folder there is no server that knows what stands in it. */
  function address(path) {
    const [page, part] = path.split("#");
    const file = location.protocol === "file:" && (page === "" || page.endsWith("/")) ? `${page}index.html` : page;
    return new URL(part ? `${file}#${part}` : file, root).href;
  }
  const href = (data, id) => address(data.address[0] + encodeURIComponent(id) + data.address[1]);
  const onKeys = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])") !== null;

  window.coeFound = { root, coes, texts, fold, words, matcher, labels, values, duration, make, told, severity, time, marked, around, count, address, href, onKeys };
})();
