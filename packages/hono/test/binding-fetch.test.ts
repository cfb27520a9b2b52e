import { CircuitOpenError, createBreaker } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import { Hono } from 'hono';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type Binding, bindingFetch, breakerProxy, circuitBreaker, classifyUpstream } from '../src/index.ts';

const ADDRESS = 'http://accounts/1';

/** A binding as Workers give it: its methods cannot be called without it. */
class Worker implements Binding {
  readonly #answer: (request: Request) => Response | Promise<Response>;
  calls = 0;

  constructor(answer: (request: Request) => Response | Promise<Response>) {
    this.#answer = answer;
  }

  async fetch(...args: Parameters<typeof fetch>): Promise<Response> {
    this.calls += 1;
    return this.#answer(new Request(...args));
  }
}

/** An error as it arrives from the other side. */
function marked(marks: Record<string, boolean>, name = 'Error'): Error {
  return Object.assign(new Error('on the other side'), { name, ...marks });
}

function throwing(error: unknown): Worker {
  return new Worker(() => {
    throw error;
  });
}

describe('a binding is called as Workers require', () => {
  it('as its method, with the same arguments', async () => {
    const worker = new Worker(async (request) => Response.json([request.method, request.url, await request.text()]));
    const { breaker, outcomes } = watchBreaker();
    const fetch = bindingFetch(worker, { breaker });
    expect(await (await fetch(ADDRESS, { method: 'PUT', body: 'x' })).json()).toEqual(['PUT', ADDRESS, 'x']);
    expect(await (await fetch(new Request(ADDRESS))).json()).toEqual(['GET', ADDRESS, '']);
    expect(outcomes).toEqual(['success', 'success']);
    expect(fetch.name).toBe('fetch');
    expectTypeOf<typeof globalThis.fetch>().toExtend<Binding['fetch']>();
  });

  it('and rejects with what it throws at once, as with what it rejects with', async () => {
    const { breaker, outcomes } = watchBreaker();
    const broken = new Error('broken');
    const throwing = () => {
      throw broken;
    };
    await expect(bindingFetch({ fetch: throwing }, { breaker })(ADDRESS)).rejects.toBe(broken);
    const stream = { method: 'GET', body: new ReadableStream() };
    await expect(bindingFetch({ fetch: throwing }, { breaker })(ADDRESS, stream)).rejects.toThrow(TypeError);
    expect(outcomes).toEqual(['failure network']);
  });

  it('in an app, with the request unchanged', async () => {
    const { breaker } = watchBreaker();
    const app = new Hono<{ Bindings: { ACCOUNTS: Binding } }>();
    app.get('/accounts/:id', (c) => bindingFetch(c.env.ACCOUNTS, { breaker })(c.req.raw));
    const worker = new Worker((request) => new Response(new URL(request.url).pathname));
    expect(await (await app.request('/accounts/7', {}, { ACCOUNTS: worker })).text()).toBe('/accounts/7');
  });
});

