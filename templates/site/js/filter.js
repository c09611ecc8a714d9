/*
The register of actions: filters, an order, and counts, kept in the address so that a choice can be shared.
The page is whole without it. What is left comes with one small script; what is finished is fetched when it is asked for,
and counted before that. All texts are data: they go into the page as text, never as markup.
*/
(() => {
  'use strict';
  const form = document.querySelector('[data-register]');
  if (!form) return;
  const whole = document.querySelector('[data-register-whole]');
  const found = document.querySelector('[data-register-found]');
  const said = form.querySelector('[role="status"]');
  const STATES = {overdue: 'Overdue', due_soon: 'Due soon', open: 'Later, or no date', done: 'Done', verified: 'Verified',
    wont_do: "Won't do", any: 'Any state'};
  const LEFT = ['overdue', 'due_soon', 'open'];
  const PRIORITIES = ['P0', 'P1', 'P2', 'P3'];
  const TYPES = ['prevent', 'detect', 'mitigate', 'repair', 'investigate', 'process'];
  const NAMES = ['team', 'state', 'priority', 'type', 'sort'];
  const FIELDS = ['id', 'title', 'type', 'priority', 'commitment', 'status', 'state', 'team', 'source', 'due', 'since',
    'moved', 'finished', 'owner'];
  const STEP = 100;
  const packs = {};
  const waiting = {};
  let shown = STEP;

  /* Data come as scripts that call this: unlike a request for JSON, that works from a file too. */
  window.coeRegister = (name, value) => { packs[name] = value; };

  const load = name => packs[name] ? Promise.resolve() : waiting[name] ||= new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = form.dataset[name];
    script.onload = done;
    script.onerror = fail;
    document.head.append(script);
  });

  const items = () => ['open', 'finished'].filter(name => packs[name]).flatMap(name => packs[name].all ||=
    packs[name].rows.map(row => {
      const item = Object.fromEntries(FIELDS.map((field, index) => [field, row[index]]));
      [item.team, item.teamName] = packs[name].teams[item.team];
      [item.from, item.href] = packs[name].sources[item.source];
      item.number = 1;
      return item;
    }));

  /* What is counted: the items that are there, and groups of those that are not. */
  const counted = () => packs.finished ? items() : items().concat(packs.open.others.map(
    ([team, state, priority, type, number]) => ({team: packs.open.teams[team][0], state, priority, type, number})));

  const chosen = () => Object.fromEntries(NAMES.map(name => [name, form.elements[name].value]));
  const inState = (item, state) => state === 'any' || (state ? item.state === state : LEFT.includes(item.state));
  const fits = (item, want, but) => (but === 'team' || !want.team || item.team === (want.team === '-' ? '' : want.team))
    && (but === 'state' || inState(item, want.state))
    && (but === 'priority' || !want.priority || item.priority === want.priority)
    && (but === 'type' || !want.type || item.type === want.type);
  const sum = (rows, test) => rows.reduce((total, row) => total + (test(row) ? row.number : 0), 0);

  const ORDERS = {
    '': (a, b) => LEFT.concat('done', 'verified', 'wont_do').indexOf(a.state) - LEFT.concat('done', 'verified', 'wont_do').indexOf(b.state)
      || (a.due || '9').localeCompare(b.due || '9'),
    age: (a, b) => (a.since || '9').localeCompare(b.since || '9'),
    moved: (a, b) => b.moved - a.moved || (a.due || '9').localeCompare(b.due || '9'),
  };

  const count = (number, noun) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
  const label = word => word === 'wont_do' ? "won't do" : word.replaceAll('_', ' ');
  const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5);

  function make(tag, name, ...parts) {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...parts.filter(part => part !== null && part !== ''));
    return node;
  }

  /* Words of an author, in the direction that they have. */
  function told(...parts) {
    const node = make(...parts);
    node.dir = 'auto';
    return node;
  }

  function small(text) { return [document.createElement('br'), make('small', '', text)]; }

  function line(item) {
    const due = make('td', 'coe-nowrap', item.due ? make('time', '', item.due) : make('span', 'coe-none', 'no date'));
    if (item.state === 'overdue') due.append(document.createElement('br'), make('strong', 'coe-late', `${days(item.due, packs.open.asOf)} d overdue`));
    if (item.moved) due.append(...small(`moved ${count(item.moved, 'time')}`));
    const status = make('td', '', make('span', `coe-state coe-state--${item.status.replaceAll('_', '-')}`, label(item.status)));
    if (item.finished) status.append(...small(item.finished));
    const team = make('td', '', item.team ? link(teamAddress(item.team), item.teamName) : make('span', 'coe-none', item.teamName));
    if (item.owner) team.append(...small(item.owner));
    const from = make('td', '', item.href ? link(item.href, item.from) : told('bdi', '', item.from), ' ', make('small', '', item.id));
    const age = LEFT.includes(item.state) && item.since ? `${Math.max(0, days(item.since, packs.open.asOf))} d` : '–';
    return row(item.state === 'overdue' ? 'coe-overdue' : '', due,
      make('td', '', told('span', 'coe-table__lead', item.title), ' ', make('small', 'coe-nowrap', label(item.type))),
      status, team, make('td', 'coe-nowrap', `${item.priority} `, make('small', '', item.commitment)),
      make('td', 'coe-num coe-nowrap', age), from);
  }

  /* On a phone a row is no row to look at; its role says that it is one. */
  function row(name, ...cells) {
    for (const cell of cells) cell.setAttribute('role', cell.localName === 'th' ? 'columnheader' : 'cell');
    return roled('row', make('tr', name, ...cells));
  }

  function roled(role, node) {
    node.setAttribute('role', role);
    return node;
  }

  function link(href, text) {
    const node = told('a', '', text);
    node.setAttribute('href', href);
    return node;
  }

  const teamAddress = id => {
    const [, folder, file] = form.dataset.team.match(/^(.*\/)?(index\.html)?$/);
    return `${folder || ''}${encodeURIComponent(id)}/${file || ''}`;
  };

  function table(rows) {
    const head = ['Due', 'Action', 'Status', 'Team', 'Priority', 'Open for', 'From'].map(text => {
      const cell = make('th', text === 'Open for' ? 'coe-num' : '', text);
      cell.scope = 'col';
      return cell;
    });
    const made = roled('table', make('table', 'coe-table coe-table--actions', make('caption', 'coe-hidden', 'Action items that were chosen'),
      roled('rowgroup', make('thead', '', row('', ...head))), roled('rowgroup', make('tbody', '', ...rows.map(line)))));
    const frame = make('div', 'coe-scroll', made);
    frame.tabIndex = 0;
    frame.setAttribute('role', 'group');
    frame.setAttribute('aria-label', 'Action items that were chosen');
    return frame;
  }

  /* Options keep their place and their value; only their counts change, and what is chosen stays even at zero. */
  function fill(want) {
    const rows = counted();
    const options = {
      team: packs.open.teams.map(([id, name]) => [id || '-', name]).concat(packs.finished ? packs.finished.teams.map(([id, name]) => [id || '-', name]) : []),
      state: Object.entries(STATES), priority: PRIORITIES.map(word => [word, word]), type: TYPES.map(word => [word, label(word)]),
    };
    for (const [name, values] of Object.entries(options)) {
      const select = form.elements[name];
      const there = rows.filter(row => fits(row, want, name));
      const first = {team: 'All teams', state: 'Open', priority: 'All priorities', type: 'All types'}[name];
      const number = name === 'state' ? sum(there, row => inState(row, '')) : sum(there, () => true);
      select.options[0].text = `${first} (${number.toLocaleString('en')})`;
      for (const [value, text] of new Map(values)) {
        const option = [...select.options].find(one => one.value === value) || select.appendChild(new Option(text, value));
        const test = {team: row => row.team === (value === '-' ? '' : value), state: row => inState(row, value)}[name] || (row => row[name] === value);
        option.text = `${text} (${sum(there, test).toLocaleString('en')})`;
      }
    }
  }

  function keep(want) {
    const query = new URLSearchParams(Object.entries(want).filter(([, value]) => value));
    const address = `${location.pathname}${query.size ? `?${query}` : ''}${location.hash}`;
    try { history.replaceState(null, '', address); } catch { /* some browsers refuse it for files */ }
  }

  async function show() {
    const want = chosen();
    const isAny = NAMES.some(name => want[name]);
    await load('open');
    if (want.state && !LEFT.includes(want.state)) {
      said.textContent = 'Loading …';
      await load('finished');
    }
    fill(want);
    whole.hidden = isAny;
    found.hidden = !isAny;
    found.replaceChildren();
    if (!isAny) {
      said.textContent = '';
      return;
    }
    const rows = items().filter(item => fits(item, want)).sort(ORDERS[want.sort] || ORDERS['']);
    const late = rows.filter(item => item.state === 'overdue').length;
    said.textContent = count(rows.length, 'action item') + (late ? `, ${late.toLocaleString('en')} overdue` : '');
    if (!rows.length) {
      found.append(make('p', 'coe-empty', 'No action item is like that.'));
      return;
    }
    found.append(table(rows.slice(0, shown)));
    if (rows.length > shown) {
      const more = make('button', 'coe-button', `Show ${Math.min(STEP, rows.length - shown)} more of ${(rows.length - shown).toLocaleString('en')}`);
      more.type = 'button';
      more.addEventListener('click', () => {
        const at = shown;
        shown += STEP;
        show().then(() => found.querySelectorAll('tbody tr')[at]?.querySelector('a')?.focus());
      });
      found.append(more);
    }
  }

  const start = () => show().catch(() => { said.textContent = 'The data of the filters cannot be loaded; the tables below hold all of it.'; });

  function read() {
    const query = new URLSearchParams(location.search);
    for (const name of NAMES) {
      const select = form.elements[name];
      const value = query.get(name) || '';
      select.value = [...select.options].some(option => option.value === value) ? value : '';
    }
  }

  form.hidden = false;
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('change', () => { shown = STEP; keep(chosen()); start(); });
  form.addEventListener('reset', event => {
    event.preventDefault();
    for (const name of NAMES) form.elements[name].value = '';
    shown = STEP;
    keep(chosen());
    start();
  });
  window.addEventListener('popstate', () => { read(); start(); });
  const begin = () => load('open').then(() => { fill(chosen()); read(); }).then(start, start);
  /* Of a large register the data come when somebody turns to the form, not with each look at the page. */
  if (form.dataset.register === 'later' && !location.search) {
    for (const turned of ['focusin', 'pointerover']) form.addEventListener(turned, begin, {once: true});
  } else begin();
})();
