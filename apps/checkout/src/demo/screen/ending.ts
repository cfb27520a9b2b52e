import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { Check } from '../measure/checks.ts';
import type { Circuit } from '../measure/circuit.ts';
import type { Figures } from '../measure/figures.ts';
import { areWaitsLess, type Story, sentenceOf } from './sentence.ts';
import { NO_LINES } from './table.ts';
import { count, seconds, wrap } from './text.ts';

/** What the demo ends with. */
export interface Ending extends Story {
  readonly circuit: Circuit;
  readonly checks: readonly Check[];
}

/**
 * The end of the demo: one sentence, eight rows, what they mean, and what decided the exit code. It is at most 80 columns wide, and
 * fits a terminal of 24 lines if all checks passed.
 */
export function endingOf(ending: Ending): string {
  return [
    ...wrap(sentenceOf(ending)).map((line) => styleText('bold', line)),
    '',
    tableOf(ending),
    '',
    ...meaningOf(ending).flatMap((sentence) => wrap(sentence)),
    ...verdictOf(ending.checks),
  ].join('\n');
}

type Row = readonly [label: string, show: (figures: Figures) => string];

const ROWS: readonly Row[] = [
  ['Orders placed', ({ offered }) => count(offered)],
  ['Paid at once', ({ confirmed }) => count(confirmed)],
  ['Accepted, paid later from the queue', ({ queued }) => count(queued)],
  ['Not accepted', ({ refused, failed }) => count(refused + failed)],
  ['Accepted, then lost', ({ lost }) => count(lost)],
  ['Customers charged twice', ({ chargedTwice }) => count(chargedTwice)],
  ['Calls to the dead payment service', ({ callsToDeadService }) => count(callsToDeadService)],
  [
    'Average wait while payments were dead',
    ({ outageMeanMs }) => (outageMeanMs === null ? '-' : seconds(outageMeanMs)),
  ],
];

/** The eight figures of both shops that matter, side by side. */
export function tableOf({ with: ours, without: theirs }: Story): string {
  const table = new Table({
    head: ['', 'without breakers', 'with breakers'],
    colAligns: ['left', 'right', 'right'],
    colWidths: [42, 18, 18],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: { ...NO_LINES, middle: '' },
  });
  for (const [label, show] of ROWS) table.push([label, show(theirs), show(ours)]);
  return table.toString();
}

/** What the figures mean, in a few sentences. What is true of both shops is not credited to the breakers. */
export function meaningOf(story: Ending): string[] {
  const { phases, circuit, with: ours, without: theirs } = story;
  const sentences: string[] = [];
  const { openedAfterMs } = circuit;
  if (openedAfterMs !== null) {
    sentences.push(
      `The circuit of payments opened ${seconds(openedAfterMs)} after the trouble began. From then on the other provider ` +
        `or the queue took the payments.${slowestOf(ours.outageP99Ms, theirs.outageP99Ms)}`,
    );
  } else if (theirs.callsToDeadService > 0) {
    sentences.push('The circuit of payments did not open, so the breakers changed nothing for payments.');
  }
  if (ours.queued > 0) {
    const saved = areWaitsLess(story) ? 'waiting' : 'calls';
    sentences.push(`Both shops have the queue, so neither loses an order. Breakers save the ${saved}.`);
  }
  if (ours.recoveredMs !== null && theirs.recoveredMs !== null) {
    sentences.push(
      `All was paid ${seconds(ours.recoveredMs)} after payments returned, without breakers after ${seconds(theirs.recoveredMs)}.`,
    );
  }
  if (phases.some(({ event }) => event === 'databaseDown') && ours.refused > 0) {
    sentences.push(
      `The database was killed, too: ${count(ours.refused)} of ${count(ours.refused + ours.failed)} not accepted were told ` +
        `when to come back, without breakers ${count(theirs.refused)} of ${count(theirs.refused + theirs.failed)}.`,
    );
  }
  return sentences;
}

function slowestOf(ours: number | null, theirs: number | null): string {
  if (ours === null || theirs === null) return '';
  return ` While payments were dead, the slowest 1 % waited ${seconds(ours)} or longer, without breakers ${seconds(theirs)}.`;
}

/** What was checked, in one sentence; a line for each broken rule. */
function verdictOf(checks: readonly Check[]): string[] {
  const broken = checks.flatMap(({ broken }) => broken ?? []);
  if (broken.length > 0) return broken.flatMap((text) => wrap(`✘ ${text}`)).map((line) => styleText('red', line));
  const rules = checks.map(({ rule }) => rule).join(', ');
  return wrap(`✔ Checked: ${rules}. More: --explain`).map((line) => styleText('green', line));
}
