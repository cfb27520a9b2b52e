import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { Entry } from '../../src/history/history.ts';

/** One line of a chart. */
export interface Line {
  readonly label: string;

  /** A colour of the style sheet: `--closed`. */
  readonly ink: string;
  readonly isFilled?: boolean;
}

interface Props {
  readonly title: string;
  readonly unit: string;

  /** What the chart shows, for those who do not see it. */
  readonly says: string;
  readonly data: uPlot.AlignedData;
  readonly lines: readonly Line[];
  readonly moves: readonly Entry[];
}

const HEIGHT = 150;
const DARK = '(prefers-color-scheme: dark)';

/** One chart over time, with the moves marked. */
export function Chart({ title, unit, says, data, lines, moves }: Props): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const marked = useRef(moves);
  marked.current = moves;
  const [isDark, setDark] = useState(matchMedia(DARK).matches);
  useEffect(() => {
    const query = matchMedia(DARK);
    const changed = (): void => setDark(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  useLayoutEffect(() => {
    const element = place.current as HTMLDivElement;
    const made = new uPlot(setting(element, unit, lines, marked), data, element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
    };
  }, [isDark, unit]);
  useLayoutEffect(() => plot.current?.setData(data), [data]);
  return (
    <figure class="chart">
      <figcaption>
        {title}
        <span class="legend" aria-hidden="true">
          {lines.map(({ label, ink }) => (
            <span key={label} data-ink={ink}>
              {label}
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={place} role="img" aria-label={says} />
    </figure>
  );
}

function setting(
  element: HTMLElement,
  unit: string,
  lines: readonly Line[],
  moves: { readonly current: readonly Entry[] },
): uPlot.Options {
  const axis = { stroke: colour('--ink-soft'), font: '11px system-ui', ticks: { show: false } };
  const grid = { stroke: colour('--line'), width: 1 };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    // On the right there is room for half of the last time.
    padding: [8, 26, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: 'breaker' }, drag: { x: false, y: false }, points: { show: false } },
    scales: { y: { range: (_plot, _low, high) => [0, Math.max(unit === '%' ? 100 : 1, (high ?? 0) * 1.05)] } },
    axes: [
      { ...axis, grid: { show: false }, size: 24, space: 70, values: (_plot, at) => at.map(timeOfDay) },
      { ...axis, grid, size: 58, space: 34, values: (_plot, at) => at.map((each) => `${each} ${unit}`) },
    ],
    series: [
      {},
      ...lines.map(({ label, ink, isFilled }) => ({
        label,
        stroke: colour(ink),
        width: 1.8,
        points: { show: false },
        ...(isFilled && { fill: colour(`${ink}-wash`) }),
      })),
    ],
    hooks: { draw: [(plot) => mark(plot, moves.current)] },
  };
}

/** A line where the breaker moved, in the colour of where it went. */
function mark(plot: uPlot, moves: readonly Entry[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = Math.max(1, devicePixelRatio * 1.5);
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const { at, to } of moves) {
    const x = plot.valToPos(at / 1_000, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = colour(`--${to}`);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

function timeOfDay(at: number): string {
  return new Date(at * 1_000).toLocaleTimeString('en-GB');
}

/** A colour of the style sheet as it is now, light or dark: canvases cannot read variables. */
export function colour(name: string): string {
  const drop = document.getElementById('app') as HTMLElement;
  drop.style.outlineColor = `var(${name})`;
  const is = getComputedStyle(drop).outlineColor;
  drop.style.outlineColor = '';
  return is;
}
