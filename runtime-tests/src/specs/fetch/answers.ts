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
const URL_OF_SERVICE = 'http://service.example/';

/** How `breakerFetch` classifies answers and refuses, over a `fetch` of the spec's own. */
export const fetchAnswers: readonly Spec[] = [
  {
    name: 'fetch: server errors are failures, 408 and 429 are ignored, and other answers are successes',
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
    name: 'fetch: the response object of the service comes through unchanged',
    needs,
    async run() {
      const answer = new Response('as it was', { status: 500 });
      const { call } = answering(() => answer);
      equal(await call(), answer);
    },
  },
  {
    name: 'fetch: while open the caller gets a CircuitOpenError and no request is made',
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
    name: "fetch: with onOpen 'respond' the caller gets a 503 with Retry-After, marked as the breaker's own",
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
    name: 'fetch: a function in onOpen gives the answer while open',
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
    name: 'fetch: the Retry-After of a failing server sets the open time',
    needs,
    async run() {
      const { call, breaker } = answering(() => new Response(null, { status: 503, headers: { 'retry-after': '7' } }));
      await call();
      await call();
      equal(breaker.retryAfter, 7_000);
    },
  },
  {
    name: 'fetch: a later patch of the global fetch is used',
    needs,
    async run() {
      const { breaker } = watched();
      const call = breakerFetch({ breaker });
      const before = globalThis.fetch;
      try {
        globalThis.fetch = async () => new Response('patched');
        equal(await (await call(URL_OF_SERVICE)).text(), 'patched');
      } finally {
        globalThis.fetch = before;
      }
    },
  },
  {
    name: 'fetch: an invalid URL is rejected as fetch rejects it, without a permit',
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
  /** The number of requests made. */
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
  return { breaker, call: () => protectedFetch(URL_OF_SERVICE), asked: () => asked };
}
