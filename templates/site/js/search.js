/* The search box: a button in the header and a dialog, the same under every engine. What stands in the index of all COEs
   is found at once; the full text is asked 150 ms after the last key, and only then loaded. */
"use strict";

(() => {
  const found = window.coeFound;
  const header = document.querySelector(".md-header__inner");
  if (!found || !header || window.coeSearch) return;

  const { make, told, count } = found;
  const WAIT = 150, MOST = 8, FULL = 6, PARTS = 3;
  const GROUPS = [["coe", "COEs"], ["text", "In the text of COEs"], ["tenet", "Tenets"], ["program", "Programs"], ["learning", "Learnings"], ["service", "Services"], ["page", "Pages"]];
  const isFile = location.protocol === "file:";
  let dialog, box, list, status, note, chips, data, texts, engine, filters = new Map(), options = [], active = -1, turn = 0, amount = 0, timer, pending;

  /* ---- first layer: what the index knows ---- */

  function score(row, asked) {
    const title = ` ${found.fold(data.titles[row])}`;
    return asked.reduce((sum, word) => sum + (title.includes(` ${word} `) ? 6 : title.includes(` ${word}`) ? 5 : data.heads[row].includes(` ${word}`) ? 3 : 1), 0);
  }

  function passes(row) {
    return [...filters].every(([key, values]) => found.values(data, key, row).some((value) => values.has(value)));
  }

  let last = {};
  /* What the index knows; asked again for the same words, the same answer. */
  function known(query) {
    if (last.query !== query || last.texts !== texts || last.filters !== filters) last = { query, texts, filters, items: look(query) };
    return last.items.map((item) => ({ ...item }));
  }

  function look(query) {
    const asked = found.words(query);
    const matches = found.matcher(data, texts, query);
    const out = [];
    amount = 0;
    if (!matches) return out;
    const rows = [];
    for (let row = 0; row < data.ids.length; row++) if (matches(row) && passes(row)) rows.push([row, score(row, asked)]);
    rows.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    amount = rows.length;
    for (const [row] of rows.slice(0, MOST)) out.push(coe(row, why(row, asked)));
    if (!filters.size) {
      for (const [kind, path, title, text] of data.places) {
        const folded = ` ${found.fold(`${title} ${text}`)}`;
        if (asked.every((word) => folded.includes(` ${word}`))) out.push({ group: kind, url: found.address(path), title, text });
      }
    }
    if (texts) {
      let learnings = 0;
      for (let row = 0; row < data.ids.length && learnings < MOST; row++) {
        if (!texts.learnings[row].length || !asked.some((word) => texts.folded[row].includes(` ${word}`)) || !passes(row)) continue;
        for (const [name, text] of texts.learnings[row]) {
          const folded = ` ${found.fold(text)}`;
          if (!asked.every((word) => folded.includes(` ${word}`))) continue;
          learnings++;
          out.push({ group: "learning", url: `${found.href(data, data.ids[row])}#learning-${encodeURIComponent(name)}`, title: text, text: data.titles[row] });
        }
      }
    }
    return out;
  }

  const coe = (row, text = "") => ({ group: "coe", row, url: found.href(data, data.ids[row]), title: data.titles[row], text, parts: [] });

  function why(row, asked) {
    if (!texts) return "";
    const all = [texts.summaries[row], ...texts.causes[row], ...texts.learnings[row].map(([, text]) => text)];
    return all.find((text) => asked.some((word) => ` ${found.fold(text)}`.includes(` ${word}`))) ?? "";
  }

  /* ---- second layer: the full text ---- */

  async function loadPagefind() {
    const base = new URL("pagefind/", found.root).href;
    const pagefind = await import(`${base}coe.js`);
    if (!pagefind.shards) return async () => ({ amount: 0, hits: [] });
    await pagefind.options({ baseUrl: found.root.pathname, excerptLength: 24 });
    await pagefind.init();
    /* Many pages are in several bundles, which are asked together. */
    await Promise.all(Array.from({ length: pagefind.shards - 1 }, (_, at) => pagefind.mergeIndex(`${base}${at + 1}/`, { baseUrl: found.root.pathname })));
    return async (query) => {
      const wanted = filters.size ? { section: "coe", ...Object.fromEntries([...filters].map(([key, values]) => [key, { any: [...values] }])) } : {};
      const { results } = await pagefind.search(query, { filters: wanted });
      const hits = await Promise.all(results.slice(0, FULL).map((one) => one.data()));
      return { amount: results.length, hits: hits.map((hit) => {
        const [first, ...rest] = [...hit.sub_results].sort((a, b) => b.weighted_locations.length - a.weighted_locations.length);
        const parts = [first, ...rest].filter((part) => part?.url.includes("#")).slice(0, PARTS);
        return { path: within(hit.url), title: hit.meta.title ?? hit.url, excerpt: pieces(hit.excerpt),
          parts: parts.map((part) => ({ path: within(part.url), title: part.title, excerpt: pieces(part.excerpt) })) };
      }) };
    };
  }

  /* The path below the root of the site of an address that the index gives. */
  const within = (url) => new URL(url, location.href).href.slice(found.root.href.length);

  /* An excerpt comes as HTML in which the hits are marked: it is taken apart as text, and never read as HTML. */
  const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&#x27;": "'" };
  const plain = (text) => text.replace(/&(?:lt|gt|amp|quot|#39|#x27);/g, (name) => ENTITIES[name]);
  const pieces = (html) => html.split(/(<mark>.*?<\/mark>)/s).filter(Boolean).map((part) => {
    const mark = /^<mark>(.*)<\/mark>$/s.exec(part);
    return mark ? { text: plain(mark[1]), mark: true } : { text: plain(part), mark: false };
  });

  /* All texts of a small site, where the index could not be made. */
  async function loadPlain() {
    const { docs } = await (await fetch(new URL("pagefind/plain.json", found.root))).json();
    const all = docs.map(({ location, title, text }) => ({ path: location, title, text, folded: ` ${found.fold(`${title} ${text}`)}` }));
    return async (query) => {
      const asked = found.words(query), pages = new Map();
      for (const one of all) {
        if (!asked.every((word) => one.folded.includes(` ${word}`))) continue;
        const page = one.path.split("#")[0], row = rowOf(page);
        if (filters.size && (row === undefined || !passes(row))) continue;
        if (!pages.has(page)) pages.set(page, { path: page, title: all.find((other) => other.path === page)?.title ?? one.title, text: one.text, parts: [] });
        const hit = pages.get(page);
        if (one.path.includes("#") && hit.parts.length < PARTS) hit.parts.push({ path: one.path, title: one.title, text: one.text });
      }
      return { amount: pages.size, hits: [...pages.values()].slice(0, MOST) };
    };
  }

  function rowOf(path) {
    const [before, after] = data.address, page = path.split("#")[0];
    if (!page.startsWith(before)) return undefined;
    return data.rowOf.get(decodeURIComponent(page.slice(before.length, page.length - (page.endsWith(after) ? after.length : 0)).split("/")[0]));
  }

  function fullText() {
    if (isFile || data.fulltext === "none") return null;
    engine ??= (data.fulltext === "pagefind" ? loadPagefind() : loadPlain());
    engine.catch(() => (engine = undefined));
    return engine;
  }

  /* Puts what the full text found beside what was known: a COE that stands there already gets its excerpt and sections. */
  function merge(items, { hits }) {
    const seen = new Map(items.map((item) => [item.url, item]));
    const out = [...items];
    for (const hit of hits) {
      const url = found.address(hit.path), row = rowOf(hit.path);
      const parts = hit.parts.map((part) => ({ ...part, url: found.address(part.path) }));
      const there = seen.get(url);
      if (there) Object.assign(there, { parts: there.group === "coe" ? parts : [], excerpt: hit.excerpt });
      else if (row !== undefined) out.push({ ...coe(row, hit.text), group: "text", parts, excerpt: hit.excerpt });
      else {
        const kind = /^(tenet|program)s\//.exec(hit.path)?.[1] ?? "page";
        out.push({ group: kind, url, title: hit.title, text: hit.text, excerpt: hit.excerpt, parts: kind === "page" ? parts : [] });
      }
    }
    return out;
  }

  /* ---- what is seen ---- */

  /* A text as it is, from where the first hit stands, or an excerpt in which the hits are marked. */
  function said({ text, excerpt }, query) {
    if (!text && !excerpt?.length) return null;
    return told("span", "coe-hit__text", ...(text ? [found.around(text, query)] : marks(excerpt)));
  }

  const marks = (excerpt) => excerpt.map(({ text, mark }) => (mark ? make("mark", "", text) : text));

  function option(item, inner, classes = "") {
    const link = make("a", `coe-hit ${classes}`, ...inner);
    link.href = item.url;
    link.id = `coe-hit-${options.length}`;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    link.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.shiftKey || close());
    options.push(link);
    return link;
  }

  function lines(item, query) {
    const head = told("span", "coe-hit__title", found.marked(item.title, query));
    if (item.row === undefined) return [option(item, [head, said(item, query)])];
    const services = found.labels(data, "service", item.row);
    const facts = make("span", "coe-hit__facts", found.severity(found.values(data, "severity", item.row)[0]), " ", found.time(data.ids[item.row].slice(0, 10)), " ", make("span", "", services.slice(0, 4).join(", ")));
    const parts = item.parts.filter((part) => part.url !== item.url);
    return [option(item, [head, facts, said(item, query)]), ...parts.map((part) => option(part, [told("span", "coe-hit__title", part.title), said(part, query)], "coe-hit--part"))];
  }

  function draw(items, query) {
    const was = options[active]?.href;
    options = [];
    const groups = GROUPS.flatMap(([kind, name]) => {
      const own = items.filter((item) => item.group === kind).slice(0, kind === "coe" ? MOST : MOST - 2);
      if (!own.length) return [];
      const title = make("div", "coe-hits__name", name), group = make("div", "coe-hits__group", title, ...own.flatMap((item) => lines(item, query)));
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", name);
      title.setAttribute("aria-hidden", "true");
      return [group];
    });
    list.replaceChildren(...groups);
    list.hidden = !options.length;
    box.setAttribute("aria-expanded", String(!!options.length));
    mark(Math.max(0, options.findIndex((one) => one.href === was)), false);
  }

  function mark(at, scroll = true) {
    options[active]?.setAttribute("aria-selected", "false");
    active = options.length ? at : -1;
    const one = options[active];
    if (!one) return box.removeAttribute("aria-activedescendant");
    one.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", one.id);
    if (scroll) one.scrollIntoView({ block: "nearest" });
  }

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  /* ---- a query ---- */

  async function ask() {
    const query = box.value.trim(), mine = ++turn;
    clearTimeout(timer);
    if (!query || !data) {
      list.replaceChildren();
      options = [];
      list.hidden = true;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
      return say(data || !query ? "" : "Loading the index.");
    }
    const items = known(query), later = fullText === null || isFile || data.fulltext === "none" ? null : fullText;
    draw(items, query);
    pending = null;
    if (later) say(`${count(amount, "COE")}; asking the full text`);
    else tell();
    if (!later) return withTexts();
    timer = setTimeout(async () => {
      try {
        const answer = await (await later())(query);
        if (mine !== turn) return;
        pending = answer;
        draw(merge(known(query), answer), query);
        tell();
      } catch {
        if (mine === turn) say(`${count(amount, "COE")}; the full text cannot be loaded`);
      }
      withTexts();  /* last: the full text finds what they hold, but for what is a learning */
    }, WAIT);

    function withTexts() {
      if (!texts) found.texts().then((loaded) => ((texts = loaded), mine === turn && again()), () => {});
    }

    function again() {
      draw(pending ? merge(known(query), pending) : known(query), query);
      tell();
    }

    function tell() {
      const full = pending ? `, ${count(pending.amount, "page")} in the full text` : "";
      say(options.length ? `${count(amount, "COE")} by ${amount === 1 ? "its" : "their"} facts${full}` : "Nothing found.");
    }
  }

  function keys(event) {
    const last = options.length - 1;
    if (event.isComposing) return;
    if (event.key === "ArrowDown") mark(active >= last ? 0 : active + 1);
    else if (event.key === "ArrowUp") mark(active <= 0 ? last : active - 1);
    else if (event.key === "PageDown") mark(Math.min(last, active + 5));
    else if (event.key === "PageUp") mark(Math.max(0, active - 5));
    else if (event.key === "Enter" && active >= 0) options[active].dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey }));
    else return;
    event.preventDefault();
  }

  /* ---- the dialog ---- */

  function build() {
    box = make("input", "coe-search__box");
    Object.assign(box, { type: "text", autocomplete: "off", spellcheck: false, dir: "auto", enterKeyHint: "go" });
    for (const [name, value] of Object.entries({ role: "combobox", "aria-label": "Search", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "coe-hits", autocapitalize: "off" })) box.setAttribute(name, value);
    box.placeholder = "Search COEs, tenets, programs, learnings and pages";
    list = make("div", "coe-hits");
    list.id = "coe-hits";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Results");
    status = make("p", "coe-search__status");
    status.setAttribute("role", "status");
    note = make("p", "coe-search__note");
    chips = make("ul", "coe-explorer__chips");
    chips.setAttribute("aria-label", "Among");
    const shut = make("button", "coe-search__close", "Close");
    shut.type = "button";
    shut.addEventListener("click", close);
    dialog = make("dialog", "coe-search md-typeset", make("div", "coe-search__head", box, shut), chips, status, list, note);
    dialog.setAttribute("aria-label", "Search");
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    box.addEventListener("input", ask);
    box.addEventListener("keydown", keys);
    document.body.append(dialog);
  }

  const close = () => dialog.close();

  function drawChips() {
    chips.hidden = !filters.size;
    chips.replaceChildren(...[...filters].flatMap(([key, values]) => [...values].map((value) => {
      const facet = data.byKey[key], name = facet.values.find(([one]) => one === value)?.[1] ?? value;
      const cross = make("span", "coe-cross", "×");
      cross.setAttribute("aria-hidden", "true");
      const chip = make("button", "coe-chip", make("span", "coe-hidden", "Remove "), `${facet.name}: ${name}`, cross);
      chip.type = "button";
      chip.addEventListener("click", () => {
        const rest = new Set(values);
        rest.delete(value);
        filters = new Map(filters);
        filters[rest.size ? "set" : "delete"](key, rest);
        drawChips();
        box.focus();
        ask();
      });
      return make("li", "", chip);
    })));
  }

  function open(query, within) {
    if (!dialog) build();
    if (dialog.open) return;
    filters = within instanceof Map ? within : new Map();
    if (typeof query === "string" && query) box.value = query;
    dialog.showModal();
    box.focus();
    box.select();
    note.textContent = isFile ? "Opened from a folder: titles, summaries, services, causes and learnings are searched. The full text needs a web server." : "";
    found.coes().then((loaded) => {
      data = loaded;
      if (!isFile && data.fulltext === "none") note.textContent = "Titles, summaries, services, causes and learnings are searched; this site has no full-text index.";
      drawChips();
      ask();
    }, () => say("The index cannot be loaded."));
  }

  /* ---- the header ---- */

  const key = make("kbd", "", "/");
  key.setAttribute("aria-hidden", "true");
  const sign = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  sign.setAttribute("viewBox", "0 0 24 24");
  sign.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm4.8 11.3L20 20");
  sign.append(path);
  const button = make("button", "coe-search-open", sign, make("span", "", "Search"), key);
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-keyshortcuts", "/ s");
  button.addEventListener("click", open);
  for (const what of ["pointerenter", "focus"]) button.addEventListener(what, () => found.coes().catch(() => {}), { once: true });
  /* The theme's own box, where the engine's index has to serve, would be a second one with flaws of its own. */
  for (const old of document.querySelectorAll('.md-search, .md-header__button[for="__search"]')) old.remove();
  header.insertBefore(button, header.querySelector(":scope > .md-header__source"));

  /* Before the theme, which knows the same keys; a page with a text field of its own keeps `/` for that. */
  window.addEventListener("keydown", (event) => {
    if (!["/", "s"].includes(event.key) || event.altKey || event.ctrlKey || event.metaKey || found.onKeys(event.target) || dialog?.open) return;
    if (event.key === "/" && document.querySelector(".coe-explorer__text")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open();
  }, true);

  window.coeSearch = { open };
})();
