/* What every page runs: times in the reader's own zone, addresses and texts to copy, the tab of a page, and links that
   end in `/` where files are opened without a server. Pages are whole without it. */
"use strict";
(() => {
  const KEY = "coe-times";
  const pad = (number) => String(number).padStart(2, "0");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const remembered = () => {
    try { return localStorage.getItem(KEY) === "local"; } catch { return false; } // storage may be refused
  };
  const remember = (isLocal) => {
    try { isLocal ? localStorage.setItem(KEY, "local") : localStorage.removeItem(KEY); } catch { /* not remembered then */ }
  };

  /* Parts of a moment in the zone of the reader, or in UTC. */
  const parts = (iso, isLocal) => {
    const at = new Date(iso);
    const get = (name) => (isLocal ? at[`get${name}`]() : at[`getUTC${name}`]());
    const day = `${String(get("FullYear")).padStart(4, "0")}-${pad(get("Month") + 1)}-${pad(get("Date"))}`;
    const clock = `${pad(get("Hours"))}:${pad(get("Minutes"))}${get("Seconds") ? `:${pad(get("Seconds"))}` : ""}`;
    return { day, clock };
  };
  const zone = (iso, isLocal) => {
    if (!isLocal) return "UTC";
    const found = new Intl.DateTimeFormat("en", { timeZoneName: "short" }).formatToParts(iso ? new Date(iso) : new Date());
    return found.find((part) => part.type === "timeZoneName").value;
  };
  const moment = (iso, isLocal) => {
    const { day, clock } = parts(iso, isLocal);
    return `${day} ${clock} ${zone(iso, isLocal)}`;
  };

  /* What has happened is said in one place, which a screen reader listens to; the place is there before the words. */
  let silence;
  const place = () => {
    const found = document.querySelector(".coe-said");
    if (found) return found;
    const made = document.body.appendChild(document.createElement("p"));
    made.className = "coe-said";
    made.setAttribute("role", "status");
    return made;
  };
  const said = (text) => {
    place().textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { place().textContent = ""; }, 5000);
  };

  /* Every element is written anew from what the page says in UTC, so that switching back and forth changes nothing. */
  const written = new WeakMap();
  const original = (element) => {
    if (!written.has(element)) written.set(element, element.textContent);
    return written.get(element);
  };
  const write = (element, isLocal, text) => {
    const before = original(element);
    element.textContent = isLocal ? text : before;
  };

  const writeTimes = (isLocal) => {
    for (const element of all("time[data-time]")) {
      const { day, clock } = parts(element.dateTime, isLocal);
      const since = element.dataset.since;
      const hasDay = element.dataset.time === "day" || (since && parts(since, isLocal).day !== day);
      write(element, isLocal, element.dataset.time === "moment" ? moment(element.dateTime, isLocal) : `${hasDay ? `${day} ` : ""}${clock}`);
    }
    const first = document.querySelector("time[data-time]")?.dateTime;
    for (const element of all("[data-coe-zone-name]")) write(element, isLocal, zone(first, isLocal));
  };

  /* The axis: a label of a day stands below the first mark of that day. Marks that are days themselves tell the hour too. */
  const writeAxis = (isLocal) => {
    let last = "";
    for (const element of all(".coe-tl-axis [data-at]")) {
      const { day, clock } = parts(element.dataset.at, isLocal);
      if (element.classList.contains("coe-tl-day")) {
        write(element, isLocal, clock === "00:00" ? day : `${day.slice(5)} ${clock}`);
      } else {
        write(element, isLocal, clock);
        write(element.nextElementSibling, isLocal, day === last ? "" : day);
      }
      last = day;
    }
    for (const element of all("[data-coe-times]")) {
      const text = original(element).replace(
        /(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?) UTC/g, (_, day, clock) => moment(`${day}T${clock}Z`, true),
      );
      write(element, isLocal, text);
    }
  };

  /* The rows that begin a day stand elsewhere when the day does. */
  const writeDays = (isLocal) => {
    for (const body of all("[data-coe-days]")) {
      all(".coe-day--local", body).forEach((row) => row.remove());
      const pattern = body.querySelector(".coe-day");
      all(".coe-day", body).forEach((row) => { row.hidden = isLocal; });
      let last = "";
      for (const row of isLocal ? all("tr:not(.coe-day)", body) : []) {
        const { day } = parts(row.querySelector("time").dateTime, true);
        if (day !== last) {
          const head = pattern.cloneNode(true);
          head.hidden = false;
          head.classList.add("coe-day--local");
          head.firstElementChild.textContent = day;
          row.before(head);
        }
        last = day;
      }
    }
  };

  const show = (isLocal) => {
    writeTimes(isLocal);
    writeAxis(isLocal);
    writeDays(isLocal);
    for (const button of all("[data-coe-zone]")) button.setAttribute("aria-pressed", String(isLocal));
  };

  const copy = async (text, told) => {
    try {
      await navigator.clipboard.writeText(text);
      said(told);
    } catch {
      said("The browser does not let this page copy. Select the text and copy it yourself.");
    }
  };
  const here = () => location.href.split("#")[0];
  const clicked = async (event) => {
    const found = (selector) => event.target.closest?.(selector);
    const toggle = found("[data-coe-zone]");
    const button = found("[data-coe-copy]");
    const link = found("a.headerlink, [data-coe-permalink]");
    if (toggle) {
      const isLocal = toggle.getAttribute("aria-pressed") !== "true";
      show(isLocal);
      remember(isLocal);
      said(isLocal ? `Times are shown in local time, ${zone(document.querySelector("time[data-time]")?.dateTime, true)}.` : "Times are shown in UTC.");
    } else if (button) {
      const text = document.getElementById(button.dataset.coeCopy).textContent.trim();
      await copy("coeFrom" in button.dataset ? `${text}\n\nFrom <${here()}>\n` : text, "Copied.");
    } else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && navigator.clipboard) {
      await copy(link.href, "The address is copied."); // the link itself leads there, as without a script
    }
  };

  /* Without a server nothing turns the address of a folder into that of its page. */
  const mend = (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  };

  /* Pages of one service, tenet and so on are too many for the navigation; their tab is that of the list they are in. */
  const markTab = () => {
    const tabs = all(".md-tabs__item");
    const items = all(".md-nav--primary > .md-nav__list > .md-nav__item");
    if (tabs.length !== items.length || document.querySelector(".md-tabs__item--active")) return;
    let [best, longest] = [null, new URL(document.querySelector("a.md-logo")?.href ?? "/", location).pathname.replace(/[^/]*$/, "").length];
    items.forEach((item, index) => {
      for (const link of all("a[href]", item)) {
        const folder = link.pathname.replace(/[^/]*$/, "");
        if (location.pathname.startsWith(folder) && folder.length > longest) [best, longest] = [tabs[index], folder.length];
      }
    });
    best?.classList.add("md-tabs__item--active");
  };

  /* What each printed sheet says at its foot: the page that it is of, and the day of what that page tells. */
  const nameSheets = () => {
    const line = (selector) => (document.querySelector(selector)?.textContent ?? "").trim().replace(/\s+/g, " ");
    const title = line("main h1") || document.title, day = line(".coe-head__eyebrow time");
    const words = title.length > 100 ? `${title.slice(0, 99)}…` : title;
    document.documentElement.style.setProperty("--coe-running", JSON.stringify(day ? `${words} (${day})` : words));
  };

  /* One way past the navigation, to the beginning of every page. One engine has it; the other leads past the head of a page,
     and has none where there is no table of contents. */
  const skip = () => {
    const room = document.querySelector("[data-md-component=skip]"), main = document.querySelector("main .md-content");
    if (!room || !main || document.getElementById("__skip")) return;
    const link = room.querySelector(".md-skip") ?? room.appendChild(document.createElement("a"));
    link.className = "md-skip";
    link.textContent ||= "Skip to content";
    link.href = "#__skip";
    const there = document.createElement("a");
    there.id = "__skip";
    there.tabIndex = -1;
    main.prepend(there);
  };

  const begin = () => {
    skip();
    place();
    markTab();
    nameSheets();
    const hasZone = document.querySelector("[data-coe-zone]");
    // A browser lets pages copy where nobody on the way can change them: over https, and on this machine.
    for (const button of all("[data-coe-copy]")) button.hidden = !navigator.clipboard;
    for (const button of all("[data-coe-zone]")) button.hidden = false;
    for (const link of all("[data-coe-address]")) link.textContent = here();
    if (hasZone && remembered()) show(true);
  };

  document.addEventListener("click", clicked);
  if (location.protocol === "file:") {
    for (const name of ["pointerdown", "focusin", "click"]) document.addEventListener(name, mend, true);
  }
  // With instant navigation the theme puts other pages into this one, and says so.
  if (window.document$) window.document$.subscribe(begin);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
