import type { JSX } from 'preact';
import type { Second } from '../../src/wire/messages.ts';

const SECONDS = 60;
const HEIGHT = 24;

/** The last minute of a breaker, a bar a second: succeeded below, then failed, then refused. */
export function Sparkline({
  seconds,
  now,
}: {
  readonly seconds: readonly Second[];
  readonly now: number;
}): JSX.Element {
  const end = Math.floor(now / 1_000);
  const shown = seconds.filter(([at]) => at / 1_000 > end - SECONDS);
  const most = Math.max(1, ...shown.map(([, ...calls]) => calls.reduce((sum, each) => sum + each, 0)));
  const paths = ['', '', ''];
  for (const [at, ...calls] of shown) {
    const x = at / 1_000 - end + SECONDS - 0.5;
    let y = HEIGHT;
    for (const [which, number] of calls.entries()) {
      if (number === 0) continue;
      const top = y - (number / most) * HEIGHT;
      paths[which] += `M${x} ${y.toFixed(1)}V${top.toFixed(1)}`;
      y = top;
    }
  }
  return (
    <svg class="sparkline" viewBox={`0 0 ${SECONDS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="succeeded" d={paths[0] ?? ''} />
      <path class="failed" d={paths[1] ?? ''} />
      <path class="refused" d={paths[2] ?? ''} />
    </svg>
  );
}
