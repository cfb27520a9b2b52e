import { around, type Caller, callers, made } from '../kit/callers.ts';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { type Watched, watched } from '../kit/watched.ts';
import { FORMS, noting } from './forms.ts';

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

/** A circuit, the answer of its service, and how many of four concurrent calls reach it, where that is certain. */
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

/** The AsyncLocalStorage store that a handler, a call to an upstream and their client see. */
export const honoContext: readonly Spec[] = Object.entries(FORMS).flatMap(([form, { needs, of: formOf }]) =>
  Object.entries(REQUESTS).flatMap(([what, init]) =>
    Object.entries(SITUATIONS).map(
      ([situation, { before, status, made: many }]): Spec => ({
        name: `hono, ${form}: the call for ${what} and its client see their own store while the circuit is ${situation}`,
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
          // Uploads arrive one after the other, and the circuit may have moved before the last one is complete.
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

async function withFetch(fetch: typeof globalThis.fetch, act: () => Promise<void>): Promise<void> {
  const before = globalThis.fetch;
  globalThis.fetch = fetch;
  await act().finally(() => {
    globalThis.fetch = before;
  });
}
