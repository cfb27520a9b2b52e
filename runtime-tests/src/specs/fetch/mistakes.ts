import { type Breaker, breakerFetch } from '@switchgear/fetch';
import { address } from '../kit/address.ts';
import { equal, holds, rejection } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const needs = ['fetch', 'server', 'abort', 'timers'] as const;

/** The messages of browsers for a failed request, whatever its cause. */
const WITHOUT_REASON = /^(Failed to fetch|Load failed|NetworkError when attempting to fetch resource\.?)$/;

/** Arguments that are invalid on all runtimes or on some. Where they are valid, the request succeeds. */
const mistakes: Readonly<Record<string, () => unknown>> = {
  'a GET with a body': () => ({ body: 'x' }),
  'a header with a space': () => ({ headers: { 'a b': 'c' } }),
  'invalid headers': () => ({ headers: 5 }),
  'a signal that is an object': () => ({ signal: {} }),
  'a signal that is a number': () => ({ signal: 5 }),
  'a signal that is a polyfill': () => ({ signal: polyfill() }),
  'options that are a number': () => 5,
  'options that are a text': () => 'x',
  'an invalid redirect mode': () => ({ redirect: 'bogus' }),
  'a body that is a symbol': () => ({ method: 'POST', body: Symbol('x') }),
  'a body that is locked': () => ({ method: 'POST', body: locked(), duplex: 'half' }),
};

/** Calls that fail through the fault of the caller. */
export const fetchMistakes: readonly Spec[] = [
  {
    name: 'fetch: invalid arguments are not failures of the service',
    needs,
    async run({ server }) {
      for (const [what, init] of Object.entries(mistakes)) {
        const { breaker } = watched();
        await outcome(breaker, breakerFetch({ breaker })(address(server, '/answer/200').url, init() as RequestInit));
        equal([what, breaker.metrics().failures], [what, 0]);
      }
    },
  },
  {
    name: 'fetch: a redirect that the caller forbids is not a failure if the runtime reports it as a redirect',
    needs,
    async run({ server }) {
      for (const made of [(url: string) => [url, { redirect: 'error' }], forbidding] as const) {
        const { breaker } = watched();
        const call = breakerFetch({ breaker }) as (...args: readonly unknown[]) => Promise<Response>;
        const error = await rejection((async () => call(...made(address(server, '/moved').url)))());
        const isTold = !WITHOUT_REASON.test((error as Error).message);
        if (isTold) equal(breaker.metrics().failures, 0);
      }
    },
  },
  {
    name: 'fetch: an already aborted signal rejects with its reason, without a request and uncounted, open or not',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const call = breakerFetch({ breaker });
      const { url, reached } = address(server, '/answer/200');
      for (const reason of [new Error('mine'), 'a text', null]) {
        holds((await rejection(call(url, { signal: AbortSignal.abort(reason) }))) === reason, 'its own reason');
        holds((await rejection(call(url, { signal: polyfill(true, reason) }))) === reason, 'its own, of a polyfill');
      }
      breaker.trip();
      equal(await rejection(call(url, { signal: AbortSignal.abort('left') })), 'left');
      const { calls, ignored, rejected } = breaker.metrics();
      equal([calls, ignored, rejected, await reached()], [0, 0, 0, 0]);
    },
  },
  {
    name: 'fetch: an abort whose reason has a timeout code is a failure of kind timeout',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const kinds: (string | undefined)[] = [];
      breaker.subscribe(({ kind }) => kinds.push(kind), { outcomes: true });
      const limit = new AbortController();
      setTimeout(() => limit.abort(Object.assign(new TypeError('ETIMEDOUT'), { code: 'ETIMEDOUT' })), 20);
      await rejection(breakerFetch({ breaker })(address(server, '/hang').url, { signal: limit.signal }));
      equal(kinds, ['timeout']);
    },
  },
  {
    name: 'fetch: it can replace the global fetch and be wrapped there',
    needs,
    async run({ server }) {
      const before = globalThis.fetch;
      try {
        const own = breakerFetch();
        globalThis.fetch = own;
        equal((await fetch(address(server, '/answer/200').url)).status, 200);
        globalThis.fetch = async (...args) => own(...args);
        equal((await fetch(address(server, '/answer/200').url)).status, 200);
        equal(
          [...own.breakers].map((each) => [each.name, each.metrics().calls]),
          [[server, 2]],
        );
      } finally {
        globalThis.fetch = before;
      }
    },
  },
];

async function outcome(breaker: Breaker, call: Promise<Response>): Promise<void> {
  const answer = await call.catch(() => undefined);
  await answer?.body?.cancel();
  holds(breaker.metrics().calls <= 1, 'one permit at most');
}

/** Some runtimes do not create such a request. */
function forbidding(url: string): unknown[] {
  return [new Request(url, { redirect: 'error' })];
}

function polyfill(aborted = false, reason?: unknown): AbortSignal {
  return Object.assign(new EventTarget(), { aborted, reason, onabort: null }) as unknown as AbortSignal;
}

function locked(): ReadableStream {
  const stream = new ReadableStream();
  stream.getReader();
  return stream;
}
