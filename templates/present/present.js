/* Runs the slides: keys and clickers, the clock of the agenda, and the wheel. Without it all slides stand in the page. */
(() => {
  "use strict";
  const root = document.documentElement;
  const deck = document.getElementById("deck");
  const bar = document.querySelector(".bar");
  const slides = [...deck.querySelectorAll(".slide")];
  const part = (name) => bar.querySelector(name);
  const button = (name) => bar.querySelector(`[data-do="${name}"]`);
  /* The week is in it: next week's file may have the same name, and is another meeting. */
  const key = `coe-present ${deck.dataset.week} ${location.pathname}`;
  let now = 0;
  let running = false;
  let since = 0;
  let spent = { all: 0 };

  /* A reload in the middle of a meeting must not lose the time. Storage may be refused, as under file:// in some browsers. */
  const keep = () => { try { sessionStorage.setItem(key, JSON.stringify({ spent, running })); } catch { /* goes on without */ } };
  const kept = () => { try { return JSON.parse(sessionStorage.getItem(key)) || {}; } catch { return {}; } };

  const two = (number) => String(number).padStart(2, "0");
  const said = (seconds) => {
    const all = Math.floor(Math.abs(seconds));
    const hours = Math.floor(all / 3600);
    const minutes = Math.floor((all % 3600) / 60);
    return hours ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
  };

  const slotOf = (slide) => slide.dataset.slot || "";
  /* Two slots may have one name; none begins when another does. */
  const boxOf = (slide) => slide.dataset.at || "";
  const count = () => {
    if (!running) return;
    const moment = Date.now();
    const passed = (moment - since) / 1000;
    since = moment;
    spent.all += passed;
    const slot = boxOf(slides[now]);
    if (slot) spent[slot] = (spent[slot] || 0) + passed;
  };

  const showClock = () => {
    count();
    const slide = slides[now];
    const slot = slotOf(slide);
    const box = Number(slide.dataset.minutes || 0) * 60;
    const left = box - (spent[boxOf(slide)] || 0);
    part(".slotname").textContent = slot;
    part(".clock").textContent = slot ? (left < 0 ? `${said(left)} over` : `${said(left)} left`) : "";
    part(".clock").classList.toggle("over", left < 0);
    part(".whole").textContent = `${said(spent.all)} of ${said(Number(deck.dataset.minutes) * 60)}`;
    part(".meter i").style.width = `${Math.min(100, (100 * spent.all) / (Number(deck.dataset.minutes) * 60))}%`;
    button("clock").setAttribute("aria-pressed", String(running));
    keep();
  };

  const clock = (on) => {
    count();
    running = on;
    since = Date.now();
    showClock();
  };

  /* A text that is longer than the screen gets smaller, down to what can still be read; a phone scrolls instead. */
  const fit = () => {
    const slide = slides[now];
    slide.style.zoom = "";
    if (root.classList.contains("list") || matchMedia("(max-width: 46rem)").matches) return;
    const last = slide.lastElementChild;
    const isHigh = () => root.scrollHeight > window.innerHeight || last.getBoundingClientRect().bottom > bar.getBoundingClientRect().top - 4;
    for (let size = 95; size >= 60 && isHigh(); size -= 5) slide.style.zoom = `${size}%`;
  };

  const go = (index, quietly) => {
    count();
    now = Math.max(0, Math.min(slides.length - 1, index));
    slides.forEach((slide, number) => slide.classList.toggle("now", number === now));
    part(".place").textContent = `${now + 1} of ${slides.length}`;
    history.replaceState(null, "", `#${now + 1}`);
    /* The clock starts by itself when the first slot is shown. */
    if (!running && spent.all === 0 && slotOf(slides[now]) && !quietly) clock(true);
    showClock();
    if (root.classList.contains("list")) slides[now].scrollIntoView({ block: "nearest" });
    else window.scrollTo(0, 0);
    fit();
    if (!quietly) slides[now].focus({ preventScroll: true });
  };

  const list = (on) => {
    root.classList.toggle("list", on);
    slides.forEach((slide) => { slide.style.zoom = ""; });
    button("list").setAttribute("aria-pressed", String(on));
    if (!on) go(now);
  };

  const dark = () => {
    const isDark = root.classList.contains("dark") || (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
    root.classList.toggle("dark", !isDark);
    root.classList.toggle("light", isDark);
    showScheme();
  };
  const showScheme = () => {
    const isDark = root.classList.contains("dark") || (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
    button("dark").textContent = isDark ? "Dark" : "Light";
    button("dark").setAttribute("aria-pressed", String(isDark));
  };

  const screen = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
  };

  const acts = {
    on: () => go(now + 1), back: () => go(now - 1), clock: () => clock(!running), dark, screen,
    list: () => list(!root.classList.contains("list")),
  };
  /* Clickers send PageDown and PageUp, and for a black screen a full stop or b. */
  const keys = {
    ArrowRight: acts.on, PageDown: acts.on, " ": acts.on, n: acts.on,
    ArrowLeft: acts.back, PageUp: acts.back, p: acts.back, Backspace: acts.back,
    Home: () => go(0), End: () => go(slides.length - 1),
    f: screen, F5: screen, t: acts.clock, o: acts.list, d: dark,
    b: () => root.classList.toggle("blank"), ".": () => root.classList.toggle("blank"),
    Escape: () => { list(false); root.classList.remove("blank"); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onControl = event.target.closest("button, a");
    if (onControl && (event.key === " " || event.key === "Enter")) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  bar.addEventListener("click", (event) => {
    const hit = event.target.closest("[data-do]");
    if (hit) acts[hit.dataset.do]();
  });
  deck.addEventListener("click", (event) => {
    if (!root.classList.contains("list")) return;
    const slide = event.target.closest(".slide");
    if (!slide) return;
    event.preventDefault();
    now = slides.indexOf(slide);
    list(false);
  });
  let touch = null;
  deck.addEventListener("touchstart", (event) => { touch = event.changedTouches[0].clientX; }, { passive: true });
  deck.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - touch;
    if (Math.abs(moved) > 60) go(now + (moved < 0 ? 1 : -1));
  }, { passive: true });

  /* The wheel. A draw that the minutes keep ends where they say; a new one draws a number of 48 bits, which is the seed. */
  for (const wheel of deck.querySelectorAll(".wheel")) {
    const turning = wheel.querySelector(".turning");
    const segments = [...wheel.querySelectorAll(".segment")];
    const result = wheel.querySelector(".result");
    const turn = wheel.querySelector(".turn");
    let turned = 0;
    const settle = (segment, seed, isKept) => {
      result.textContent = "";
      const who = document.createElement("b");
      who.textContent = segment.dataset.name;
      result.append(who);
      const wait = wheel.querySelector(".drawn");
      if (wait) wait.hidden = true;
      if (!isKept) {
        const absent = (wheel.dataset.absent || "").split(" ").filter(Boolean).map((name) => ` --absent ${name}`).join("");
        const how = document.createElement("code");
        how.textContent = `coe wheel ${wheel.dataset.week} --seed ${seed}${absent} --record`;
        result.append(how);
      }
      turn.disabled = false;
    };
    turn.hidden = segments.length === 0;
    turn.addEventListener("click", () => {
      const isKept = Boolean(wheel.dataset.picked);
      let seed = wheel.dataset.seed || "";
      let hit = segments.find((one) => one.dataset.id === wheel.dataset.picked);
      if (!isKept) {
        const bytes = crypto.getRandomValues(new Uint8Array(6));
        seed = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        hit = segments.find((one) => Number.parseInt(seed, 16) < Number(one.dataset.upto));
      }
      if (!hit) return;
      turn.disabled = true;
      result.textContent = "";
      /* The middle of the part that was drawn comes to rest below the hand, after some whole turns. */
      turned += 360 * 6 + ((((360 - Number(hit.dataset.middle)) - turned) % 360) + 360) % 360;
      turning.classList.add("moving");
      turning.style.transform = `rotate(${turned}deg)`;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      window.setTimeout(() => settle(hit, seed, isKept), still ? 0 : 5300);
    });
  }

  const before = kept();
  if (before.spent) spent = before.spent;
  root.classList.add("on");
  bar.hidden = false;
  showScheme();
  go((Number(location.hash.slice(1)) || 1) - 1, true);
  if (before.running) clock(true);
  window.addEventListener("resize", fit);
  window.addEventListener("beforeprint", () => { slides.forEach((slide) => { slide.style.zoom = ""; }); });
  window.addEventListener("afterprint", fit);
  window.addEventListener("hashchange", () => go((Number(location.hash.slice(1)) || 1) - 1));
  window.setInterval(showClock, 500);
})();
