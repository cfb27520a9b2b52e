import { breakerFetch } from '@switchgear/fetch';
import { address } from '../kit/address.ts';
import { equal, rejection } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const needs = ['fetch', 'server', 'abort', 'timers'] as const;

/** Response bodies, observed and not observed. */
export const fetchBodies: readonly Spec[] = [
  {
    name: 'fetch: a permit is settled at the headers, and a body that breaks off affects only its reader',
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
    name: 'fetch: observing a body does not change the response or its clones',
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
    name: 'fetch: aborting in the middle of an observed body does not count as a failure',
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
];