describe('an error that comes through a binding is classified by its mark', () => {
  it.each<[what: string, error: Error, outcome: string]>([
    ['code that threw', marked({ remote: true }), 'failure remote'],
    ['code whose own call was aborted', marked({ remote: true }, 'AbortError'), 'failure remote'],
    ['an object with too much to do', marked({ overloaded: true, remote: true }), 'failure overloaded'],
    ['a call that the platform lost', marked({ retryable: true, remote: false }), 'failure retryable'],
    ['what has no marks', marked({}), 'failure network'],
    ['time that ran out on this side', marked({}, 'TimeoutError'), 'failure timeout'],
  ])('%s', async (_what, error, outcome) => {
    const { breaker, outcomes, permits } = watchBreaker();
    await expect(bindingFetch(throwing(error), { breaker })(ADDRESS)).rejects.toBe(error);
    const app = new Hono().get(
      '*',
      breakerProxy({ to: 'http://a', breaker, forward: () => throwing(error).fetch(ADDRESS) }),
    );
    app.onError((_error, c) => c.text('', 502));
    await app.request('/');
    expect(outcomes).toEqual([outcome, outcome]);
    expect(permits).toMatchObject({ issued: 2, inFlight: 0 });
  });

  it('in RPC too, if the breaker is given the same classifier', async () => {
    const breaker = createBreaker({ name: 'rpc', classify: classifyUpstream });
    const kinds: (string | undefined)[] = [];
    breaker.subscribe(({ kind, outcome }) => kinds.push(kind ?? outcome), { outcomes: true });
    await expect(breaker.run(() => Promise.reject(marked({ overloaded: true })))).rejects.toThrow();
    for (const value of [undefined, null, 7, { status: 'shipped' }, { status: 500, headers: {} }]) {
      expect(await breaker.run(() => value)).toBe(value);
    }
    expect(kinds).toEqual(['overloaded', 'success', 'success', 'success', 'success', '500']);
  });

  it('a classifier may count some exceptions as answers', async () => {
    const { breaker, outcomes } = watchBreaker();
    const classify = (ending: object) =>
      'error' in ending && (ending.error as Error).name === 'RangeError' ? ('success' as const) : undefined;
    const fetch = bindingFetch(throwing(marked({ remote: true }, 'RangeError')), { breaker, classify });
    await expect(fetch(ADDRESS)).rejects.toThrow();
    expect(outcomes).toEqual(['success']);
  });

  it('an abort by the caller is ignored', async () => {
    const { breaker, outcomes } = watchBreaker();
    for (const by of ['init', 'request']) {
      const controller = new AbortController();
      const { signal } = controller;
      const worker = new Worker(() => new Promise(() => undefined));
      worker.fetch = () => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject('left')));
      const fetch = bindingFetch(worker, { breaker });
      const request = new Request(ADDRESS, { signal });
      const call = by === 'init' ? fetch(ADDRESS, { signal }) : fetch(request);
      controller.abort();
      await expect(call).rejects.toBe('left');
    }
    expect(outcomes).toEqual(['ignored', 'ignored']);
  });
});

describe('while the circuit is open', () => {
  const worker = throwing(new Error('asked all the same'));

  it('the binding is not called, and its caller gets a 503, which a breaker around it ignores', async () => {
    const [{ breaker }, outer] = [watchBreaker(), watchBreaker()];
    breaker.trip(1_500);
    const app = new Hono();
    app.use(circuitBreaker({ breaker: outer.breaker }));
    app.get('*', (c) => bindingFetch(worker, { breaker })(c.req.raw));
    const answer = await app.request('/');
    expect([answer.status, answer.headers.get('retry-after'), worker.calls]).toEqual([503, '2', 0]);
    expect(outer.outcomes).toEqual(['ignored EOPENBREAKER']);
  });

  it('or the refusal is thrown, or a function answers', async () => {
    const { breaker } = watchBreaker();
    breaker.trip();
    await expect(bindingFetch(worker, { breaker, onOpen: 'throw' })(ADDRESS)).rejects.toThrow(CircuitOpenError);
    const own = bindingFetch(worker, { breaker, onOpen: ({ retryAfter }) => new Response(`in ${retryAfter}`) });
    expect(await (await own(ADDRESS)).text()).toBe('in 1000');
  });
});

it.each<[binding: unknown, options: unknown, message: string]>([
  [undefined, {}, 'bindingFetch needs a binding with a fetch method, got undefined'],
  [
    new Worker(() => new Response()),
    {},
    'breaker must be a breaker or a function that picks one for a request, got undefined',
  ],
  [
    new Worker(() => new Response()),
    { breaker: watchBreaker().breaker, to: 1 },
    "bindingFetch has no option 'to'; it takes breaker, classify, onOpen, bufferBody",
  ],
])('what is out of the ordinary is refused at once: %#', (binding, options, message) => {
  expect(() => bindingFetch(binding as never, options as never)).toThrow(new TypeError(`Switchgear: ${message}`));
});
