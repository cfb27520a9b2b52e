import { type Figure, say } from '@switchgear/dashboard/impact';
import { now } from '../process/now.ts';
import { openControlPanel } from './control-panel/control-panel.ts';
import { Dependencies, type PanelState } from './control-panel/dependencies.ts';
import { recentAnswersOf } from './measure/answers.ts';
import { calibrate } from './measure/calibrate.ts';
import type { DemoOptions } from './options.ts';
import { type Run, unlessStopped } from './run/run.ts';
import { askForImpact, freshKey } from './shops/operator.ts';
import type { Side } from './shops/side.ts';
import { startSides } from './shops/start-sides.ts';

/** Milliseconds between telling both sides to begin and the first customer. */
const LEAD_MS = 500;

/** Both shops, running. */
export interface Served {
  readonly url: string;
  readonly dashboardUrl: string;
  readonly sides: readonly Side[];
}

/** Runs both shops with a steady stream of customers, and the control panel that breaks their dependencies. */
export async function serveShops(
  { databaseUrl, idempotencyKeys, port }: Pick<DemoOptions, 'databaseUrl' | 'idempotencyKeys' | 'port'>,
  run: Run,
): Promise<Served> {
  const key = freshKey();
  const panel = await openControlPanel({ key, port }, run.cleanup);
  const { sides, dashboardUrl } = await startSides(
    {
      databaseUrl,
      idempotencyKeys,
      dashboard: { key, port: 0, framedBy: panel.origin },
      onMove: () => undefined,
    },
    run,
  );
  const { perSecond } = await calibrate(sides, run);
  await Promise.all(sides.map((side) => side.invite({ perSecond, duration: 0 })));
  const dependencies = new Dependencies(sides);
  panel.connect({ dependencies, dashboardUrl, state: () => stateOf(dependencies, sides, dashboardUrl) });
  const beginning = now() + LEAD_MS;
  for (const side of sides) side.open(beginning);
  return { url: panel.url, dashboardUrl, sides };
}

/** Waits until the run is stopped; rejects with the reason. */
export async function untilStopped(run: Run): Promise<never> {
  return unlessStopped(new Promise<never>(() => undefined), run);
}

async function stateOf(dependencies: Dependencies, sides: readonly Side[], dashboardUrl: string): Promise<PanelState> {
  const at = now();
  const [without, withBreakers] = sides.map(({ records }) => recentAnswersOf(records, at));
  const saved = await savedSoFar(dashboardUrl);
  return { ...dependencies.state, sides: { without: without!, with: withBreakers! }, saved };
}

async function savedSoFar(dashboardUrl: string): Promise<PanelState['saved']> {
  try {
    const { callsSpared, waitingAvoided } = (await askForImpact(dashboardUrl)).figures;
    return [callsSpared, waitingAvoided]
      .filter((figure) => figure !== undefined)
      .map((figure) => [figure.title, inOneNumber(figure)]);
  } catch {
    // The shop is shutting down.
    return [];
  }
}

/** The middle of its range; the dashboard next to it has the range. */
function inOneNumber({ unit, low, high }: Figure): string {
  const middle = (low + high) / 2;
  return `${low === high ? '' : 'about '}${say({ unit, low: middle, high: middle })}`;
}
