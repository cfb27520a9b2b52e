import {
  type Breaker,
  type BreakerFetchOptions,
  breakerFetch,
  isBreakerResponse,
  isCircuitOpen,
} from '@switchgear/fetch';
import { equal, holds, rejection } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const needs = ['fetch'] as const;
const URL_OF_SOMEBODY = 'http://somebody.example/';

/** How `breakerFetch` judges answers and gives refusals, over a `fetch` of the spec's own. */
export const fetchAnswers: readonly Spec[] = [
  {
    name: 'fetch: server errors are failures; other answers say that the service lives, and some say nothing',
    needs,
    async run() {
      const outcomes: Record<string, number[]> = { success: [], failure: [], ignored: [] };
      for (const status of [200, 204, 301, 400, 401, 404, 408, 429, 500, 501, 502, 503, 504]) {
        const { call, breaker } = answering(status);
        breaker.subscribe(({ outcome = '' }) => outcomes[outcome]?.push(status), { outcomes: true });
        await call();
      }
      equal(outcomes, {
        success: [200, 204, 301, 400, 401, 404, 501],
        failure: [500, 502, 503, 504],
        ignored: [408, 429],
      });
    },
  },
  {
    name: 'fetch: the answer that comes through is the very one the service gave',
    needs,
    async run() {
      const answer = new Response('as it was', { status: 500 });
      const { call } = answering(() => answer);
      equal(await call(), answer);
    },
  },
  {
    name: 'fetch: while open the caller gets a CircuitOpenError, and nobody is asked',
    needs,
    async run() {
      const { call, asked } = answering(503);
      await call();
      await call();
      holds(isCircuitOpen(await rejection(call())), 'a refusal');
      equal(asked(), 2);
    },
  },
  {
    name: "fetch: with onOpen 'respond' the caller gets a 503 that says when to come back, marked as the breaker's own",
    needs,
    async run() {
      const { call, breaker } = answering(200, { onOpen: 'respond' });
      breaker.trip();
      const answer = await call();
      equal([answer.status, isBreakerResponse(answer)], [503, true]);
      equal(answer.headers.get('content-type'), 'application/problem+json');
      equal([answer.headers.get('retry-after'), answer.headers.get('x-should-retry')], ['1', 'false']);
      equal(((await answer.json()) as { status: number }).status, 503);
    },
  },
  {
    name: 'fetch: a function in onOpen answers with what it has',
    needs,
    async run() {
      const lastGoodCopy = new Response('as of yesterday');
      const { call, breaker } = answering(200, { onOpen: () => lastGoodCopy });
      breaker.trip();
      equal(await call(), lastGoodCopy);
      equal(isBreakerResponse(lastGoodCopy), false);
    },
  },
  {
    name: 'fetch: a server that asks for time while it fails gets it',
    needs,
    async run() {
      const { call, breaker } = answering(() => new Response(null, { status: 503, headers: { 'retry-after': '7' } }));
      await call();
      await call();
      equal(breaker.retryAfter, 7_000);
    },
  },
  {
    name: 'fetch: what patches the global fetch later is heeded',
    needs,
    async run() {
      const { breaker } = watched();
      const call = breakerFetch({ breaker });
      const before = globalThis.fetch;
      try {
        globalThis.fetch = async () => new Response('patched');
        equal(await (await call(URL_OF_SOMEBODY)).text(), 'patched');
      } finally {
        globalThis.fetch = before;
      }
    },
  },
  {
    name: 'fetch: an address that is none is refused as fetch refuses it, and takes no permit',
    needs,
    async run() {
      const { breaker } = watched();
      breaker.trip();
      const error = await rejection(breakerFetch({ breaker })('http://'));
      holds(error instanceof TypeError && !isCircuitOpen(error), `a TypeError, not ${error}`);
      equal(breaker.metrics().rejected, 0);
    },
  },
];

interface Answering {
  readonly breaker: Breaker;
  call(): Promise<Response>;
  /** How often somebody was asked. */
  asked(): number;
}

function answering(answer: number | (() => Response), options: BreakerFetchOptions = {}): Answering {
  let asked = 0;
  const { breaker } = watched();
  const send = async () => {
    asked++;
    return typeof answer === 'function' ? answer() : new Response(null, { status: answer });
  };
  const protectedFetch = breakerFetch({ breaker, fetch: send, ...options });
  return { breaker, call: () => protectedFetch(URL_OF_SOMEBODY), asked: () => asked };
}
