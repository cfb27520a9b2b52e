import { type Breaker, createBreaker, createRegistry } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { describe, expect, it } from 'vitest';
import { apply, load, settingsRegistry } from '../src/index.ts';

const text = (payments: string) => `breakers:\n  payments: ${payments}\n  search: { openWhen: { failureCount: 3 } }\n`;

function breakers(): { payments: Breaker; search: Breaker; other: Breaker; all: Breaker[] } {
  const [payments, search, other] = ['payments', 'search', 'other'].map((name) =>
    createBreaker({ name, clock: manualClock() }),
  ) as [Breaker, Breaker, Breaker];
  return { payments, search, other, all: [payments, search, other] };
}

const fail = (breaker: Breaker, times: number) => {
  for (let i = 0; i < times; i++) breaker.record('failure');
};

describe('apply', () => {
  it('reconfigures each breaker that the settings name, and gives others the defaults', () => {
    const { payments, search, all } = breakers();
    expect(apply(text('{ openWhen: { failureCount: 2 } }'), all)).toMatchObject({
      changed: ['payments', 'search', 'other'],
      removed: [],
    });
    fail(payments, 2);
    fail(search, 2);
    expect([payments.state, search.state]).toEqual(['open', 'closed']);
  });

  it('touches only what differs from what was applied before', () => {
    const { all } = breakers();
    apply(text('{ openWhen: { failureCount: 2 } }'), all);
    expect(apply(text('{ openWhen: { failureCount: 2 } }'), all).changed).toEqual([]);
    expect(apply(text('{ openWhen: { failureCount: 4 } }'), all).changed).toEqual(['payments']);
  });

  it('keeps the window where it fits', () => {
    const { payments, all } = breakers();
    apply(text('{ openWhen: { failureCount: 5 }, window: 1m }'), all);
    fail(payments, 3);
    apply(text('{ openWhen: { failureCount: 4 }, window: 1m }'), all);
    expect(payments.metrics()).toMatchObject({ calls: 3, failures: 3 });
    fail(payments, 1);
    expect(payments.state).toBe('open');
  });

  it('brings a setting back to its default when it leaves the file', () => {
    const { payments, all } = breakers();
    apply(text('{ openWhen: { failureCount: 1 }, permitTimeout: 5s }'), all);
    expect(payments.permitTimeout).toBe(5_000);
    apply(text('{ openWhen: { failureCount: 1 } }'), all);
    expect(payments.permitTimeout).toBe(30_000);
  });

  it('leaves a breaker as it is that is no longer in the file, and says so', () => {
    const { payments, all } = breakers();
    apply(text('{ openWhen: { failureCount: 1 } }'), all);
    expect(apply('breakers:\n  search: {}\n', all)).toMatchObject({ changed: ['search'], removed: ['payments'] });
    fail(payments, 1);
    expect(payments.state).toBe('open');
  });

  it('changes nothing if anything is wrong', () => {
    const { payments, all } = breakers();
    apply(text('{ openWhen: { failureCount: 2 } }'), all);
    expect(() => apply(`${text('{ openWhen: { failureCount: 1 } }')}  bad: { openFor: 3min }\n`, all)).toThrow(
      'bad.openFor must be a duration',
    );
    fail(payments, 1);
    expect(payments.state).toBe('closed');
    expect(apply(text('{ openWhen: { failureCount: 2 } }'), all).changed).toEqual([]);
  });

  it('sets modes, and leaves a mode that an operator has set by hand', () => {
    const { payments, search, all } = breakers();
    apply(text('{ mode: shadow }'), all);
    expect(payments.mode).toBe('shadow');
    search.setMode('isolated');
    apply(text('{ mode: disabled }'), all);
    expect([payments.mode, search.mode]).toEqual(['disabled', 'isolated']);
    apply(text('{}'), all);
    expect(payments.mode).toBe('active');
  });

  it('leaves a classifier of the program alone, except while the file has one', async () => {
    const all = [createBreaker({ name: 'payments', classify: () => 'ignored' })] as const;
    const outcomeOf = async (error: Error) => {
      const before = all[0].metrics();
      await all[0].run(() => Promise.reject(error)).catch(() => {});
      const { ignored, failures } = all[0].metrics();
      return ignored > before.ignored ? 'ignored' : failures > before.failures ? 'failure' : 'success';
    };
    apply(text('{ openWhen: { failureCount: 9 } }'), all);
    expect(await outcomeOf(new Error('any'))).toBe('ignored');
    apply(text('{ openWhen: { failureCount: 9 }, errors: { failures: [TypeError], ignored: [EABORT] } }'), all);
    expect(await outcomeOf(new TypeError('one'))).toBe('failure');
    expect(await outcomeOf(new Error('other'))).toBe('success');
    expect(await outcomeOf(Object.assign(new Error('x'), { cause: { code: 'EABORT' } }))).toBe('ignored');
    apply(text('{ openWhen: { failureCount: 9 } }'), all);
    expect(await outcomeOf(new Error('any'))).toBe('failure');
  });
});

describe('settingsRegistry', () => {
  const settings = load(
    'defaults: { timeout: 1s }\nbreakers:\n  a: { initialState: open, openFor: 10s }\n  b: { mode: isolated }\n  /^c/: { openWhen: { failureCount: 1 } }\n',
  );

  it('makes breakers with the options, the mode and the state that the file says', () => {
    const registry = settingsRegistry(settings, { base: { clock: manualClock() } });
    expect(registry.get('a').state).toBe('open');
    expect(registry.get('b').mode).toBe('isolated');
    fail(registry.get('c-1'), 1);
    expect(registry.get('c-1').state).toBe('open');
    expect(registry.get('other').state).toBe('closed');
    expect(registry.size).toBe(4);
    expect(registry.get('a')).toBe(registry.get('a'));
    expect(registry.peek('zzz')).toBeUndefined();
    expect(registry.delete('a')).toBe(true);
    expect([...registry].map(({ name }) => name)).not.toContain('a');
  });

  it('is what createRegistry makes of settings.options, but for mode and state', () => {
    const registry = createRegistry({ options: settings.options });
    fail(registry.get('c-2'), 1);
    expect(registry.get('c-2').state).toBe('open');
    expect(registry.get('b').mode).toBe('active');
  });
});
