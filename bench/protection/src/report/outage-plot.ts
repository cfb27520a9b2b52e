import { escaped, OTHERS, round, svg } from '@switchgear/bench/svg';
import type { Scenario } from '../scenarios/scenario.ts';
import { FATES, type Fate, type Journal } from '../simulation/journal.ts';

/** One outage as one policy lived it. */
export interface Lived {
  readonly policy: string;
  readonly journal: Journal;
}

/** From the bottom up. */
const BANDS: readonly { readonly fate: Fate; readonly colour: string; readonly label: string }[] = [
  { fate: 'useful', colour: '#2da44e', label: 'answered' },
  { fate: 'refused', colour: '#d29922', label: 'refused' },
  { fate: 'failed', colour: '#cf222e', label: 'failed' },
];
const COLUMNS = 3;
const WIDTH = 280;
const HEIGHT = 92;
const GAP = 14;
const TOP = 78;
/** Steps of time in each picture. */
const STEPS = 90;

/** Small pictures side by side: what became of the requests, by when they came. */
export function outagePlot(title: string, scenario: Scenario, lives: readonly Lived[]): string {
  const counts = lives.map(({ journal }) => countsOf(journal, scenario.duration));
  const most = Math.max(...counts.flatMap((bands) => bands.offered));
  const legend = [...BANDS, { colour: OTHERS, label: 'offered' }]
    .map(({ colour, label }, i) => {
      const x = 8 + i * 100;
      return `<rect x="${x}" y="34" width="11" height="11" rx="2" fill="${colour}"/><text x="${x + 16}" y="44" font-size="12">${label}</text>`;
    })
    .join('\n');
  const pictures = lives.map(({ policy }, i) => {
    const x = 8 + (i % COLUMNS) * (WIDTH + GAP);
    const y = TOP + Math.floor(i / COLUMNS) * (HEIGHT + 2.4 * GAP);
    return small(policy, scenario, counts[i] as Counts, most, x, y);
  });
  const rows = Math.ceil(lives.length / COLUMNS);
  const width = 16 + COLUMNS * WIDTH + (COLUMNS - 1) * GAP;
  const height = TOP + rows * (HEIGHT + 2.4 * GAP);
  const heading = `<text x="8" y="22" font-size="15" font-weight="600">${escaped(title)}</text>`;
  return svg({ title, width, height: round(height) }, [heading, legend, ...pictures].join('\n'));
}

interface Counts {
  readonly offered: readonly number[];
  /** For each band, how many of each step, with all bands below. */
  readonly stacked: readonly (readonly number[])[];
}

function countsOf({ cameAt, fate }: Journal, duration: number): Counts {
  const bands = BANDS.map(() => new Array<number>(STEPS).fill(0));
  for (let i = 0; i < cameAt.length; i++) {
    const step = Math.floor((STEPS * (cameAt[i] as number)) / duration);
    const band = bands[BANDS.findIndex(({ fate: each }) => FATES.indexOf(each) === fate[i])];
    if (band && step < STEPS) band[step] = (band[step] as number) + 1;
  }
  const stacked = bands.map((_, i) =>
    Array.from({ length: STEPS }, (_, step) =>
      bands.slice(0, i + 1).reduce((sum, band) => sum + (band[step] as number), 0),
    ),
  );
  return { offered: stacked.at(-1) ?? [], stacked };
}

function small(
  policy: string,
  { faults, duration }: Scenario,
  { stacked }: Counts,
  most: number,
  x: number,
  y: number,
): string {
  const across = (step: number): number => round(x + (step / (STEPS - 1)) * WIDTH);
  const up = (count: number): number => round(y + HEIGHT - (count / most) * HEIGHT);
  const line = (counts: readonly number[]): string =>
    counts.map((count, step) => `${across(step)},${up(count)}`).join(' ');
  const floor = `${across(STEPS - 1)},${y + HEIGHT} ${across(0)},${y + HEIGHT}`;
  // The highest band first: each hides the lower part of the one before. Its outline is what was offered.
  const areas = BANDS.map(
    ({ colour }, i) => `<polygon fill="${colour}" points="${line(stacked[i] ?? [])} ${floor}"/>`,
  ).toReversed();
  const bars = faults.map(({ from, to }) => {
    const [begin, end] = [across((STEPS * from) / duration), across((STEPS * to) / duration)];
    return `<rect x="${begin}" y="${y + HEIGHT + 2}" width="${round(Math.max(1, end - begin))}" height="4" fill="#cf222e"/>`;
  });
  const name = `<text x="${x}" y="${y - 5}" font-size="12" font-weight="600">${escaped(policy)}</text>`;
  return [`<g>${name}`, ...areas, ...bars, '</g>'].join('\n');
}
