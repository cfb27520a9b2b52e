import { withGlobal } from '@sinonjs/fake-timers';
import type { Caller, Guard, World } from './policy.ts';

/**
 * Turns of the promise queue that a package needs to record an outcome. A test shows that twice as many change nothing.
 */
export const TURNS = 12;

/** A running package. */
export interface Package {
  fire(call: () => Promise<unknown>): Promise<unknown>;
  stop?(): void;
}

/** A call in flight, which is ended from outside. */
interface Pass {
  succeed(): void;
  fail(error: Error): void;
}

const FAILURE = new Error('the call failed');

/**
 * A package as it is, with the clock and the timers of the whole process replaced while it runs. Nothing else may run
 * meanwhile. A call counts as made when the package makes it, and as refused if it rejects without making it.
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
