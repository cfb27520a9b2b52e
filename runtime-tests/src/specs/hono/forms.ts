import { type Breaker, bindingFetch, breakerProxy, circuitBreaker } from '@switchgear/hono';
import { type Context, Hono } from 'hono';
import { address } from '../kit/address.ts';
import type { Caller, Callers } from '../kit/callers.ts';
import type { Capability } from '../kit/capability.ts';
import { watched } from '../kit/watched.ts';

/** The parts of a form: the call itself gives the status, and some forms make it to the spec server. */
interface Parts {
  readonly all: Callers;
  readonly breaker: Breaker;
  readonly status: number;
  readonly server: string;
}

type Ask = (path: string, init: RequestInit) => Response | Promise<Response>;

const needs: readonly Capability[] = ['fetch', 'asyncContext'];

/** Every function of the package that takes a call, created once for all callers, outside of any store. */
export const FORMS: Readonly<Record<string, { needs: readonly Capability[]; of: (parts: Parts) => Ask }>> = {
  'circuitBreaker around a route': {
    needs,
    of: ({ all, breaker, status }) =>
      app().all('*', circuitBreaker({ breaker }), (c) => call(of(all, c), async () => answer(c, status))).request,
  },
  'circuitBreaker twice, with other middleware between': {
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

/** The runtime's `fetch`, which proxies use, noting the call for the caller who sent it. */
export function noting(all: Callers): typeof fetch {
  const { fetch } = globalThis;
  return (input, init) => call(all.named(String((input as Request).headers.get('who'))), () => fetch(input, init));
}

function senderOf(input: RequestInfo | URL, init: RequestInit | undefined): string {
  return String((input instanceof Request ? input.headers : new Headers(init?.headers)).get('who'));
}

async function call(caller: Caller, act: () => Promise<Response>): Promise<Response> {
  caller.note('call');
  await caller.turn();
  const answered = await act();
  caller.note('call, later');
  return answered;
}
