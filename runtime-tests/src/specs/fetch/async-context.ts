import { type BreakerFetchOptions, breakerFetch } from '@switchgear/fetch';
import { address } from '../kit/address.ts';
import { around, type Callers, callers, made, refused } from '../kit/callers.ts';
import type { Capability, Surroundings } from '../kit/capability.ts';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { type Watched, watched } from '../kit/watched.ts';

type Fetch = typeof globalThis.fetch;

/** The functions that make the requests. They record the caller of each, which a header names. */
const MADE_BY: Readonly<Record<string, { needs: readonly Capability[]; of: (all: Callers) => Fetch }>> = {
  'a fetch of its own': {
    needs: ['fetch', 'asyncContext'],
    of: (all) => (input, init) =>
      noted(all, init, async ({ pathname }) => {
        if (pathname === '/reset') throw new TypeError('fetch failed');
        return new Response('an answer', { status: Number(pathname.split('/')[2]) });
      })(input, init),
  },
  "the runtime's": {
    needs: ['fetch', 'server', 'asyncContext'],
    of: (all) => (input, init) => noted(all, init, () => fetch(input, init))(input, init),
  },
};

function noted(all: Callers, init: RequestInit | undefined, answer: (url: URL) => Promise<Response>): Fetch {
  return async (input) => {
    const caller = all.named(String(new Headers(init?.headers).get('who')));
    caller.note('call');
    await caller.turn();
    try {
      return await answer(new URL(String(input)));
    } finally {
      caller.note('call, later');
    }
  };
}

/** A circuit and the expected notes of four callers at once. */
interface Situation {
  /** The path that tells the server what to do. */
  readonly does: string;
  readonly before?: (circuit: Watched) => void;
  readonly options?: BreakerFetchOptions;
  readonly seen: readonly (readonly string[])[];
}

const halfOpen = ({ breaker, clock }: Watched): void => {
  breaker.trip();
  clock.advance(1_000);
};
const four = (seen: readonly string[]): (readonly string[])[] => Array(4).fill(seen);
const open = ({ breaker }: Watched): void => breaker.trip();

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'closed, and answers are good': { does: '/answer/200', seen: four(made('answered 200')) },
  'closed, and opened by answers': { does: '/answer/503', seen: four(made('answered 503')) },
  'closed, and opened by broken connections': { does: '/reset', seen: four(made('failed')) },
  open: { does: '/answer/200', before: open, seen: four(refused) },
  "open, with onOpen 'respond'": {
    does: '/answer/200',
    before: open,
    options: { onOpen: 'respond' },
    seen: four(['after', 'answered 503', 'asked', 'then']),
  },
  'half-open, and a probe succeeds': {
    does: '/answer/200',
    before: halfOpen,
    seen: [made('answered 200'), refused, refused, refused],
  },
  'half-open, and a probe fails': {
    does: '/reset',
    before: halfOpen,
    seen: [made('failed'), refused, refused, refused],
  },
};

/** Whose AsyncLocalStorage store a request and its caller see. */
export const fetchContext: readonly Spec[] = Object.entries(MADE_BY).flatMap(([by, { needs, of }]) =>
  Object.entries(SITUATIONS).map(
    ([situation, { does, before, options, seen }]): Spec => ({
      name: `fetch, by ${by}: each caller's request and continuation see its own store, while the circuit is ${situation}`,
      needs,
      async run(surroundings) {
        const circuit = watched();
        const all = await callers();
        const protectedFetch = breakerFetch({ breaker: circuit.breaker, fetch: of(all), ...options });
        before?.(circuit);
        await all.all((caller) =>
          around(caller, () => protectedFetch(urlOf(surroundings, does), { headers: { who: caller.name } }), told),
        );
        equal(Object.values(all.seen()), seen);
      },
    }),
  ),
);

/** The URL of a path that tells the server what to do. */
export const urlOf = ({ server = 'http://a.example' }: Surroundings, does: string): string => address(server, does).url;

/** Names the end of a call: the status, a refusal or a failure. */
export function told(answer: { readonly value: unknown } | { readonly error: unknown }): string {
  if ('value' in answer) return `answered ${(answer.value as Partial<Response>).status}`;
  return Object(answer.error).code === 'EOPENBREAKER' ? 'refused' : 'failed';
}
