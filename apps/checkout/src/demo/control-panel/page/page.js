/** @import { PanelState } from '../dependencies.ts' */

const BASE = `/${document.body.dataset['key']}`;

/** @type {Readonly<Record<PanelState['payments'], string>>} */
const PAYMENTS = {
  well: 'Answer within 60 ms.',
  slow: 'Answer after about a second.',
  hang: 'Accept requests and never answer; half of the charges are made all the same.',
  refuse: 'Reset every connection.',
};

/** @type {Readonly<Record<PanelState['database'], string>>} */
const DATABASE = {
  up: 'Both servers are running.',
  down: 'Both servers were killed.',
  foreign: 'DATABASE_URL is set, so that server is not killed.',
};

/** @type {NodeListOf<HTMLButtonElement>} */
const buttons = document.querySelectorAll('button[data-action]');
for (const button of buttons) button.addEventListener('click', () => press(button));

const source = new EventSource(`${BASE}/state`);
source.addEventListener('open', () => showLink('live', 'Live'));
source.addEventListener('error', () => showLink('lost', 'Connection lost. Is the demo still running?'));
source.addEventListener('message', ({ data }) => show(JSON.parse(data)));

/** @param {HTMLButtonElement} button */
async function press(button) {
  button.setAttribute('aria-busy', 'true');
  try {
    await fetch(`${BASE}/actions/${button.dataset['action']}`, { method: 'POST' });
  } catch {
    showLink('lost', 'The demo cannot be reached.');
  } finally {
    button.removeAttribute('aria-busy');
  }
}

/** @param {PanelState} state */
function show({ payments, database, sides, saved }) {
  for (const button of buttons) {
    const { payments: mode, database: to } = button.dataset;
    if (mode) button.setAttribute('aria-pressed', String(mode === payments));
    // aria-disabled keeps the button focusable, so keyboard focus is not lost after a press.
    else button.setAttribute('aria-disabled', String(to === database || database === 'foreign'));
  }
  write('payments', PAYMENTS[payments]);
  write('database', DATABASE[database]);
  for (const [side, { answers, p50Ms, p99Ms }] of Object.entries(sides)) {
    fill(side, 'p50Ms', time(p50Ms));
    fill(side, 'p99Ms', time(p99Ms));
    for (const [answer, times] of Object.entries(answers)) fill(side, answer, String(times));
  }
  document.getElementById('saved')?.replaceChildren(...saved.flatMap(([title, amount]) => pair(title, amount)));
}

/**
 * @param {string} title
 * @param {string} amount
 */
function pair(title, amount) {
  const [term, detail] = [document.createElement('dt'), document.createElement('dd')];
  term.textContent = title;
  detail.textContent = amount;
  return [term, detail];
}

/**
 * @param {string} side
 * @param {string} row
 * @param {string} text
 */
function fill(side, row, text) {
  const cell = document.querySelector(`[data-row=${row}] [data-side=${side}]`);
  if (cell) cell.textContent = text;
}

/** @param {number | null} ms */
function time(ms) {
  if (ms === null) return '–';
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/**
 * Writes only changed text, because screen readers announce each change.
 *
 * @param {string} id
 * @param {string} text
 */
function write(id, text) {
  const element = document.getElementById(id);
  if (element && element.textContent !== text) element.textContent = text;
}

/**
 * @param {'live' | 'lost'} link
 * @param {string} text
 */
function showLink(link, text) {
  write('link', text);
  document.getElementById('link')?.setAttribute('data-link', link);
}
