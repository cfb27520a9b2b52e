import { styleText } from 'node:util';
import Table from 'cli-table3';
import { NO_LINES } from '../demo/screen/table.ts';
import { count, seconds, wrap } from '../demo/screen/text.ts';
import type { FleetFigures } from './figures.ts';

/** What the demo of the fleet ends with. */
export interface FleetEnding {
  readonly size: number;
  readonly together: FleetFigures;

  /** With the bus cut. */
  readonly cut: FleetFigures;

  /** Orders that were accepted and not paid exactly once in the end. */
  readonly unpaid: number;
  readonly paidTwice: number;
}

/** The end of the demo: one sentence, eight rows, and what was checked. At most 80 columns wide. */
export function endingOf(ending: FleetEnding): string {
  const broken = brokenOf(ending);
  const verdict =
    broken.length > 0
      ? broken.flatMap((text) => wrap(`✘ ${text}`)).map((line) => styleText('red', line))
      : wrap(
          '✔ Checked: every order was accepted, also while the bus was cut, and every one was paid once. ' +
            'Times depend on the machine and are not checked.',
        ).map((line) => styleText('green', line));
  return [...wrap(sentenceOf(ending)).map((line) => styleText('bold', line)), '', tableOf(ending), '', ...verdict].join(
    '\n',
  );
}

/** The rules that decide the exit code and that were broken. */
export function brokenOf({ together, cut, unpaid, paidTwice }: FleetEnding): string[] {
  const notAccepted = together.notAccepted + cut.notAccepted;
  return [
    ...(notAccepted > 0 ? [`${count(notAccepted)} orders were not accepted`] : []),
    ...(unpaid > 0 ? [`${count(unpaid)} accepted orders were not paid`] : []),
    ...(paidTwice > 0 ? [`${count(paidTwice)} orders were paid twice`] : []),
  ];
}

/** The result in one sentence. It claims no advantage that was not measured. */
export function sentenceOf({ size, together, cut }: FleetEnding): string {
  const { allKnewMs: knew, wellWaitMs: before } = together;
  const { allKnewMs: alone, wellWaitMs: after } = cut;
  const known =
    knew === null
      ? `Not all ${size} processes noticed that payments were dead`
      : `All ${size} processes knew after ${seconds(knew)} that payments were dead`;
  const whenCut = alone === null ? 'with the bus cut not all did' : `with the bus cut after ${seconds(alone)}`;
  const failed = cut.notAccepted === 0 ? 'no order failed' : `${count(cut.notAccepted)} orders failed`;
  const waits =
    before === null || after === null ? '' : ` and customers waited ${seconds(after)}, before ${seconds(before)}`;
  return `${known}, ${whenCut}; after the cut ${failed}${waits}.`;
}

type Row = readonly [label: string, show: (figures: FleetFigures) => string];

const ROWS: readonly Row[] = [
  ['Orders placed', ({ placed }) => count(placed)],
  ['Paid at once', ({ paid }) => count(paid)],
  ['Accepted, paid later', ({ queued }) => count(queued)],
  ['Not accepted', ({ notAccepted }) => count(notAccepted)],
  ['Typical wait while payments were well', ({ wellWaitMs }) => time(wellWaitMs)],
  ['All processes knew that payments were dead', ({ allKnewMs }) => time(allKnewMs, 'not all')],
  ['Calls to the dead payment service', ({ callsToDeadService }) => count(callsToDeadService)],
  ['All processes paid again after the return', ({ allPaidMs }) => time(allPaidMs, 'not all')],
];

function time(ms: number | null, otherwise: string = '-'): string {
  return ms === null ? otherwise : seconds(ms);
}

function tableOf({ together, cut }: FleetEnding): string {
  const table = new Table({
    head: ['', 'with the bus', 'bus cut'],
    colAligns: ['left', 'right', 'right'],
    colWidths: [46, 16, 16],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: { ...NO_LINES, middle: '' },
  });
  for (const [label, show] of ROWS) table.push([label, show(together), show(cut)]);
  return table.toString();
}
