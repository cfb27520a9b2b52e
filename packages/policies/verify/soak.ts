import { type SeededRandom, seededRandom } from '@switchgear/testkit/random';
import { type CallOptions, deadlineIn } from '../src/index.ts';
import { watchedSignal } from '../test/setup/watched-signal.ts';
import { compositions } from './compositions.ts';
import { type TimerWatch, watchTimers } from './watch-timers.ts';
import { type Dependency, workOf } from './work.ts';

/** What is there when nothing is under way. */
export interface Idle {
  readonly heap: number;
  readonly timers: number;
  readonly handles: number;
}

/** What a soak found. */
export interface Soaked {
  readonly seed: number;
  readonly calls: number;
  readonly reached: number;
  readonly ended: number;
  readonly aborted: number;
  readonly endings: Readonly<Record<string, number>>;
  readonly opened: number;
  readonly timersMade: number;
  readonly before: Idle;
  readonly after: Idle;

  /** What should be nothing: slots, permits, listeners, abandoned work. */
  readonly left: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** How many calls are under way at once. */
const AT_ONCE = 200;

/** Makes a number of calls through policies of all kinds, with work, aborts and deadlines of all kinds. */
export async function soak(calls: number, seed: number): Promise<Soaked> {
  const random = seededRandom(seed);
  const timers = watchTimers();
  const through = compositions();
  const dependency: Dependency = { begun: 0, ended: 0 };
  const longLived = [watchedSignal(), watchedSignal()];
  const endings: Record<string, number> = {};
  let aborted = 0;
  let made = 0;

  async function caller(most: number): Promise<void> {
    while (made < most) {
      made++;
      const { options, giveUp } = optionsOf(random, longLived);
      const call = random.pick(through.runs)(workOf(random, dependency), options);
      if (giveUp) {
        aborted++;
        giveUp();
      }
      const ending = await call.then(
        () => 'answered',
        (error: unknown) => (error instanceof Error ? error.name : 'what the caller gave as reason'),
      );
      endings[ending] = (endings[ending] ?? 0) + 1;
    }
  }

  // What is made once, by engine and policies, is made before the first look.
  await Promise.all(Array.from({ length: AT_ONCE }, () => caller(calls / 50)));
  const before = await idle(timers, dependency);
  const begun = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, () => caller(calls)));
  const seconds = (performance.now() - begun) / 1_000;
  const after = await idle(timers, dependency);
  return {
    seed,
    calls: made,
    reached: dependency.begun,
    ended: dependency.ended,
    aborted,
    endings,
    opened: through.opened(),
    timersMade: timers.made,
    before,
    after,
    left: {
      ...through.left(),
      'listeners on long-lived signals': longLived.reduce((sum, each) => sum + each.listeners, 0),
    },
    seconds,
  };
}

/** How a caller calls: some with a long-lived signal, some with a deadline, and some give up, before, at once or later. */
function optionsOf(
  random: SeededRandom,
  longLived: readonly { readonly signal: AbortSignal }[],
): { options: CallOptions; giveUp?: () => void } {
  const deadline = random.below(10) === 0 ? deadlineIn(random.below(15)) : undefined;
  const key = `key ${random.below(50)}`;
  const how = random.below(10);
  if (how < 4) return { options: { deadline, key } };
  if (how < 7) return { options: { deadline, key, signal: random.pick(longLived).signal } };
  const controller = new AbortController();
  const { signal } = controller;
  const reason = random.pick([undefined, 'bored', new Error('gone')]);
  if (how === 7) controller.abort(reason);
  const giveUp = [
    () => undefined,
    () => controller.abort(reason),
    () => queueMicrotask(() => controller.abort(reason)),
    () => void setImmediate(() => controller.abort(reason)),
  ][random.below(4)] as () => void;
  return { options: { deadline, key, signal }, giveUp };
}

/** Waits until nothing is under way and no timer waits, and looks at what is there. */
async function idle(timers: TimerWatch, dependency: Dependency): Promise<Idle> {
  const patience = performance.now() + 10_000;
  while ((timers.waiting > 0 || dependency.ended < dependency.begun) && performance.now() < patience) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (let i = 0; i < 5; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    heap: process.memoryUsage().heapUsed,
    timers: timers.waiting,
    handles: process.getActiveResourcesInfo().length,
  };
}
