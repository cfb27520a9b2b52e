import { type Figure, say } from '@switchgear/dashboard/impact';
import { openDesk } from '../desk/desk.ts';
import { latelyOf } from '../desk/lately.ts';
import type { State } from '../desk/state.ts';
import { World } from '../desk/world.ts';
import { now } from '../process/now.ts';
import { askForImpact, freshKey } from './dashboard.ts';
import type { DemoOptions } from './options.ts';
import { rehearse } from './rehearsal.ts';
import { type Run, unlessStopped } from './run.ts';
import type { Side } from './side.ts';
import { startSides } from './start-sides.ts';

/** Milliseconds between the decision to send customers and the first of them. */
const NOTICE = 500;

/** Both shops, open. */
export interface Served {
  readonly url: string;
  readonly dashboardUrl: string;
  readonly sides: readonly Side[];
}

/** Opens both shops, with customers who keep coming, and a page with buttons that break what they depend on. */
export async function serveShops(
  { databaseUrl, idempotencyKeys, port }: Pick<DemoOptions, 'databaseUrl' | 'idempotencyKeys' | 'port'>,
  run: Run,
): Promise<Served> {
  const key = freshKey();
  const desk = await openDesk({ key, port }, run.cleanup);
  const { sides, dashboardUrl } = await startSides(
    {
      databaseUrl,
      idempotencyKeys,
      dashboard: { key, port: 0, framedBy: desk.origin },
      onMove: () => undefined,
    },
    run,
  );
  const { perSecond } = await rehearse(sides, run);
  await Promise.all(sides.map((side) => side.invite({ perSecond, lasting: 0 })));
  const world = new World(sides);
  desk.attend({ world, dashboardUrl, state: () => stateOf(world, sides, dashboardUrl) });
  const beginning = now() + NOTICE;
  for (const side of sides) side.open(beginning);
  return { url: desk.url, dashboardUrl, sides };
}

/** Stays until it is stopped; rejects with the reason. */
export async function untilStopped(run: Run): Promise<never> {
  return unlessStopped(new Promise<never>(() => undefined), run);
}

async function stateOf(world: World, sides: readonly Side[], dashboardUrl: string): Promise<State> {
  const at = now();
  const [without, withBreakers] = sides.map(({ records }) => latelyOf(records, at));
  const saved = await savedSoFar(dashboardUrl);
  return { ...world.condition, sides: { without: without!, with: withBreakers! }, saved };
}

async function savedSoFar(dashboardUrl: string): Promise<State['saved']> {
  try {
    const { figures, currency } = await askForImpact(dashboardUrl);
    const { callsSpared, waitingAvoided, total } = figures;
    return [callsSpared, waitingAvoided, total]
      .filter((figure) => figure !== undefined)
      .map((figure) => [figure.title, sayRoughly(figure, currency)]);
  } catch {
    // The shop is ending.
    return [];
  }
}

/** Nobody invents cents. */
function sayRoughly({ unit, low, high }: Figure, currency: string): string {
  if (unit !== 'money') return say({ unit, low, high });
  return say({ unit, low: Math.round(low), high: Math.round(high) }, currency);
}
