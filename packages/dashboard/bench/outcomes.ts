/**
 * What observing costs a call, in nanoseconds: `pnpm --filter @switchgear/dashboard run bench`. Ways take turns in rounds, so that a busy
 * machine troubles all alike. Nothing fails on a time.
 */
import { type Breaker, createBreaker, createRegistry } from '@switchgear/core';
import { Board } from '../src/board/board.ts';
import { groupOf } from '../src/board/row-of.ts';
import type { ObservedHistory } from '../src/history/observed-history.ts';
import { observe } from '../src/impact/index.ts';
import { hundreds } from '../test/setup/hundreds.ts';

const ROUNDS = 60;
const CALLS = 10_000;
const BREAKERS = 500;

const breaker = (): Breaker => createBreaker({ name: 'any' });
const watched = (outcomes: boolean): Breaker => {
  const each = breaker();
  observe([each], { outcomes });
  return each;
};
const registry = createRegistry({ options: (name) => ({ name }) });
observe(registry);

/** Each calls a breaker; the first one is not observed. */
const ways: Readonly<Record<string, Breaker>> = {
  'not observed': breaker(),
  'observed, without outcomes': watched(false),
  observed: watched(true),
  'observed, of a registry': registry.get('any'),
};

const best = new Map<string, number>();
const refused = new Map<string, number>();
const work = async (): Promise<number> => 1;
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, each] of Object.entries(ways)) {
    each.reset();
    keep(best, name, await time(async () => void (await each.run(work))));
    each.trip(60_000);
    keep(refused, name, await time(() => void each.tryAcquire()));
  }
}

async function time(call: () => void | Promise<void>): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < CALLS; i++) await call();
  return ((performance.now() - began) * 1e6) / CALLS;
}

function keep(into: Map<string, number>, name: string, took: number): void {
  into.set(name, Math.min(into.get(name) ?? Number.POSITIVE_INFINITY, took));
}

console.log('nanoseconds a call, the best of', ROUNDS, 'rounds');
console.table(
  Object.fromEntries(
    [...best].map(([name, ns]) => [name, { call: Math.round(ns), refusal: Math.round(refused.get(name) ?? 0) }]),
  ),
);

// What one look costs the server, with all of them busy: it is made once a second for all pages together, and only while there is one.
const { breakers, beat } = hundreds(BREAKERS);
let now = Date.now();
const board = new Board(observe(breakers, { wall: () => now }) as ObservedHistory, groupOf);
let { bookmark } = board.fullState({ title: '', sharing: false, trees: false, controls: false });
const looks: number[] = [];
let bytes = 0;
for (let i = 0; i < 200; i++) {
  beat();
  now += 1_000;
  const began = performance.now();
  const news = board.changes(bookmark);
  bytes = JSON.stringify(news?.changes).length;
  looks.push(performance.now() - began);
  if (news) bookmark = news.bookmark;
}
const median = looks.toSorted((a, b) => a - b)[looks.length / 2] ?? Number.NaN;
console.log(
  `one look at ${BREAKERS} busy breakers: ${median.toFixed(2)} ms, ${Math.round(bytes / 1_000)} kB for each page`,
);
