import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { breakerFetch, createBreaker } from '../src/index.ts';
import { watch } from './watch.ts';

afterEach(() => vi.unstubAllGlobals());

const ok = async () => new Response('ok');

describe('a protected fetch is a fetch', () => {
  it('has its type, its name and its length', () => {
    const call = breakerFetch();
    expectTypeOf(call).toExtend<typeof fetch>();
    expectTypeOf(breakerFetch({ breaker: createBreaker({ name: 'one' }) })).toEqualTypeOf<typeof fetch>();
    expect([call.name, call.length]).toEqual(['fetch', 1]);
  });

  it('rejects and never throws', async () => {
    const { fetch } = watch({
      fetch: () => {
        throw new Error('at once');
      },
    });
    await expect(fetch('http://a.example')).rejects.toThrow('at once');
    await expect((breakerFetch() as unknown as () => Promise<Response>)()).rejects.toThrow(TypeError);
    await expect(breakerFetch()(Symbol('no address') as never)).rejects.toThrow(TypeError);
    await expect(breakerFetch()(null as never)).rejects.toThrow(TypeError);
  });

  it('keeps what runtimes and libraries put on fetch', () => {
    const preconnect = () => undefined;
    const given = Object.assign(async () => new Response(), { preconnect });
    expect(breakerFetch({ fetch: given })).toHaveProperty('preconnect', preconnect);
    vi.stubGlobal('fetch', given);
    expect(breakerFetch()).toHaveProperty('preconnect', preconnect);
  });

  it('calls the global fetch of the moment, and calls it unbound', async () => {
    const { fetch } = watch();
    const seen: unknown[] = [];
    vi.stubGlobal('fetch', function (this: unknown) {
      seen.push(this);
      return ok();
    });
    await fetch('http://a.example');
    await fetch('data:,x');
    expect(seen).toEqual([undefined, undefined]);
  });

  it('hands on each argument as it was given', async () => {
    const seen: unknown[][] = [];
    const { fetch } = watch({
      fetch: async (...args) => {
        seen.push(args);
        return new Response();
      },
    });
    const request = new Request('http://a.example', { method: 'POST', body: 'x' });
    const init = { signal: null };
    await fetch(request, init);
    await fetch('http://a.example');
    expect(seen).toEqual([[request, init], ['http://a.example']]);
    expect(seen[0]?.[0]).toBe(request);
    expect(seen[0]?.[1]).toBe(init);
  });

  it('leaves the body of a request unread and uncloned', async () => {
    const clone = vi.spyOn(Request.prototype, 'clone');
    const { fetch } = watch({ fetch: async (input) => new Response((input as Request).body) });
    const request = new Request('http://a.example', { method: 'POST', body: 'once' });
    expect(await (await fetch(request)).text()).toBe('once');
    expect(clone).not.toHaveBeenCalled();
    clone.mockRestore();
  });

  it('reads headers no sooner than fetch does: some can be read once only', async () => {
    const { fetch } = watch({ fetch: async (...args) => Response.json([...new Headers(args[1]?.headers)]) });
    const headers = new Map([['a', 'b']]).entries() as unknown as [string, string][];
    expect(await (await fetch('http://a.example', { headers })).json()).toEqual([['a', 'b']]);
  });

  it('keeps its caller in the stack of an error', async () => {
    const { fetch } = watch({
      fetch: async () => {
        await new Promise(setImmediate);
        throw new Error('late');
      },
    });
    async function theCaller(): Promise<void> {
      await fetch('http://a.example');
    }
    await expect(theCaller()).rejects.toHaveProperty('stack', expect.stringContaining('theCaller'));
  });
});

describe('a breaker for each origin', () => {
  it('is there by default: one that fails leaves the others alone', async () => {
    const call = breakerFetch({
      fetch: async (input) => new Response('', { status: new URL(String(input)).port === '1' ? 503 : 200 }),
    });
    let refusal: unknown;
    while (!refusal) {
      await call('http://a.example:1/x').catch((error) => {
        refusal = error;
      });
      // Failures of one millisecond count as one.
      await setTimeout(2);
    }
    expect(refusal).toMatchObject({ name: 'CircuitOpenError', breaker: 'http://a.example:1' });
    expect((await call('http://a.example:2/')).status).toBe(200);
  });

  it('may be another for each request, or none', async () => {
    const writes = createBreaker({ name: 'writes' });
    const call = breakerFetch({ fetch: ok, breaker: ({ method }) => (method === 'POST' ? writes : undefined) });
    writes.setMode('isolated');
    await expect(call('http://a.example', { method: 'post' })).rejects.toHaveProperty('breaker', 'writes');
    await expect(call(new Request('http://a.example', { method: 'POST' }))).rejects.toHaveProperty('breaker', 'writes');
    expect((await call('http://a.example')).status).toBe(200);
  });

  it('that cannot be chosen is the request’s error', async () => {
    const call = breakerFetch({
      breaker: () => {
        throw new Error('no such tenant');
      },
    });
    await expect(call('http://a.example')).rejects.toThrow('no such tenant');
  });
});

describe('a classifier', () => {
  it('has the first word, and leaves what it does not name to the default', async () => {
    const { fetch, outcomes } = watch({
      fetch: async (input) => new Response('', { status: Number(new URL(String(input)).pathname.slice(1)) }),
      classify: (ending) => ('value' in ending && ending.value.status === 401 ? 'failure' : undefined),
    });
    for (const status of [401, 404, 500]) await fetch(`http://a.example/${status}`);
    expect(outcomes).toEqual(['failure', 'success', 'failure 500']);
  });

  it('that throws is reported, and the default stands', async () => {
    const reported: unknown[] = [];
    const { fetch, outcomes } = watch(
      {
        fetch: ok,
        classify: () => {
          throw new Error('a mistake');
        },
      },
      { onError: (error, where) => reported.push(where, error) },
    );
    expect((await fetch('http://a.example')).status).toBe(200);
    expect(outcomes).toEqual(['success']);
    expect(reported).toEqual(['classify', new Error('a mistake')]);
  });
});

describe('an option out of the ordinary is refused when the fetch is made', () => {
  it.each<[options: unknown, message: string]>([
    [null, 'breakerFetch must be an object, got null; for example breakerFetch({ breaker: … })'],
    [
      { braeker: 1 },
      "breakerFetch has no option 'braeker'; it takes breaker, route, attempts, trust, fetch, classify, onOpen, observeBody, base. did you mean 'breaker'?",
    ],
    [{ breaker: 'payments' }, "breaker must be a breaker or a function that picks one for a request, got 'payments'"],
    [{ breaker: {} }, 'breaker must be a breaker or a function that picks one for a request, got an object'],
    [{ fetch: {} }, 'fetch must be a function, got an object'],
    [{ classify: 5 }, 'classify must be a function, got 5'],
    [{ onOpen: 'answer' }, "onOpen must be 'throw', 'respond' or a function, got 'answer'"],
    [{ observeBody: 'yes' }, "observeBody must be true or false, got 'yes'"],
    [{ base: '/a' }, "base must be an absolute address, got '/a'"],
  ])('%j', (options, message) => {
    const Refusal = /got \d+$/.test(message) ? RangeError : TypeError;
    expect(() => breakerFetch(options as never)).toThrow(new Refusal(`Switchgear: ${message}`));
  });

  it('an option that is undefined is one left out', async () => {
    const none = {
      breaker: undefined,
      fetch: undefined,
      classify: undefined,
      onOpen: undefined,
      observeBody: undefined,
    };
    expect(await (await breakerFetch(none)('data:,x')).text()).toBe('x');
  });
});
