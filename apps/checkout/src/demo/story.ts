import { setTimeout as delay } from 'node:timers/promises';
import { now } from '../process/now.ts';
import type { Act, Event } from './acts.ts';
import type { Moments } from './evidence.ts';
import { HAPPENINGS } from './happenings.ts';
import { countOwed } from './order-rows.ts';
import { type Run, unlessStopped } from './run.ts';
import type { Side } from './side.ts';

/** Milliseconds between the decision to begin and the beginning, so that both sides have been told. */
const NOTICE = 500;

/** For how long the shops may go on draining after their last customer, in milliseconds. */
const AFTERMATH = 10_000;

/**
 * Plays the acts to all sides at the same time, then waits until the shops have paid what they queued.
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
  await drained(sides, run);
  return began.map(momentsOf);
}

async function drained(sides: readonly Side[], { signal }: Run): Promise<void> {
  const deadline = now() + AFTERMATH;
  while (now() < deadline) {
    const owed = await Promise.all(sides.map(({ database }) => countOwed(database.url)));
    if (owed.every((count) => count === 0)) return;
    await delay(200, undefined, { signal });
  }
}

function momentsOf(began: ReadonlyMap<Event, number>): Moments {
  return {
    slowAt: began.get('slow'),
    deadAt: began.get('hang'),
    backAt: began.get('return'),
    databaseDownAt: began.get('databaseDown'),
  };
}
