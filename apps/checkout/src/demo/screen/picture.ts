import type { OrderRecord } from '../../load/customer.ts';
import { lengthOf, type Phase } from '../scenario/phases.ts';
import { seconds } from './text.ts';

/** What a picture shows of one shop. */
export interface Side {
  readonly title: string;
  readonly records: readonly OrderRecord[];

  /** Mean waiting time of the customers who came while payments were dead; `null` if none did. */
  readonly outageMeanMs: number | null;
}

const PANEL = { width: 420, height: 210, left: 46, top: 52, gap: 20 };
const WIDTH = 2 * PANEL.width + PANEL.gap;
const HEIGHT = PANEL.top + PANEL.height + 76;
/** More dots than this cannot be told apart. */
const MOST_DOTS = 500;
/** The longest wait that fits, unless a customer waited longer. */
const LEAST_SCALE_MS = 3_500;

const COLORS: Readonly<Record<OrderRecord['answer'], string>> = {
  confirmed: '#2da44e',
  queued: '#2f81f7',
  refused: '#cf222e',
  failed: '#cf222e',
};

/** Both shops beside each other as an SVG document: a dot for each customer, by when they came and how long they waited. */
export function pictureOf(phases: readonly Phase[], sides: readonly [Side, Side]): string {
  const longest = Math.max(LEAST_SCALE_MS, ...sides.flatMap(({ records }) => records.map(waitOf)));
  const panels = sides.map((side, index) => panelOf(phases, side, index, longest));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="${titleOf(sides)}">
<style>text { fill: #24292f } .line { stroke: #8b949e } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }</style>
${panels.join('\n')}
${legend()}
</svg>
`;
}

function titleOf(sides: readonly Side[]): string {
  return sides
    .map(
      ({ title, outageMeanMs }) =>
        `${title}: a wait of ${outageMeanMs === null ? 'no time' : seconds(outageMeanMs)} while payments are dead`,
    )
    .join('. ');
}

function panelOf(
  phases: readonly Phase[],
  { title, records, outageMeanMs }: Side,
  index: number,
  longest: number,
): string {
  const left = index * (PANEL.width + PANEL.gap) + PANEL.left;
  const bottom = PANEL.top + PANEL.height;
  const width = PANEL.width - PANEL.left;
  const start = Math.min(...records.map(({ scheduledAt }) => scheduledAt));
  const x = (ms: number) => round(left + (ms / lengthOf(phases)) * width);
  const y = (ms: number) => round(bottom - (ms / longest) * PANEL.height);
  const every = Math.max(1, Math.ceil(records.length / MOST_DOTS));
  const dots = records
    .filter((_record, i) => i % every === 0)
    .map(
      (record) =>
        `<circle cx="${x(record.scheduledAt - start)}" cy="${y(waitOf(record))}" r="2" fill="${COLORS[record.answer]}"/>`,
    );
  const waits = outageMeanMs === null ? '' : `: ${seconds(outageMeanMs)} on average in the outage`;
  return [
    `<text x="${left}" y="20"><tspan font-weight="bold">${title}</tspan>${waits}</text>`,
    ...bands(phases, x, bottom),
    ...[0, 1_000, 2_000, 3_000].map(
      (ms) =>
        `<line class="line" x1="${left}" x2="${left + width}" y1="${y(ms)}" y2="${y(ms)}" stroke-width="0.5"/><text x="${left - 6}" y="${y(ms) + 4}" text-anchor="end">${ms / 1_000} s</text>`,
    ),
    ...dots,
  ].join('\n');
}

/** Where payments do not answer, with its name; then the seconds. */
function bands(phases: readonly Phase[], x: (ms: number) => number, bottom: number): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const { event, duration } of phases) {
    const [from, to] = [x(at), x(at + duration)];
    at += duration;
    if (!DEAD.includes(event)) continue;
    parts.push(
      `<rect x="${from}" y="${PANEL.top}" width="${round(to - from)}" height="${PANEL.height}" fill="#cf222e" fill-opacity="0.09"/>`,
      `<text x="${(from + to) / 2}" y="${PANEL.top - 8}" text-anchor="middle">${event}</text>`,
    );
  }
  for (let ms = 0; ms <= at; ms += 10_000)
    parts.push(`<text x="${x(ms)}" y="${bottom + 18}" text-anchor="middle">${ms / 1_000}</text>`);
  return parts;
}

const DEAD: readonly Phase['event'][] = ['slow', 'hang', 'refuse'];

function legend(): string {
  const y = HEIGHT - 32;
  const entries = [
    ['paid at once', COLORS.confirmed],
    ['order taken, paid later', COLORS.queued],
    ['turned away, or an error', COLORS.failed],
  ];
  const marks = entries.map(
    ([name, color], i) =>
      `<circle cx="${PANEL.left + 6 + i * 190}" cy="${y - 4}" r="4" fill="${color}"/><text x="${PANEL.left + 16 + i * 190}" y="${y}">${name}</text>`,
  );
  return `${marks.join('')}<text x="${PANEL.left}" y="${HEIGHT - 8}">Each dot is a customer: across, the second in which they came; up, how long they waited.</text>`;
}

function waitOf({ scheduledAt, answeredAt }: OrderRecord): number {
  return answeredAt - scheduledAt;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
