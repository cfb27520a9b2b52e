import { type Breaker, bindingFetch, breakerProxy, circuitBreaker } from '@switchgear/hono';
import { type Context, Hono } from 'hono';
import { address } from '../kit/address.ts';
import { around, type Caller, type Callers, callers, made } from '../kit/callers.ts';
import type { Capability } from '../kit/capability.ts';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { type Watched, watched } from '../kit/watched.ts';

/** What a form is made of: the call itself gives the status; the spec server's address is for those who ask it. */
interface Parts {
  readonly all: Callers;
  readonly breaker: Breaker;
  readonly status: number;
  readonly server: string;
}

type Ask = (path: string, init: RequestInit) => Response | Promise<Response>;

const needs: readonly Capability[] = ['fetch', 'asyncContext'];

/** Every function of the package that takes a call, made once for all callers, in nobody's store. */
const FORMS: Readonly<Record<string, { needs: readonly Capability[]; of: (parts: Parts) => Ask }>> = {
  'circuitBreaker around a route': {
    needs,
    of: ({ all, breaker, status }) =>
      app().all('*', circuitBreaker({ breaker }), (c) => call(of(all, c), async () => answer(c, status))).request,
  },
  'circuitBreaker twice, with middleware between': {
    needs,
    of: ({ all, breaker, status }) =>
      app()
        .use(circuitBreaker({ breaker: watched().breaker }))
        .use(async (_c, next) => next())
        .use(circuitBreaker({ breaker }))
        .all('*', (c) => call(of(all, c), async () => answer(c, status))).request,
  },
  'breakerProxy with a forward of its own': {
    needs,
    of: ({ all, breaker, status }) => {
      const forward = (_url: URL, c: Context) => call(of(all, c), async () => answer(c, status));
      return app().all('*', breakerProxy({ to: 'http://a.example', breaker, forward })).request;
    },
  },
  'breakerProxy before a server': {
    needs: [...needs, 'server'],
    of: ({ breaker, status, server }) =>
      app().all('*', breakerProxy({ to: () => address(server, `/answer/${status}`).url, breaker })).request,
  },
  bindingFetch: {
    needs,
    of: ({ all, breaker, status }) => {
      const binding = {
        fetch: (input: RequestInfo | URL, init?: RequestInit) =>
          call(all.named(senderOf(input, init)), async () => {
            await new Request(input, init).text();
            return new Response('an answer', { status });
          }),
      };
      const behind = bindingFetch(binding, { breaker });
      return (path, init) => behind(`http://other${path}`, init);
    },
  },
};

const app = (): Hono => new Hono().onError((error) => Promise.reject(error));
const of = (all: Callers, c: Context): Caller => all.named(String(c.req.header('who')));

async function answer(c: Context, status: number): Promise<Response> {
  await c.req.text();
  return new Response('an answer', { status });
}

/** The runtime's `fetch`, which proxies use. */
function noting(all: Callers): typeof fetch {
  const { fetch } = globalThis;
  return (input, init) => call(all.named(String((input as Request).headers.get('who'))), () => fetch(input, init));
}

function senderOf(input: RequestInfo | URL, init: RequestInit | undefined): string {
  return String((input instanceof Request ? input.headers : new Headers(init?.headers)).get('who'));
}

async function withFetch(fetch: typeof globalThis.fetch, act: () => Promise<void>): Promise<void> {
  const before = globalThis.fetch;
  globalThis.fetch = fetch;
  await act().finally(() => {
    globalThis.fetch = before;
  });
}

async function call(caller: Caller, act: () => Promise<Response>): Promise<Response> {
  caller.note('call');
  await caller.turn();
  const answered = await act();
  caller.note('call, later');
  return answered;
}

/** What a client sends. */
const REQUESTS: Readonly<Record<string, (caller: Caller) => RequestInit>> = {
  'a request': () => ({}),
  'an upload': ({ turn }) => {
    const body = new ReadableStream({
      async pull(controller) {
        await turn();
        controller.enqueue(new TextEncoder().encode('x'));
        controller.close();
      },
    });
    return { method: 'POST', body, duplex: 'half' } as RequestInit;
  },
};

const refused = ['after', 'answered 503', 'asked', 'then'];

/** A circuit, what its service answers, and how many of four callers at once get there, where that is certain. */
const SITUATIONS: Readonly<Record<string, { before(circuit: Watched): void; status: number; made?: number }>> = {
  'closed, and calls succeed': { before: () => undefined, status: 200, made: 4 },
  'closed, and opened by their failures': { before: () => undefined, status: 502, made: 4 },
  open: { before: ({ breaker }) => breaker.trip(), status: 200, made: 0 },
  'half-open, and probes succeed': { before: halfOpen, status: 200 },
  'half-open, and a probe fails': { before: halfOpen, status: 502 },
};

function halfOpen({ breaker, clock }: Watched): void {
  breaker.trip();
  clock.advance(1_000);
}

/** Whose AsyncLocalStorage store a handler, an upstream's call and whoever asked for them see. */
export const honoContext: readonly Spec[] = Object.entries(FORMS).flatMap(([form, { needs, of: formOf }]) =>
  Object.entries(REQUESTS).flatMap(([what, init]) =>
    Object.entries(SITUATIONS).map(
      ([situation, { before, status, made: many }]): Spec => ({
        name: `hono, ${form}: the call for ${what} and whoever sent it see their own store, while the circuit is ${situation}`,
        needs,
        async run({ server = '' }) {
          const circuit = watched();
          const all = await callers();
          const ask = formOf({ all, breaker: circuit.breaker, status, server });
          before(circuit);
          await withFetch(noting(all), () =>
            all.all((caller) =>
              around(caller, async () => ask('/things', { headers: { who: caller.name }, ...init(caller) }), told),
            ),
          );
          const seen = Object.values(all.seen()).sort((a, b) => b.length - a.length);
          const whole = made(`answered ${status}`);
          // Uploads come in one after the other, and a circuit may have moved by the time that the last is there.
          const certain = what === 'an upload' && many !== 0 ? undefined : many;
          const calls = certain ?? Math.max(1, seen.filter((each) => each.includes('call')).length);
          const expected = [0, 1, 2, 3].map((place) => (place < calls ? whole : refused));
          equal(seen, expected);
        },
      }),
    ),
  ),
);

function told(answered: { readonly value: unknown } | { readonly error: unknown }): string {
  return 'value' in answered ? `answered ${(answered.value as Response).status}` : String(answered.error);
}
