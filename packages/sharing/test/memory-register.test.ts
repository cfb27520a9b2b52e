import { describeRegister } from '@switchgear/testkit';
import * as vitest from 'vitest';
import { describe, expect, it } from 'vitest';
import { memoryRegister, type Register } from '../src/index.ts';
import { VirtualTime } from './virtual-time.ts';

const one = memoryRegister();
/** Whether the way to it is broken: half of what is asked then is done all the same, but nobody is told. */
let isBroken = false;
let asked = 0;

/** A way to the register in which answers may get lost. */
function member(): Register {
  const lossy = async <Answer>(ask: () => PromiseLike<Answer>): Promise<Answer> => {
    const isLost = isBroken;
    // Another turn, so that others come between.
    if (asked++ % 2) await new Promise(setImmediate);
    if (isLost && asked % 4 < 2) throw new Error('not sent');
    const answer = await ask();
    if (isLost) throw new Error('the answer was lost');
    return answer;
  };
  return {
    read: (prefix) => lossy(() => one.read(prefix)),
    swap: (...what) => lossy(() => one.swap(...what)),
    watch: one.watch?.bind(one),
  } as Register;
}

describeRegister('memoryRegister', member, vitest, {
  meanwhile: {
    async 'answers get lost'() {
      isBroken = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
      isBroken = false;
    },
  },
});

describe('memoryRegister', () => {
  it('forgets a key after its ttl and not before, whoever asks', async () => {
    const clock = new VirtualTime();
    const register = memoryRegister({ clock });
    await register.swap('key', undefined, 'one', 1_000);
    clock.jump(999);
    expect((await register.read('')).get('key')).toMatchObject({ value: 'one', age: 999 });
    clock.jump(1);
    expect(await register.read('')).toEqual(new Map());
    expect(await register.swap('key', undefined, 'two', 1_000)).toMatchObject({
      won: true,
      now: { value: 'two', age: 0 },
    });
  });

  it('refuses an option that there is not, and a clock that is none', () => {
    expect(() => memoryRegister({ clok: performance } as never)).toThrow(/clok/);
    expect(() => memoryRegister({ clock: 5 } as never)).toThrow(/clock/);
  });
});
