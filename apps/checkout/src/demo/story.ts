import { setTimeout as delay } from 'node:timers/promises';
import { placeOrder } from '../load/customer.ts';
import { now } from '../process/now.ts';
import type { Act, Event } from './acts.ts';
import { isWellAtLast, stateOf } from './circuit.ts';
import type { Moments } from './evidence.ts';
import { HAPPENINGS } from './happenings.ts';
import { countOwed } from './order-rows.ts';
import { orderOutside } from './rehearsal.ts';
import { type Run, unlessStopped } from './run.ts';
import type { Side } from './side.ts';

/** Milliseconds between the decision to begin and the beginning, so that both sides have been told. */
const NOTICE = 500;

/**
 * For how long nothing may happen after the last customer, in milliseconds: longer than the longest wait between two attempts
 * at a payment. However slow the machine is, something happens sooner. And for how long something may, in all.
 */
const STANDSTILL = 45_000;
const LONGEST = 180_000;

/**
 * Plays the acts to all sides at the same time, then waits until the shops have paid what they queued and are as they were.
 *
 * @param onAct told as each act begins
 * @returns for each side, when things happened there
 */
export async function playStory(
  acts: readonly Act[],
  sides: readonly Side[],
  run: Run,
  onAct: (act: Act, index: number) => void,
): Promise<readonly Moments[]> {
  const began = sides.map(() => new Map<Event, number>());
  let next = now() + NOTICE;
  for (const side of sides) side.open(next);
  for (const [index, act] of acts.entries()) {
    await delay(next - now(), undefined, { signal: run.signal });
    onAct(act, index);
    const instants = await unlessStopped(Promise.all(sides.map(HAPPENINGS[act.event])), run);
    for (const [side, at] of instants.entries()) began[side]?.set(act.event, at);
    next += act.lasting;
  }
  await unlessStopped(Promise.all(sides.map(({ served }) => served)), run);
  // Payments that are still away take nothing, however long anybody waits.
  if (isWellAtLast(acts)) await settled(sides, run);
  return began.map(momentsOf);
}

/** Waits until both shops owe nothing and the circuit of payments is closed, for as long as they get on with it. */
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
    // A circuit moves on only when a call arrives, so one late customer is sent.
    if (look % 5 === 4)
      await Promise.all(waiting.map(({ shopUrl }) => placeOrder(shopUrl, orderOutside('late', look))));
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
