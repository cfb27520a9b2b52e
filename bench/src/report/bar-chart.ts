import type { Picture } from '../tables/table.ts';
import { escaped, OTHERS, OURS, round, svg } from './svg.ts';
import { formatNumber } from './text-table.ts';

const WIDTH = 860;
const LABELS = 270;
const NUMBERS = 140;
const ROW = 26;
const TOP = 46;

/** Bars from left to right, one below the other, with a whisker over the middle half of the measurements. */
export function barChart({ title, unit, bars, logarithmic = false }: Picture): string {
  const values = bars.map(({ value }) => (typeof value === 'number' ? value : value.median));
  const most = Math.max(...bars.map(({ value }) => (typeof value === 'number' ? value : value.q3)));
  const least = Math.max(1, Math.min(...values) / 3);
  const room = WIDTH - LABELS - NUMBERS;
  const lengthOf = (value: number): number => {
    const share = logarithmic ? Math.log(Math.max(value, least) / least) / Math.log(most / least) : value / most;
    return Math.max(1, Math.min(1, share) * room);
  };
  const height = TOP + bars.length * ROW + 10;
  const rows = bars.map(({ name, value }, i) => {
    const y = TOP + i * ROW;
    const median = values[i] as number;
    const end = LABELS + lengthOf(median);
    const reach = LABELS + (typeof value === 'number' ? 0 : lengthOf(value.q3));
    const whisker =
      typeof value === 'number'
        ? ''
        : `<line x1="${round(LABELS + lengthOf(value.q1))}" x2="${round(reach)}" y1="${y + 9}" y2="${y + 9}" stroke="#d29922" stroke-width="2"/>`;
    const fill = /switchgear/.test(name) ? OURS : OTHERS;
    return `<text x="${LABELS - 8}" y="${y + 13}" text-anchor="end">${escaped(name)}</text>
<rect x="${LABELS}" y="${y}" width="${round(end - LABELS)}" height="18" rx="2" fill="${fill}"/>${whisker}
<text x="${round(Math.max(end, reach) + 6)}" y="${y + 13}">${formatNumber(median)} ${unit}</text>`;
  });
  const heading = `<text x="8" y="22" font-size="15" font-weight="600">${escaped(title)}${logarithmic ? ', each step multiplies' : ''}</text>`;
  return svg({ title, width: WIDTH, height }, [heading, ...rows].join('\n'));
}
