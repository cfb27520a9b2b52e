import { afterEach, describe, expect, it, vi } from 'vitest';
import { breakerFetch, createBreaker } from '../src/index.ts';
import { watch } from './watch.ts';

afterEach(() => vi.unstubAllGlobals());

const ADDRESS = 'http://a.example/';

/** Makes a platform whose fetch answers, and counts what reaches it. */
function platform(): { asked(): number } {
  let asked = 0;
  vi.stubGlobal('fetch', async () => {
    asked++;
    return new Response('from the platform');
  });
  return { asked: () => asked };
}

/** What libraries put in the place of the global fetch, over what they found there. */
const wrappers: Readonly<Record<string, (inner: typeof fetch) => typeof fetch>> = {
  'at once':
    (inner) =>
    (...args) =>
      inner(...args),
  'after a while':
    (inner) =>
    async (...args) => {
      await new Promise(setImmediate);
      return inner(...args);
    },
  'with a Request of its own':
    (inner) =>
    async (...args) =>
      inner(new Request(...args)),
};

describe('a protected fetch that is made the global one', () => {
  it('reaches the platform, once for each call', async () => {
    const { asked } = platform();
    globalThis.fetch = breakerFetch();
    expect(await (await fetch(ADDRESS)).text()).toBe('from the platform');
    expect((await fetch('data:,x')).status).toBe(200);
    expect(asked()).toBe(2);
  });

  it.each(Object.entries(wrappers))('and that a library wraps later, which passes it on %s', async (_how, wrap) => {
    const { asked } = platform();
    const { fetch: own, permits } = watch();
    globalThis.fetch = own;
    await null;
    globalThis.fetch = wrap(globalThis.fetch);
    expect((await fetch(ADDRESS)).status).toBe(200);
    expect((await own(ADDRESS)).status).toBe(200);
    expect(asked()).toBe(2);
    expect(permits).toMatchObject({ issued: 2, inFlight: 0 });
  });

  it.each([ADDRESS, 'data:,x'])('inside a wrapper from the beginning: %s', async (address) => {
    const { asked } = platform();
    const { fetch: own, permits } = watch();
    globalThis.fetch = (...args) => own(...args);
    expect((await fetch(address)).status).toBe(200);
    expect(asked()).toBe(1);
    expect(permits.issued).toBe(address === ADDRESS ? 1 : 0);
  });

  it('and is given a function that calls the global one', async () => {
    const { asked } = platform();
    const { fetch: own, permits } = watch({ fetch: (...args) => globalThis.fetch(...args) });
    globalThis.fetch = own;
    expect((await fetch(ADDRESS)).status).toBe(200);
    expect(asked()).toBe(1);
    expect(permits.issued).toBe(1);
  });

  it('twice, as by a hot reload, still reaches the platform', async () => {
    const { asked } = platform();
    globalThis.fetch = breakerFetch();
    globalThis.fetch = breakerFetch();
    expect((await fetch(ADDRESS)).status).toBe(200);
    expect(asked()).toBe(1);
  });

  it('heeds what a test puts in the place of the global fetch, unless it is the global one itself', async () => {
    platform();
    const call = breakerFetch();
    vi.stubGlobal('fetch', async () => new Response('a mock'));
    expect(await (await call(ADDRESS)).text()).toBe('a mock');
  });
});

describe('a fetch of one’s own that makes another call', () => {
  it('has it protected as well', async () => {
    const { fetch, permits } = watch({
      fetch: async (input) => {
        if (String(input) === ADDRESS) await fetch(`${ADDRESS}token`);
        return new Response('ok');
      },
    });
    await fetch(ADDRESS);
    expect(permits).toMatchObject({ issued: 2, inFlight: 0 });
  });
});

describe('the breakers of a fetch', () => {
  it('are those of its origins where it makes them itself, and can be looked at', async () => {
    platform();
    const call = breakerFetch();
    await call(`${ADDRESS}x`);
    await call('https://b.example/');
    expect([...call.breakers].map(({ name }) => name)).toEqual(['http://a.example', 'https://b.example']);
    expect(call.breakers.peek('http://a.example')?.metrics().calls).toBe(1);
    expect(Object.keys(call)).toEqual([]);
  });

  it('are not shown where they are given, nor taken over from a fetch below', () => {
    expect(breakerFetch({ breaker: createBreaker({ name: 'one' }) })).not.toHaveProperty('breakers');
    const below = breakerFetch();
    const above = breakerFetch({ fetch: below });
    expect(above.breakers).not.toBe(below.breakers);
  });
});
