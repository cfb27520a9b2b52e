import { withGlobal } from '@sinonjs/fake-timers';
import type { Caller, Guard, World } from './policy.ts';

/**
 * Promises that have to run after each other until a package has taken note of an ending. Twice as many change
 * nothing: a test.
 */
export const TURNS = 12;

/** A package at work: calls through it, and ends of it. */
export interface Package {
  fire(call: () => Promise<unknown>): Promise<unknown>;
  stop?(): void;
}

/** A call under way, to be ended from outside. */
interface Pass {
  succeed(): void;
  fail(error: Error): void;
}

const FAILURE = new Error('the call failed');

/**
 * A package as it is, with the clock and the timers of the whole process replaced while it runs. Nothing else may run
 * meanwhile. A call that it lets wait is made when it makes it; one it rejects without making it is refused.
 */
export function withFakeTime({ now }: World, make: () => Package, turns: number = TURNS): Guard {
  const clock = withGlobal(globalThis).install({
    now: 0,
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
  });
  let at = 0;
  const tick = (): void => {
    const passed = now() - at;
    at = now();
    if (passed > 0) clock.tick(passed);
  };
  const under = make();
  return {
    ask(caller: Caller) {
      tick();
      let made = false;
      const call = (): Promise<unknown> =>
        new Promise((succeed, fail) => {
          made = true;
          caller.proceed({ succeed: () => succeed(undefined), fail } satisfies Pass);
        });
      under.fire(call).catch(() => {
        if (!made) caller.refuse();
      });
    },
    settle(pass, succeeded) {
      tick();
      if (succeeded) (pass as Pass).succeed();
      else (pass as Pass).fail(FAILURE);
    },
    async idle() {
      for (let turn = 0; turn < turns; turn++) await undefined;
    },
    stop() {
      under.stop?.();
      clock.uninstall();
    },
  };
}
