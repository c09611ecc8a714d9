/* The explorer: facets, free text and sorting over the table of all COEs. What is chosen stands in the address. */
"use strict";

(() => {
  const place = document.querySelector("[data-explorer]");
  const found = window.coeFound;
  if (!place || !found || place.dataset.explorer === "on") return;
  place.dataset.explorer = "on";

  const { make, count } = found;
  const STEP = 100, FEW = 8;
  const results = place.querySelector(".coe-explorer__results");
  const table = results.querySelector("table"), body = table.tBodies[0];
  const SORTS = {
    date: ["Date", (data) => (row) => row, "desc"],
    severity: ["Severity", (data) => (row) => found.values(data, "severity", row)[0], "asc"],
    title: ["Title", (data) => (row) => data.titles[row].toLowerCase(), "asc"],
    owner: ["Owner", (data) => (row) => found.labels(data, "team", row)[0].toLowerCase(), "asc"],
    status: ["Status", (data) => (row) => found.values(data, "status", row)[0], "asc"],
    impact: ["Impact", (data) => (row) => data.seconds[row], "desc"],
  };
  let data, texts, state, rows = [], shown = 0, spoken;

  /* ---- the address ---- */

  function read() {
    const given = new URLSearchParams(location.search);
    const sort = Object.hasOwn(SORTS, given.get("sort")) ? given.get("sort") : "date";
    const chosen = new Map();
    for (const facet of data.facets) {
      const values = new Set(given.getAll(facet.key).filter(Boolean));
      if (values.size) chosen.set(facet.key, values);
    }
    const dir = ["asc", "desc"].includes(given.get("dir")) ? given.get("dir") : SORTS[sort][2];
    return { text: given.get("q") ?? "", chosen, sort, dir };
  }

  function query() {
    const out = new URLSearchParams();
    if (state.text.trim()) out.set("q", state.text.trim());
    for (const facet of data.facets) for (const value of state.chosen.get(facet.key) ?? []) out.append(facet.key, value);
    if (state.sort !== "date" || state.dir !== "desc") out.set("sort", state.sort);
    if (state.dir !== SORTS[state.sort][2]) out.set("dir", state.dir);
    return out.toString();
  }

  function write(replace) {
    const asked = query();
    if (asked === location.search.slice(1)) return;
    const address = (asked ? `?${asked}` : location.pathname) + location.hash;
    try {
      history[replace ? "replaceState" : "pushState"](null, "", address);
    } catch {
      /* A page opened from a folder may not change its address. */
    }
  }

  /* ---- which rows, and how many there would be of each value ---- */

  function select({ text, chosen }) {
    const matches = found.matcher(data, texts, text);
    const active = data.facets.flatMap((facet, index) => {
      const wanted = chosen.get(facet.key);
      if (!wanted) return [];
      const places = new Set(facet.values.flatMap(([value], at) => (wanted.has(value) ? [at] : [])));
      return [{ index, rows: facet.rows, allowed: facet.sets.map((set) => set.some((value) => places.has(value))) }];
    });
    const perSet = data.facets.map((facet) => new Uint32Array(facet.sets.length));
    const hits = [];
    for (let row = 0; row < data.ids.length; row++) {
      if (matches && !matches(row)) continue;
      let failing = -1, fails = 0;
      for (const one of active) {
        if (one.allowed[one.rows[row]]) continue;
        failing = one.index;
        if (++fails > 1) break;
      }
      /* A row that only one facet leaves out counts for the other values of that facet. */
      if (fails === 0) {
        hits.push(row);
        for (let index = 0; index < perSet.length; index++) perSet[index][data.facets[index].rows[row]]++;
      } else if (fails === 1) perSet[failing][data.facets[failing].rows[row]]++;
    }
    const counts = data.facets.map((facet, index) => {
      const out = new Uint32Array(facet.values.length);
      facet.sets.forEach((set, at) => set.forEach((value) => (out[value] += perSet[index][at])));
      return out;
    });
    return { hits, counts };
  }

  function sorted(hits) {
    const key = SORTS[state.sort][1](data), sign = state.dir === "asc" ? 1 : -1;
    if (state.sort === "date") return state.dir === "desc" ? hits : hits.reverse();
    const keys = new Map(hits.map((row) => [row, key(row)]));
    return hits.sort((a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      return x === y ? a - b : x < y ? -sign : sign;
    });
  }

  /* ---- what is seen ---- */

  const box = make("input", "coe-explorer__text");
  Object.assign(box, { type: "search", name: "q", autocomplete: "off", spellcheck: false, dir: "auto", id: "coe-explorer-text" });
  box.placeholder = "Title, summary, services, causes, learnings";
  const label = make("label", "coe-hidden", "Find COEs by words");
  label.htmlFor = box.id;
  const total = make("p", "coe-explorer__total");
  const live = make("p", "coe-hidden");
  live.setAttribute("role", "status");
  const chips = make("ul", "coe-explorer__chips");
  chips.setAttribute("aria-label", "Chosen");
  const empty = make("div", "coe-empty coe-explorer__empty");
  const more = make("button", "coe-button coe-explorer__more");
  more.type = "button";
  const panel = make("details", "coe-facets", make("summary", "", "Filters"));
  const scroll = table.parentElement;

  function button(words, classes, act) {
    const out = make("button", classes, ...words);
    out.type = "button";
    out.addEventListener("click", act);
    return out;
  }

  const drawn = [];
  function facets() {
    for (const [index, facet] of data.facets.entries()) {
      if (!facet.values.length) continue;
      const list = make("ul");
      const legend = make("legend", "coe-hidden", facet.name);
      const sum = make("span", "coe-facet__sum");
      const all = button([""], "coe-facet__all", () => {
        one.isWhole = !one.isWhole;
        show();
      });
      const fold = make("details", "coe-facet", make("summary", "", facet.name, sum), make("fieldset", "", legend, list, all));
      const order = facet.values.map((_, at) => at);
      if (facet.key === "year") order.sort((a, b) => (facet.values[a][0] < facet.values[b][0] ? 1 : -1));
      if (facet.key === "severity") order.sort((a, b) => (facet.values[a][0] < facet.values[b][0] ? -1 : 1));
      const one = { index, facet, list, sum, all, fold, order, items: new Map(), isWhole: false };
      fold.open = ["service", "severity", "year", "cause"].includes(facet.key) || state.chosen.has(facet.key);
      drawn.push(one);
      panel.append(fold);
    }
  }

  function item(one, at) {
    if (!one.items.has(at)) {
      const [value, name] = one.facet.values[at];
      const check = make("input"), number = make("span", "coe-facet__count");
      check.type = "checkbox";
      check.addEventListener("change", () => choose(one.facet.key, value, check.checked));
      const item = make("li", "", make("label", "", check, make("span", "coe-facet__name", name), number));
      one.items.set(at, { item, check, number });
    }
    return one.items.get(at);
  }

  function drawFacets(counts) {
    for (const one of drawn) {
      const wanted = state.chosen.get(one.facet.key) ?? new Set();
      const counted = counts[one.index];
      const isChosen = (at) => wanted.has(one.facet.values[at][0]);
      const alive = one.order.filter((at) => counted[at] || isChosen(at));
      const seen = one.isWhole ? alive : alive.filter((at, index) => index < FEW || isChosen(at));
      for (const at of seen) {
        const { check, number, item: line } = item(one, at);
        check.checked = isChosen(at);
        number.textContent = counted[at].toLocaleString("en");
        line.classList.toggle("coe-facet--none", !counted[at]);
      }
      const items = seen.map((at) => one.items.get(at).item);
      if (items.length !== one.list.children.length || items.some((line, at) => line !== one.list.children[at])) {
        const focused = document.activeElement;
        one.list.replaceChildren(...items);
        if (one.list.contains(focused)) focused.focus();
      }
      one.sum.textContent = wanted.size ? `${wanted.size} chosen` : "";
      one.all.hidden = alive.length <= FEW;
      one.all.textContent = one.isWhole ? "Show fewer" : `Show all ${alive.length}`;
      one.all.setAttribute("aria-label", `${one.all.textContent}: ${one.facet.name}`);
      one.fold.hidden = !alive.length;
    }
  }

  function chosenList() {
    const out = [];
    for (const facet of data.facets) {
      for (const value of state.chosen.get(facet.key) ?? []) {
        const known = facet.values.find(([one]) => one === value);
        out.push({ words: `${facet.name}: ${known ? known[1] : value}`, key: facet.key, value });
      }
    }
    if (state.text.trim()) out.push({ words: `“${state.text.trim()}”`, key: "q", value: "" });
    return out;
  }

  function drop({ key, value }) {
    if (key === "q") {
      box.value = "";
      change({ text: "" });
    } else choose(key, value, false);
  }

  function drawChips() {
    const chosen = chosenList();
    const items = chosen.map((one) => {
      const cross = make("span", "coe-cross", "×");
      cross.setAttribute("aria-hidden", "true");
      return make("li", "", button([make("span", "coe-hidden", "Remove "), one.words, cross], "coe-chip", () => {
        const place = chosen.indexOf(one);
        drop(one);
        (chips.querySelectorAll("button")[place] ?? chips.querySelector("li:last-child button") ?? box).focus();
      }));
    });
    if (chosen.length > 1) items.push(make("li", "", button(["Clear all"], "coe-explorer__clear", clear)));
    chips.replaceChildren(...items);
    chips.hidden = !items.length;
  }

  function clear() {
    box.value = "";
    change({ text: "", chosen: new Map() });
    box.focus();
  }

  /* What a reader could drop to see something again. */
  function drawEmpty() {
    const ways = chosenList().map((one) => {
      const chosen = new Map([...state.chosen].map(([key, values]) => [key, new Set([...values].filter((value) => key !== one.key || value !== one.value))]));
      for (const [key, values] of chosen) if (!values.size) chosen.delete(key);
      return { one, amount: select({ text: one.key === "q" ? "" : state.text, chosen }).hits.length };
    }).filter((way) => way.amount).sort((a, b) => b.amount - a.amount);
    const lines = ways.map(({ one, amount }) => make("li", "", button([`Drop ${one.words}: `, make("strong", "", count(amount, "COE"))], "coe-button", () => {
      drop(one);
      box.focus();
    })));
    lines.push(make("li", "", button(["Clear all"], "coe-button", clear)));
    empty.replaceChildren(make("p", "", "No COE has all of this."), make("ul", "", ...lines));
  }

  /* The first sentence that holds a word which the line above does not show. */
  function excerpt(row) {
    const lacking = found.words(state.text).filter((word) => !data.heads[row].includes(` ${word}`));
    if (!texts || !lacking.length) return null;
    const known = [texts.summaries[row], ...texts.causes[row], ...texts.learnings[row].map(([, text]) => text)];
    const text = known.find((one) => lacking.some((word) => ` ${found.fold(one)}`.includes(` ${word}`)));
    return text ? found.told("p", "coe-explorer__why", found.around(text, state.text)) : null;
  }

  function line(row) {
    const id = data.ids[row], status = found.values(data, "status", row)[0];
    const link = found.told("a", "coe-table__lead", found.marked(data.titles[row], state.text));
    link.href = found.href(data, id);
    const services = make("small", "", ...found.labels(data, "service", row).flatMap((name) => [make("span", "", found.marked(name, state.text)), " "]));
    const title = make("th", "", link, services, excerpt(row));
    title.scope = "row";
    const cells = [
      make("td", "coe-nowrap", found.time(id.slice(0, 10))),
      make("td", "", found.severity(found.values(data, "severity", row)[0])),
      title,
      make("td", "", found.labels(data, "team", row)[0]),
      make("td", "", make("span", `coe-state coe-state--${status.replaceAll("_", "-")}`, found.labels(data, "status", row)[0])),
      make("td", "coe-num coe-nowrap", found.duration(data.seconds[row])),
    ];
    /* On a phone a row is no row of a table to the eye any more; to a reader of the screen it stays one. */
    for (const cell of cells) cell.setAttribute("role", cell === title ? "rowheader" : "cell");
    const out = make("tr", "", ...cells);
    out.setAttribute("role", "row");
    return out;
  }

  function drawRows(from) {
    shown = Math.min(rows.length, from + STEP);
    const lines = rows.slice(from, shown).map(line);
    if (from) body.append(...lines);
    else body.replaceChildren(...lines);
    more.hidden = shown >= rows.length;
    more.textContent = `Show ${Math.min(STEP, rows.length - shown)} more of ${(rows.length - shown).toLocaleString("en")}`;
    return lines[0];
  }

  function drawSorts() {
    for (const head of table.tHead.rows[0].cells) {
      const name = head.dataset.sort;
      if (name === state.sort) head.setAttribute("aria-sort", state.dir === "asc" ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
  }

  function show() {
    const { hits, counts } = select(state);
    rows = sorted(hits);
    drawFacets(counts);
    drawChips();
    drawSorts();
    drawRows(0);
    scroll.hidden = !rows.length;
    empty.hidden = !!rows.length;
    if (!rows.length) drawEmpty();
    const said = rows.length === data.ids.length ? count(rows.length, "COE") : `${rows.length.toLocaleString("en")} of ${count(data.ids.length, "COE")}`;
    total.textContent = said;
    clearTimeout(spoken);
    spoken = setTimeout(() => (live.textContent = said), 400);
    place.dataset.shown = String(rows.length);
  }

  /* ---- what a reader does ---- */

  let typing = false;
  function change(part, { replace = false } = {}) {
    Object.assign(state, part);
    write(replace);
    show();
  }

  function choose(key, value, on) {
    const values = new Set(state.chosen.get(key));
    values[on ? "add" : "delete"](value);
    const chosen = new Map(state.chosen);
    chosen[values.size ? "set" : "delete"](key, values);
    typing = false;
    change({ chosen });
  }

  function typed() {
    change({ text: box.value }, { replace: typing });  /* one step back for all that is typed at once */
    typing = true;
    withTexts();
  }

  function withTexts() {
    if (texts || !state.text.trim()) return;
    place.setAttribute("aria-busy", "true");
    found.texts().then((loaded) => {
      texts = loaded;
      show();
    }, () => (total.textContent += " (summaries, causes and learnings cannot be loaded)")).finally(() => place.removeAttribute("aria-busy"));
  }

  function links() {
    return [...body.querySelectorAll("a.coe-table__lead")];
  }

  function keys(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = links(), at = all.indexOf(document.activeElement);
    const inBox = document.activeElement === box;
    if (event.key === "/" && !found.onKeys(event.target)) box.focus(), box.select();
    else if (event.key === "Escape" && inBox && box.value) (box.value = ""), typed();
    else if (event.key === "Escape" && at >= 0) box.focus();
    else if (inBox && (event.key === "ArrowDown" || event.key === "Enter") && all.length) all[0].focus();
    else if (at >= 0 && event.key === "ArrowDown") (all[at + 1] ?? (more.hidden ? all[at] : more)).focus();
    else if (at >= 0 && event.key === "ArrowUp") (all[at - 1] ?? box).focus();
    else if (document.activeElement === more && event.key === "ArrowUp") all.at(-1).focus();
    else if (at >= 0 && event.key === "Home") all[0].focus();
    else if (at >= 0 && event.key === "End") all.at(-1).focus();
    else return;
    event.preventDefault();
  }

  function build() {
    const form = make("form", "coe-explorer__form", label, box);
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "COEs");
    form.addEventListener("submit", (event) => event.preventDefault());
    [...table.tHead.rows[0].cells].forEach((head, index) => {
      const [name, [words, , first]] = Object.entries(SORTS)[index];
      head.dataset.sort = name;
      head.replaceChildren(button([words], "coe-sort", () => {
        typing = false;
        change({ sort: name, dir: state.sort === name ? (state.dir === "asc" ? "desc" : "asc") : first });
      }));
    });
    const full = button(["Search the full text"], "coe-explorer__full", () => window.coeSearch.open(state.text, new Map(state.chosen)));
    full.hidden = !window.coeSearch || data.fulltext === "none";
    results.querySelector(".coe-pager")?.remove();
    results.prepend(form, make("div", "coe-explorer__bar", total, full), chips, live, empty);
    results.append(more);
    facets();
    panel.open = matchMedia("(min-width: 60em)").matches;
    place.prepend(panel);
    box.value = state.text;
    box.addEventListener("input", typed);
    box.addEventListener("blur", () => (typing = false));
    more.addEventListener("click", () => drawRows(shown)?.querySelector("a")?.focus());
    document.addEventListener("keydown", keys);
    window.addEventListener("popstate", () => {
      state = read();
      box.value = state.text;
      show();
      withTexts();
    });
  }

  found.coes().then((loaded) => {
    data = loaded;
    state = read();
    build();
    show();
    withTexts();
    place.classList.add("coe-explorer--on");
    /* The texts come once the page stands still, so that the first word typed finds them there. */
    if (!navigator.connection?.saveData) (window.requestIdleCallback ?? setTimeout)(() => found.texts().then((loaded) => (texts ??= loaded), () => {}));
  }, () => { /* The table of the page stays as it is. */ });
})();
