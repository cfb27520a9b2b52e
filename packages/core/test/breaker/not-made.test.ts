import { describe, expect, it, vi } from 'vitest';
import { type Observed, observed } from './breakers.ts';

const reasons: readonly (readonly [string, unknown])[] = [
  ['an AbortError', new DOMException('gone', 'AbortError')],
  ['a TimeoutError', new DOMException('late', 'TimeoutError')],
  ['a string', 'changed my mind'],
  ['null', null],
  ['0', 0],
];

const standings: readonly (readonly [string, (under: Observed) => void])[] = [
  ['closed', () => {}],
  ['open', ({ breaker }) => breaker.trip()],
  ['half-open', ({ breaker, clock }) => [breaker.trip(), clock.advance(1_000)]],
  ['isolated', ({ breaker }) => breaker.setMode('isolated')],
  ['disabled', ({ breaker }) => breaker.setMode('disabled')],
  ['shadow', ({ breaker }) => breaker.setMode('shadow')],
];

const fired = (reason: unknown) => {
  const controller = new AbortController();
  controller.abort(reason);
  return controller.signal;
};

describe('a signal that has fired before the call', () => {
  it.each(standings.flatMap(([standing, bring]) => reasons.map(([what, reason]) => [standing, what, bring, reason])))(
    'rejects with its reason, takes no permit and counts nothing: %s, %s',
    async (_standing, _what, bring, reason) => {
      const under = observed();
      (bring as (under: Observed) => void)(under);
      const { breaker, events } = under;
      const before = [breaker.metrics(), breaker.retryAfter, events.length];
      const call = vi.fn();
      await expect(breaker.run(call, { signal: fired(reason) })).rejects.toBe(reason);
      expect(call).not.toHaveBeenCalled();
      expect([breaker.metrics(), breaker.retryAfter, events.length]).toEqual(before);
    },
  );

  it('rejects with an AbortError if an old kind of signal has no reason', async () => {
    const call = vi.fn();
    const refused = observed().breaker.run(call, { signal: { aborted: true } });
    await expect(refused).rejects.toMatchObject({ name: 'AbortError' });
    expect(call).not.toHaveBeenCalled();
  });

  it('rejects, even if reading its reason throws', async () => {
    const signal = {
      aborted: true,
      get reason() {
        return expect.fail('read');
      },
    };
    await expect(observed().breaker.run(() => 1, { signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a signal', () => {
  it.each([null, undefined])('that is %s means none, as for fetch', async (signal) => {
    expect(await observed().breaker.run(() => 'made', { signal })).toBe('made');
  });

  it.each([5, 'signal', true, {}, { aborted: 'no' }, new AbortController()])(
    'that is not a signal is refused with a TypeError, and nothing is counted: %s',
    async (signal) => {
      const { breaker } = observed();
      const call = vi.fn();
      await expect(breaker.run(call, { signal: signal as never })).rejects.toThrow('must be an AbortSignal, got');
      expect(call).not.toHaveBeenCalled();
      expect(breaker.metrics()).toMatchObject({ calls: 0, failures: 0, ignored: 0, errors: 0 });
    },
  );
});

describe('a value that is not a function', () => {
  it.each([
    ['a promise', Promise.resolve('made already')],
    ['undefined', undefined],
    ['null', null],
    ['text', 'https://payments.example'],
    ['an object', {}],
  ])('is refused with what to write instead, and never counted: %s', async (_what, call) => {
    const { breaker } = observed();
    for (let i = 0; i < 5; i++) {
      const refused = breaker.run(call as never);
      await expect(refused).rejects.toThrow(TypeError);
      await expect(refused).rejects.toThrow('run(() => fetch(url))');
    }
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics()).toMatchObject({ calls: 0, failures: 0, ignored: 0 });
  });
});

describe('a promise of the call', () => {
  it('that is native but has its own then is treated as by await: each call settles once', async () => {
    const { breaker } = observed();
    const twice = Object.assign(Promise.resolve('value'), {
      // biome-ignore lint/suspicious/noThenProperty: that is the point
      then: (onValue: (value: string) => unknown, onError: (error: unknown) => unknown) => {
        onValue('a');
        return onError(new Error('b'));
      },
    });
    expect(await breaker.run(() => twice as unknown as Promise<string>)).toBe('value');
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 0 });
  });
});
