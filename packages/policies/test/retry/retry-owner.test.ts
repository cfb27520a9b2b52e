import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it, vi } from 'vitest';
import { type Call, type CallContext, pipeline, retry, retryOwner, timeout } from '../../src/index.ts';
import { deferred, rejection } from '../setup/deferred.ts';

const DOWN = Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
const quick = { wait: 1, maxWait: 1 };

/** A call that always fails, and how often it went out. */
const down = () => vi.fn((_context?: CallContext) => Promise.reject(DOWN));

describe('of retries inside each other', () => {
  it('the outermost retries: 3 × 3 attempts make 3 calls, charged to one budget', async () => {
    const outer = retry({ name: 'outer', ...quick });
    const inner = retry({ name: 'inner', ...quick });
    const call = down();
    expect(await rejection(outer.run(() => inner.run(call)))).toBe(DOWN);
    expect(call).toHaveBeenCalledTimes(3);
    expect([outer.retries, outer.nested, 10 - outer.budget.left]).toEqual([2, 0, 2]);
    expect([inner.retries, inner.nested, 10 - inner.budget.left]).toEqual([0, 3, 0]);
  });

  it('without an owner each retries for itself: 9 calls', async () => {
    const call = down();
    const thrice = async (made: () => Promise<unknown>) => {
      for (let attempt = 1; attempt < 3; attempt++) await rejection(made());
      return await made();
    };
    const inner = retry(quick);
    expect(await rejection(thrice(() => inner.run(call)))).toBe(DOWN);
    expect(call).toHaveBeenCalledTimes(9);
  });

  it('another library’s is the owner where it says so', async () => {
    const call = down();
    const inner = retry(quick);
    await rejection(
      retryOwner.run('by hand', async () => {
        await rejection(inner.run(call));
        return await inner.run(call);
      }),
    );
    expect([call.mock.calls.length, inner.nested]).toEqual([2, 2]);
  });

  it('the outermost stays the owner, and code that retries can ask for it', async () => {
    expect(retryOwner.current()).toBeUndefined();
    await retryOwner.run('outer', async (outer) => {
      await retryOwner.run('inner', (owner) => expect(owner).toBe(outer));
      expect(retryOwner.current()).toMatchObject({ name: 'outer', isActive: true });
    });
    expect(retryOwner.current()).toBeUndefined();
  });

  it('is passed on through every layer of a pipeline', async () => {
    const call = down();
    const inner = pipeline(retry(quick), timeout(60_000));
    await rejection(pipeline(retry(quick), timeout(60_000)).run((context) => inner.run(call, context)));
    expect(call).toHaveBeenCalledTimes(3);
  });
});

describe('an ownership ends', () => {
  it('with its call: work that outlives it is retried again', async () => {
    const gate = deferred();
    const call = down();
    let later: Promise<unknown> | undefined;
    await retryOwner.run('short', () => {
      later = gate.promise.then(() => rejection(retry(quick).run(call)));
    });
    gate.resolve(undefined);
    await later;
    expect(call).toHaveBeenCalledTimes(3);
  });

  it('also with a call that throws or rejects, and its error is the caller’s', async () => {
    let kept: unknown;
    const fails = (owner: unknown) => {
      kept = owner;
      throw DOWN;
    };
    expect(await rejection(retryOwner.run('thrown', fails))).toBe(DOWN);
    expect(kept).toEqual({ name: 'thrown', isActive: false });
    expect(await rejection(retryOwner.run('rejected', () => Promise.reject(DOWN)))).toBe(DOWN);
  });
});

it('calls of other callers at the same time have no owner', async () => {
  const call = down();
  const gate = deferred();
  const owned = retryOwner.run('one', () => gate.promise);
  await rejection(retry(quick).run(call));
  expect(call).toHaveBeenCalledTimes(3);
  gate.resolve(undefined);
  await owned;
});

it('an attempt runs in its caller’s context', async () => {
  const user = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const call: Call<unknown> = () => {
    seen.push(user.getStore());
    return Promise.reject(DOWN);
  };
  await user.run('ada', () => rejection(retry(quick).run(call)));
  expect(seen).toEqual(['ada', 'ada', 'ada']);
});

describe('where there is no AsyncLocalStorage', () => {
  /** The module as such a runtime would load it: it looks for one at the first call. */
  async function bare() {
    vi.resetModules();
    vi.stubGlobal('process', { ...process, getBuiltinModule: undefined });
    const kept = Symbol.for('@switchgear/retry-owner');
    const shared = Object.getOwnPropertyDescriptor(globalThis, kept);
    if (shared) Reflect.deleteProperty(globalThis, kept);
    try {
      const loaded = await import('../../src/index.ts');
      loaded.retryOwner.current();
      return loaded;
    } finally {
      vi.unstubAllGlobals();
      vi.resetModules();
      if (shared) Object.defineProperty(globalThis, kept, shared);
    }
  }

  it('the owner is seen where the context is passed on, and not elsewhere', async () => {
    const policies = await bare();
    const inner = policies.retry(quick);
    const [passed, lost] = [down(), down()];
    await rejection(policies.retry(quick).run((context) => inner.run(passed, context)));
    await rejection(policies.retry(quick).run(() => inner.run(lost)));
    expect([passed.mock.calls.length, lost.mock.calls.length]).toEqual([3, 9]);
    await rejection(policies.retryOwner.run('mine', (owner) => inner.run(passed, { retryOwner: owner })));
    expect(passed).toHaveBeenCalledTimes(4);
  });
});
