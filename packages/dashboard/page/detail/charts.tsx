import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { AlignedData } from 'uplot';
import { say } from '../../src/impact/figure.ts';
import type { Detail } from '../../src/wire/messages.ts';
import { countdown } from '../parts/format.ts';
import { Chart, type Line } from './chart.tsx';
import { columnsOf, type Range } from './range.ts';

const CALLS: readonly Line[] = [
  { label: 'succeeded', ink: '--closed', isFilled: true },
  { label: 'failed', ink: '--open' },
  { label: 'refused', ink: '--refused' },
];
const LATENCY: readonly Line[] = [
  { label: 'mean', ink: '--focus' },
  { label: 'maximum', ink: '--half-open' },
];

/** Throughput, failure and slow rates, and latency of a breaker over time. */
export function Charts({ detail }: { readonly detail: Detail }): JSX.Element {
  const [range, setRange] = useState<Range>('recent');
  const columns = useMemo(() => columnsOf(detail, range), [detail, range]);
  const moves = detail.entries.filter(({ type }) => type === 'move');
  const slow = `took at least ${say({ unit: 'ms', low: detail.slowerThan, high: detail.slowerThan })}`;
  const rates: readonly Line[] = [
    { label: 'failed', ink: '--open' },
    { label: slow, ink: '--half-open' },
  ];
  const kept = countdown(detail.now - Math.min(detail.from, detail.now - 120_000));
  const over = range === 'recent' ? 'the last two minutes' : `the last ${kept}`;
  return (
    <section class="card charts" aria-labelledby="charts-title">
      <h3 id="charts-title">Over time</h3>
      <fieldset class="segments">
        <legend class="unseen">Time shown</legend>
        {(['recent', 'kept'] as const).map((each) => (
          <label key={each}>
            <input type="radio" name="range" checked={range === each} onChange={() => setRange(each)} />
            {each === 'recent' ? '2 min' : 'all'}
          </label>
        ))}
      </fieldset>
      <Chart
        title="Calls per second"
        unit=""
        data={columns.calls}
        lines={CALLS}
        moves={moves}
        says={`Calls per second over ${over}. ${last(columns.calls, CALLS, '')}`}
      />
      <Chart
        title="Share of calls"
        unit="%"
        data={columns.rates}
        lines={rates}
        moves={moves}
        says={`Share of failed and slow calls over ${over}. ${last(columns.rates, rates, ' %')}`}
      />
      <Chart
        title="Latency"
        unit="ms"
        data={columns.latency}
        lines={LATENCY}
        moves={moves}
        says={`Latency over ${over}. ${last(columns.latency, LATENCY, ' ms')}`}
      />
    </section>
  );
}

/** The latest values as text, for screen readers. */
function last(data: AlignedData, lines: readonly Line[], unit: string): string {
  const parts = lines.map(({ label }, index) => {
    const value = data[index + 1]?.at(-1);
    return `${label} ${value == null ? 'no data' : `${Math.round(value * 10) / 10}${unit}`}`;
  });
  return `Latest values: ${parts.join(', ')}.`;
}
