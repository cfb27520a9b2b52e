import { describe, expect, it, vi } from 'vitest';
import {
  type Breaker,
  type BreakerEvent,
  type GuardStreamOptions,
  guardStream,
  slowCallRate,
} from '../../src/index.ts';
import { observed } from './breakers.ts';

type Chunks = AsyncIterable<string>;

async function* chunks(...of: (string | Error)[]): AsyncGenerator<string> {
  for (const each of of) {
    if (each instanceof Error) throw each;
    yield each;
  }
}

/** Reads to the end. What came, and what it ended with. */
async function readAll(stream: Chunks): Promise<[string[], unknown]> {
  const seen: string[] = [];
  try {
    for await (const chunk of stream) seen.push(chunk);
    return [seen, undefined];
  } catch (error) {
    return [seen, error];
  }
}

/** A breaker whose outcomes are written down, and streams behind it. */
function guarding(options: GuardStreamOptions<string> = {}) {
  const under = observed();
  const outcomes: BreakerEvent[] = [];
  under.breaker.subscribe((event) => event.type === 'outcome' && outcomes.push(event), { outcomes: true });
  const stream = (open: () => Chunks | Promise<Chunks>) => guardStream(under.breaker, open, options);
  return { ...under, outcomes, stream };
}

const halfOpen = ({ breaker, clock }: ReturnType<typeof guarding>) => [breaker.trip(), clock.advance(1_000)];
const down = new Error('down');

describe('a guarded stream', () => {
  it('yields the chunks as they arrive, and is settled at its end', async () => {
    const { stream, outcomes, breaker } = guarding();
    const reading = stream(() => chunks('a', 'b'));
    expect(await reading.next()).toEqual({ done: false, value: 'a' });
    expect(outcomes).toEqual([]);
    expect(await reading.next()).toEqual({ done: false, value: 'b' });
    expect(await reading.next()).toMatchObject({ done: true });
    expect(await reading.next()).toMatchObject({ done: true });
    expect(outcomes).toMatchObject([{ outcome: 'success' }]);
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 0 });
  });

  it.each<[string, () => Chunks | Promise<Chunks>, string[]]>([
    ['breaks off', () => chunks('a', down), ['a']],
    ['never begins', () => chunks(down), []],
    ['is promised and not given', () => Promise.reject(down), []],
    [
      'is not even promised',
      () => {
        throw down;
      },
      [],
    ],
  ])('that %s is a failure, and its reader gets the error itself', async (_what, open, seen) => {
    const { stream, outcomes } = guarding();
    expect(await readAll(stream(open))).toEqual([seen, down]);
    expect(outcomes).toMatchObject([{ outcome: 'failure' }]);
  });

  it.each([
    ['before the first chunk', 0],
    ['in the middle', 1],
  ])('whose reader leaves is ignored, and its source is closed: %s', async (_when, after) => {
    const { stream, outcomes } = guarding();
    const closed = vi.fn();
    async function* source(): AsyncGenerator<string> {
      try {
        yield* chunks('a', 'b');
      } finally {
        closed();
      }
    }
    const reading = stream(source);
    const first = reading.next();
    if (after > 0) await first;
    await reading.return();
    await first;
    expect(closed).toHaveBeenCalledOnce();
    expect(outcomes).toMatchObject([{ outcome: 'ignored' }]);
    expect(await reading.next()).toMatchObject({ done: true });
  });

  it('that is never read makes no call and takes no permit', async () => {
    const { stream, outcomes, breaker } = guarding();
    halfOpen(guarding());
    const open = vi.fn(() => chunks('a'));
    await stream(open).return();
    expect(open).not.toHaveBeenCalled();
    expect([outcomes, breaker.state]).toEqual([[], 'closed']);
  });

  it('is refused at its first read while the circuit is open', async () => {
    const { stream, breaker } = guarding();
    breaker.trip();
    const open = vi.fn(() => chunks('a'));
    expect((await readAll(stream(open)))[1]).toMatchObject({ code: 'EOPENBREAKER' });
    expect(open).not.toHaveBeenCalled();
  });

  it('whose signal has fired is not opened, and rejects with the reason', async () => {
    const { stream, outcomes } = guarding({ signal: AbortSignal.abort(null) });
    expect(await readAll(stream(() => expect.fail('called')))).toEqual([[], null]);
    expect(outcomes).toEqual([]);
  });

  it('that breaks off because its caller aborted is ignored', async () => {
    const controller = new AbortController();
    const { stream, outcomes } = guarding({ signal: controller.signal });
    const reading = stream(() => chunks('a', down));
    await reading.next();
    controller.abort();
    await expect(reading.next()).rejects.toBe(down);
    expect(outcomes).toMatchObject([{ outcome: 'ignored' }]);
  });

  it('has the time to the first chunk as its duration', async () => {
    const { stream, outcomes, clock } = guarding();
    async function* source(): AsyncGenerator<string> {
      clock.advance(30);
      yield 'a';
      clock.advance(60_000);
      yield 'b';
    }
    await readAll(stream(source));
    expect(outcomes).toMatchObject([{ outcome: 'success', duration: 30 }]);
  });

  it('is timed by the clock of its breaker, also of one that another copy of the package made', async () => {
    const { breaker, outcomes, clock } = guarding();
    const foreign = Object.create(null, {
      name: { value: breaker.name },
      clock: { value: breaker.clock },
      acquire: { value: () => breaker.acquire() },
    }) as Breaker;
    async function* source(): AsyncGenerator<string> {
      clock.advance(30);
      yield 'a';
    }
    await readAll(guardStream(foreign, source));
    expect(outcomes).toMatchObject([{ outcome: 'success', duration: 30 }]);
  });

  it('is slow if its first chunk is, not if it is long', async () => {
    const { breaker, clock } = observed({ openWhen: slowCallRate(1, { slowerThan: 50, minimumCalls: 1 }) });
    async function* source(): AsyncGenerator<string> {
      yield 'a';
      clock.advance(60_000);
      yield 'b';
    }
    await readAll(guardStream(breaker, source));
    expect(breaker.state).toBe('closed');
  });

  it('as a probe is settled by its first chunk; a later break is recorded', async () => {
    const under = guarding();
    halfOpen(under);
    const reading = under.stream(() => chunks('a', down));
    await reading.next();
    expect(under.outcomes).toMatchObject([{ outcome: 'success' }]);
    await expect(reading.next()).rejects.toBe(down);
    expect(under.outcomes).toMatchObject([{ outcome: 'success' }, { outcome: 'failure' }]);
  });

  it('as a probe stays settled if its reader leaves after the first chunk', async () => {
    const under = guarding();
    halfOpen(under);
    const reading = under.stream(() => chunks('a', 'b'));
    await reading.next();
    await reading.return();
    expect(under.outcomes).toHaveLength(1);
  });

  it('that is not iterable is a mistake of the caller', async () => {
    const { stream, outcomes } = guarding();
    const [, error] = await readAll(stream(() => [] as never));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toContain('an async iterable');
    expect(outcomes).toMatchObject([{ outcome: 'ignored' }]);
  });

  it('is classified by its error or its last chunk', async () => {
    const classify = (ending: object) => ('value' in ending && ending.value === 'error' ? 'failure' : undefined);
    const { stream, outcomes } = guarding({ classify });
    await readAll(stream(() => chunks('a', 'error')));
    expect(outcomes).toMatchObject([{ outcome: 'failure' }]);
  });

  it('may be asked for chunks before the last has come', async () => {
    const { stream, outcomes } = guarding();
    const reading = stream(() => chunks('a', 'b'));
    const results = await Promise.all([reading.next(), reading.next(), reading.next()]);
    expect(results.map(({ value }) => value)).toEqual(['a', 'b', undefined]);
    expect(outcomes).toHaveLength(1);
  });

  it('passes an error of its reader on to the source', async () => {
    const { stream, outcomes } = guarding();
    const reading = stream(() => chunks('a', 'b'));
    await reading.next();
    await expect(reading.throw(down)).rejects.toBe(down);
    expect(outcomes).toMatchObject([{ outcome: 'ignored' }]);
  });
});

