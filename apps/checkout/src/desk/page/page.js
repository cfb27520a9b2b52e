/** @import { State } from '../state.ts' */

const BASE = `/${document.body.dataset['key']}`;

/** @type {Readonly<Record<State['payments'], string>>} */
const PAYMENTS = {
  well: 'They answer within 60 ms.',
  slow: 'They answer, after a second.',
  hang: 'They take requests and never answer; half of them they carry out first.',
  refuse: 'They reset every connection.',
};

/** @type {Readonly<Record<State['database'], string>>} */
const DATABASE = {
  up: 'Both servers run.',
  down: 'Both servers were killed between two instructions.',
  foreign: 'It is yours (DATABASE_URL), so it is not killed.',
};

/** @type {NodeListOf<HTMLButtonElement>} */
const buttons = document.querySelectorAll('button[data-deed]');
for (const button of buttons) button.addEventListener('click', () => press(button));

const news = new EventSource(`${BASE}/state`);
news.addEventListener('open', () => say('live', 'Live'));
news.addEventListener('error', () => say('lost', 'Connection lost. Is the demo still running?'));
news.addEventListener('message', ({ data }) => show(JSON.parse(data)));

/** @param {HTMLButtonElement} button */
async function press(button) {
  button.setAttribute('aria-busy', 'true');
  try {
    await fetch(`${BASE}/deeds/${button.dataset['deed']}`, { method: 'POST' });
  } catch {
    say('lost', 'The demo does not hear us.');
  } finally {
    button.removeAttribute('aria-busy');
  }
}

/** @param {State} state */
function show({ payments, database, sides, saved }) {
  for (const button of buttons) {
    const { payments: mode, database: to } = button.dataset;
    if (mode) button.setAttribute('aria-pressed', String(mode === payments));
    // Still there for those who tab through, so that the focus is not lost when a press has worked.
    else button.setAttribute('aria-disabled', String(to === database || database === 'foreign'));
  }
  write('payments', PAYMENTS[payments]);
  write('database', DATABASE[database]);
  for (const [side, { answers, halfMs, mostMs }] of Object.entries(sides)) {
    fill(side, 'halfMs', time(halfMs));
    fill(side, 'mostMs', time(mostMs));
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
 * Only what has changed, for each change is read out.
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
function say(link, text) {
  write('link', text);
  document.getElementById('link')?.setAttribute('data-link', link);
}
