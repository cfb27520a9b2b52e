import { consecutiveFailures, fixed } from '@switchgear/core';
import { breakerFetch, createRegistry, isCircuitOpen, originOf } from '@switchgear/fetch';
import { address } from '../kit/address.ts';
import { equal, holds, rejection } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const needs = ['fetch', 'server', 'abort', 'timers'] as const;

/** `breakerFetch` over the runtime's own `fetch` and a real server. */
export const fetchNetwork: readonly Spec[] = [
  {
    name: "fetch: over the runtime's own, answers come through with their body and address",
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const { url } = address(server, '/answer/200');
      const answer = await breakerFetch({ breaker })(url);
      equal([answer.status, answer.url, await answer.text()], [200, url, 'answered 200']);
      equal(breaker.metrics().calls, 1);
    },
  },
  {
    name: 'fetch: it can be called as a method, as a callback and with a Request',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const client = { get: breakerFetch({ breaker }) };
      equal((await client.get(new URL(address(server, '/answer/200').url))).status, 200);
      const [answer] = await Promise.all(
        [new Request(address(server, '/answer/404').url)].map((each) => client.get(each)),
      );
      equal([answer?.status, breaker.metrics().calls, breaker.metrics().failures], [404, 2, 0]);
    },
  },
  {
    name: 'fetch: reset connections open the circuit, and the caller gets the error of fetch',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const call = breakerFetch({ breaker });
      for (let i = 0; i < 2; i++) {
        const error = await rejection(call(address(server, '/reset').url));
        holds(error instanceof Error && !isCircuitOpen(error), "the runtime's own error");
      }
      equal(breaker.state, 'open');
    },
  },
  {
    name: 'fetch: an open circuit makes no request, and origins do not affect each other',
    needs,
    async run({ server = '', elsewhere }) {
      const options = (name: string) => ({ name, openWhen: consecutiveFailures(2), openFor: fixed(60_000) });
      const registry = createRegistry({ options });
      const call = breakerFetch({ breaker: (request) => registry.get(originOf(request)) });
      const down = address(server, '/answer/503');
      await call(down.url);
      await call(down.url);
      const refusal = (await rejection(call(down.url))) as { breaker: string };
      equal([refusal.breaker, await down.reached()], [server, 2]);
      equal((await call(address(elsewhere, '/answer/200').url)).status, 200);
    },
  },
  {
    name: 'fetch: a request its caller aborts is ignored, whatever the reason',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const stop = new AbortController();
      const call = breakerFetch({ breaker })(address(server, '/hang').url, { signal: stop.signal });
      setTimeout(() => stop.abort('bored'), 20);
      await rejection(call);
      equal([breaker.metrics().calls, breaker.metrics().ignored], [0, 1]);
    },
  },
  {
    name: 'fetch: a request whose signal times out is a failure of kind timeout',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const kinds: (string | undefined)[] = [];
      breaker.subscribe(({ kind }) => kinds.push(kind), { outcomes: true });
      await rejection(breakerFetch({ breaker })(address(server, '/hang').url, { signal: AbortSignal.timeout(30) }));
      equal([breaker.metrics().failures, kinds], [1, ['timeout']]);
    },
  },
  {
    name: 'fetch: a forbidden port is ignored if the runtime reports it as one',
    needs,
    async run() {
      const { breaker } = watched();
      const error = (await rejection(breakerFetch({ breaker })('http://127.0.0.1:1'))) as Error;
      // Browsers do not tell it from a service that is down, and Bun and Workers ask it.
      const told = /bad port|are blocked/.test(`${error.message} ${(error.cause as Error | undefined)?.message}`);
      equal(breaker.metrics().ignored, told ? 1 : 0);
    },
  },
  {
    name: 'fetch: Retry-After is read from the real header',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const call = breakerFetch({ breaker });
      for (let i = 0; i < 2; i++) await call(address(server, '/answer/503?retryAfter=7').url);
      equal(breaker.retryAfter, 7_000);
    },
  },
];