describe('a stream with a last chunk', () => {
  const isLast = (chunk: string) => chunk === '[DONE]';

  it('is complete with it, even if its reader leaves then', async () => {
    const { stream, outcomes } = guarding({ isLast });
    await readAll(stream(() => chunks('a', '[DONE]')));
    for await (const chunk of stream(() => chunks('a', '[DONE]', 'more'))) if (isLast(chunk)) break;
    expect(outcomes).toMatchObject([{ outcome: 'success' }, { outcome: 'success' }]);
  });

  it.each(['record', 'throw', undefined] as const)('that ends without it counts as cut off: %s', async (truncated) => {
    const { stream, outcomes } = guarding({ isLast, truncated });
    const [seen, error] = await readAll(stream(() => chunks('a')));
    expect(seen).toEqual(['a']);
    expect((error as Partial<{ code: string }> | undefined)?.code).toBe(
      truncated === 'throw' ? 'ESTREAMTRUNCATED' : undefined,
    );
    expect(outcomes).toMatchObject([{ outcome: 'failure', kind: 'truncated' }]);
  });

  it('whose isLast throws reports that, and reads on', async () => {
    const { stream, breaker } = guarding({ isLast: () => expect.fail('bug') });
    expect((await readAll(stream(() => chunks('a', 'b'))))[0]).toEqual(['a', 'b']);
    expect(breaker.metrics().errors).toBe(2);
  });
});

describe('guardStream refuses immediately', () => {
  it.each<[string, () => unknown, string]>([
    ['a stream that was opened already', () => guardStream(observed().breaker, chunks() as never), 'given a function'],
    ['an unknown option', () => guardStream(observed().breaker, () => chunks(), { islast: 1 } as never), "'isLast'?"],
    [
      'an unknown value',
      () => guardStream(observed().breaker, () => chunks(), { truncated: 'no' as never }),
      "'record'",
    ],
  ])('%s', (_what, make, message) => {
    expect(make).toThrow(message);
  });
});
