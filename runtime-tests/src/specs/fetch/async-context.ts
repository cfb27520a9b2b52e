import { probes } from '@switchgear/core';
import { type BreakerFetchOptions, breakerFetch } from '@switchgear/fetch';
import { address } from '../address.ts';
import { around, type Callers, callers, made, refused } from '../callers.ts';
import type { Capability } from '../capability.ts';
import { equal } from '../check.ts';
import type { Spec, Surroundings } from '../spec.ts';
import { type Watched, watched } from '../watched.ts';

type Fetch = typeof globalThis.fetch;

/** What makes the requests: it writes down whose call it is, which it knows from a header. */
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

/** What four callers at once come by. */
interface Situation {
  /** What the server does, as a path. */
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

/** Whose AsyncLocalStorage store a request, its caller and the hooks see. */
export const fetchContext: readonly Spec[] = [
  ...Object.entries(MADE_BY).flatMap(([by, { needs, of }]) =>
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
  ),
  {
    name: 'fetch: who picks a breaker, classifies, listens and answers for an open circuit is asked in the store of the caller',
    needs: ['fetch', 'asyncContext'],
    async run() {
      const all = await callers();
      const { breaker } = watched({ recover: probes({ permitted: 3 }) });
      breaker.subscribe(({ type }) => all.note(type), { outcomes: true });
      breaker.trip();
      breaker.halfOpen();
      const protectedFetch = breakerFetch({
        breaker: ({ url }) => {
          all.named(nameIn(url)).note('breaker');
          return breaker;
        },
        fetch: async (input) => {
          await all.named('').turn();
          return new Response(nameIn(String(input)));
        },
        classify: () => all.note('classify') as undefined,
        onOpen: async (_, { url }) => {
          all.named(nameIn(url)).note('onOpen');
          await all.named('').turn();
          return new Response(nameIn(url));
        },
      });
      await all.all(async (caller) => {
        caller.note(await (await protectedFetch(`http://a.example/${caller.name}`)).text());
      });
      const asked = (name: string) => [name, 'breaker', 'classify', 'outcome'].sort();
      const { ann = [], bob, cid, dot, nobody } = all.seen();
      // Whose answer closes the circuit is not said.
      const withoutMoves = (seen: readonly string[] = []) => seen.filter((each) => each !== 'move');
      equal([ann, bob, cid].map(withoutMoves), [asked('ann'), asked('bob'), asked('cid')]);
      equal(
        [dot, nobody],
        [
          ['breaker', 'dot', 'onOpen', 'reject'],
          ['move', 'move'],
        ],
      );
    },
  },
  {
    name: 'fetch: whoever reads an observed body, whole or broken off, goes on in its own store',
    needs: ['fetch', 'server', 'asyncContext'],
    async run(surroundings) {
      const all = await callers();
      const { breaker } = watched();
      const protectedFetch = breakerFetch({ breaker, observeBody: true });
      const does = { ann: '/answer/200', bob: '/half-body', cid: '/answer/201', dot: '/half-body' };
      await all.all(async (caller) => {
        const answer = await protectedFetch(urlOf(surroundings, does[caller.name as 'ann']));
        caller.note('answered');
        await caller.turn();
        await around(caller, () => answer.text(), told);
      });
      const read = (how: string) => ['after', 'answered', 'asked', how, 'then'].sort();
      const [whole, broken] = [read('answered undefined'), read('failed')];
      equal(all.seen(), { ann: whole, bob: broken, cid: whole, dot: broken });
    },
  },
];

const urlOf = ({ server = 'http://a.example' }: Surroundings, does: string): string => address(server, does).url;
const nameIn = (url: string): string => new URL(url).pathname.slice(1);

function told(answer: { readonly value: unknown } | { readonly error: unknown }): string {
  if ('value' in answer) return `answered ${(answer.value as Partial<Response>).status}`;
  return Object(answer.error).code === 'EOPENBREAKER' ? 'refused' : 'failed';
}
