import { consecutiveFailures, fixed } from '@switchgear/core';
import { breakerFetch, createRegistry, isCircuitOpen, originOf } from '@switchgear/fetch';
import { address } from '../address.ts';
import { equal, holds, rejection } from '../check.ts';
import type { Spec } from '../spec.ts';
import { watched } from '../watched.ts';

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
    name: 'fetch: it is called as a method, as an argument and with a Request, all the same',
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
    name: 'fetch: reset connections open the circuit, and the error is the one that fetch gave',
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
    name: 'fetch: an open circuit asks nobody, and origins do not pay for each other',
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
    name: 'fetch: a permit is settled at the headers; a body that breaks off is its reader’s affair',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const answer = await breakerFetch({ breaker })(address(server, '/half-body').url);
      equal([breaker.metrics().calls, breaker.metrics().failures], [1, 0]);
      await rejection(answer.text());
      equal(breaker.metrics().failures, 0);
    },
  },
  {
    name: 'fetch: a body that breaks off is a failure where bodies are observed',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const answer = await breakerFetch({ breaker, observeBody: true })(address(server, '/half-body').url);
      await rejection(answer.text());
      equal([breaker.metrics().calls, breaker.metrics().failures], [2, 1]);
    },
  },
  {
    name: 'fetch: an answer whose body is observed is what it was, and so are its clones',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const call = breakerFetch({ breaker, observeBody: true });
      const { url } = address(server, '/answer/201');
      const answer = await call(url);
      const clone = answer.clone();
      equal([clone.status, clone.url, await clone.text()], [201, url, 'answered 201']);
      equal([answer.status, answer.url, answer.redirected, await answer.text()], [201, url, false, 'answered 201']);
      const bytes = await (await call(url)).body?.getReader().read();
      equal(new TextDecoder().decode(bytes?.value), 'answered 201');
      equal([breaker.metrics().calls, breaker.metrics().failures], [2, 0]);
    },
  },
  {
    name: 'fetch: a client that leaves an observed body in the middle says nothing',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const stop = new AbortController();
      const call = breakerFetch({ breaker, observeBody: true });
      const answer = await call(address(server, '/drip').url, { signal: stop.signal });
      const reader = answer.body?.getReader();
      await reader?.read();
      const rest = reader?.read() ?? Promise.resolve();
      stop.abort();
      await rejection(rest);
      equal([breaker.metrics().calls, breaker.metrics().failures], [1, 0]);
    },
  },
  {
    name: 'fetch: a port that fetch forbids says nothing of a service, where it is known to be one',
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
    name: 'fetch: the time a server asks for is read from the real header',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const call = breakerFetch({ breaker });
      for (let i = 0; i < 2; i++) await call(address(server, '/answer/503?retryAfter=7').url);
      equal(breaker.retryAfter, 7_000);
    },
  },
];
