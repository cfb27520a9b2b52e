import { setTimeout as delay } from 'node:timers/promises';
import { placeOrder } from '../../load/customer.ts';
import { unscheduledOrder } from '../../load/schedule.ts';
import { now } from '../../process/now.ts';
import { type Run, unlessStopped } from '../run/run.ts';
import { countOwed } from '../shops/database.ts';
import { type Side, stateOf } from '../shops/side.ts';
import { type Event, isWellAtLast, type Phase } from './phases.ts';

/** What each event does to a side. Resolves to when it took effect there, in milliseconds since 1970. */
export const EVENT_ACTIONS: Readonly<Record<Event, (side: Side) => Promise<number>>> = {
  steady: async () => now(),
  slow: ({ payments }) => payments.setMode('slow'),
  hang: ({ payments }) => payments.setMode('hang'),
  refuse: ({ payments }) => payments.setMode('refuse'),
  return: ({ payments }) => payments.setMode('healthy'),
  productsHang: ({ products }) => products.setMode('hang'),
  productsReturn: ({ products }) => products.setMode('healthy'),
  databaseDown: async ({ database }) => {
    const at = now();
    await database.kill?.();
    return at;
  },
  databaseBack: async ({ database }) => {
    await database.restart?.();
    return now();
  },
};

/** When the events took effect, in milliseconds since 1970; `undefined` if they did not happen. */
export interface Moments {
  /** Payments became slow. */
  readonly slowAt: number | undefined;

  /** Payments stopped answering. */
  readonly deadAt: number | undefined;

  /** Payments recovered. */
  readonly backAt: number | undefined;

  /** PostgreSQL was killed. */
  readonly databaseDownAt: number | undefined;
}

/** Milliseconds between telling both sides to begin and the first customer. */
const LEAD_MS = 500;

/** Waiting for the queues ends after this many milliseconds without progress: longer than the longest wait between two payment attempts. */
const STANDSTILL = 45_000;

/** The longest wait for the queues in total, in milliseconds. */
const LONGEST = 180_000;

/**
 * Runs the phases on all sides at the same time, then waits until every queued payment is made and the circuits are closed.
 *
 * @param onPhase called as each phase begins
 * @returns for each side, when the events took effect there
 */
export async function runScenario(
  phases: readonly Phase[],
  sides: readonly Side[],
  run: Run,
  onPhase: (phase: Phase, index: number) => void,
): Promise<readonly Moments[]> {
  const began = sides.map(() => new Map<Event, number>());
  let next = now() + LEAD_MS;
  for (const side of sides) side.open(next);
  for (const [index, phase] of phases.entries()) {
    await delay(next - now(), undefined, { signal: run.signal });
    onPhase(phase, index);
    const instants = await unlessStopped(Promise.all(sides.map(EVENT_ACTIONS[phase.event])), run);
    for (const [side, at] of instants.entries()) began[side]?.set(phase.event, at);
    next += phase.duration;
  }
  await unlessStopped(Promise.all(sides.map(({ served }) => served)), run);
  // While payments are down, queued payments cannot be made however long we wait.
  if (isWellAtLast(phases)) await settled(sides, run);
  return began.map(momentsOf);
}

/** Waits until no payment is owed and the circuit of payments is closed, as long as there is progress. */
async function settled(sides: readonly Side[], { signal }: Run): Promise<void> {
  const end = now() + LONGEST;
  let movedAt = now();
  let before = '';
  for (let look = 0; now() < Math.min(end, movedAt + STANDSTILL); look++) {
    const owed = await Promise.all(sides.map(({ database }) => countOwed(database.url)));
    const waiting = sides.filter(({ moves }) => stateOf('payments', moves) !== 'closed');
    if (waiting.length === 0 && owed.every((count) => count === 0)) return;
    const after = JSON.stringify([owed, sides.map(({ moves }) => moves.length)]);
    if (after !== before) movedAt = now();
    before = after;
    // An open circuit only probes when a call arrives, so place an extra order now and then.
    if (look % 5 === 4)
      await Promise.all(waiting.map(({ shopUrl }) => placeOrder(shopUrl, unscheduledOrder('late', look))));
    await delay(200, undefined, { signal });
  }
}

function momentsOf(began: ReadonlyMap<Event, number>): Moments {
  return {
    slowAt: began.get('slow'),
    deadAt: began.get('hang') ?? began.get('refuse'),
    backAt: began.get('return'),
    databaseDownAt: began.get('databaseDown'),
  };
}
