import { describe, expect, it } from 'vitest';
import { seededRandom } from '../servers/random/seeded-random.ts';
import { findAnomaly, type Operation } from '../src/index.ts';

type Value = string | undefined;

const seen = (value: Value) => (value === undefined ? undefined : { version: `v${value}`, value });
const read = (called: number, answered: number, value: Value): Operation => ({ called, answered, now: seen(value) });
const won = (called: number, answered: number, from: Value, to: string): Operation => ({
  called,
  answered,
  swap: { from, to },
  won: true,
  now: seen(to),
});
const lost = (called: number, answered: number, from: Value, to: string, now: Value): Operation => ({
  called,
  answered,
  swap: { from, to },
  won: false,
  now: seen(now),
});
const silent = (called: number, from: Value, to: string): Operation => ({
  called,
  answered: Infinity,
  swap: { from, to },
});

const GOOD: Record<string, Operation[]> = {
  'is empty': [],
  'is of one member': [
    read(0, 1, undefined),
    won(2, 3, undefined, 'a'),
    lost(4, 5, undefined, 'b', 'a'),
    read(6, 7, 'a'),
  ],
  'has reads that overlap a swap, in both orders': [won(0, 9, undefined, 'a'), read(1, 2, undefined), read(3, 4, 'a')],
  'has a swap that won between the call of another and its refusal': [
    lost(0, 9, undefined, 'b', 'a'),
    won(1, 2, undefined, 'a'),
  ],
  'has a swap without an answer that never happened': [
    silent(0, undefined, 'a'),
    won(1, 2, undefined, 'b'),
    read(3, 4, 'b'),
  ],
  'has a swap without an answer that happened much later': [
    silent(0, undefined, 'a'),
    read(1, 2, undefined),
    read(3, 4, 'a'),
    won(5, 6, 'a', 'b'),
  ],
  'has a swap without an answer whose value only its successor has found': [
    silent(0, undefined, 'a'),
    silent(1, 'a', 'b'),
    won(2, 3, 'b', 'c'),
  ],
  'has two swaps without an answer, one of which was followed by the other': [
    silent(0, undefined, 'a'),
    silent(1, 'a', 'b'),
    read(2, 3, 'a'),
    read(4, 5, 'b'),
  ],
};

const BAD: Record<string, [string, Operation[]]> = {
  'two winners of one version': [
    'b and a have both replaced undefined',
    [won(0, 9, undefined, 'b'), won(1, 2, undefined, 'a')],
  ],
  'a lost write': ['undefined was seen after a had replaced it', [won(0, 1, undefined, 'a'), read(2, 3, undefined)]],
  'a stale read': [
    'a was seen after b had replaced it',
    [won(0, 1, undefined, 'a'), won(2, 3, 'a', 'b'), read(4, 5, 'a')],
  ],
  'a read that goes back, while a swap is under way': [
    'a was seen before it could be written',
    [won(0, 9, undefined, 'a'), read(1, 2, 'a'), read(3, 4, undefined)],
  ],
  'a read of what is written later': [
    'a was seen before it could be written',
    [read(0, 1, 'a'), won(2, 3, undefined, 'a')],
  ],
  'a read of what nobody wrote': ['x was there, but never written', [read(0, 1, 'x')]],
  'a swap that was refused and yet happened': [
    'a was seen, but the swap to it had been refused',
    [won(0, 1, undefined, 'z'), lost(2, 3, undefined, 'a', 'z'), read(4, 5, 'a')],
  ],
  'a refusal of the present version': [
    'a swap was refused although a was there as expected',
    [won(0, 1, undefined, 'a'), lost(2, 3, 'a', 'b', 'a')],
  ],
  'a winner that is told of another value': [
    'a swap that won wrote a, but was told b',
    [{ ...won(0, 1, undefined, 'a'), now: seen('b') }],
  ],
  'a version that comes again': [
    'version va is of a and of b',
    [won(0, 1, undefined, 'a'), { ...won(2, 3, 'a', 'b'), now: { version: 'va', value: 'b' } }],
  ],
  'a value whose version changes': [
    'a has the versions va and other',
    [won(0, 1, undefined, 'a'), { ...read(2, 3, 'a'), now: { version: 'other', value: 'a' } }],
  ],
  'a winner that replaces what nobody wrote': ['x was there, but never written', [won(0, 1, 'x', 'a')]],
  'winners in a circle': ['swaps have won that follow on none before', [won(0, 1, 'b', 'a'), won(2, 3, 'a', 'b')]],
};

describe('a history', () => {
  it.each(Object.entries(GOOD))('without an anomaly %s', (_, history) => {
    expect(findAnomaly(history)).toBeUndefined();
  });

  it.each(Object.entries(BAD))('with an anomaly shows it: %s', (_, [sentence, history]) => {
    expect(findAnomaly(history)).toBe(sentence);
  });
});

/** The search of Wing and Gong: is there an order in which all answers are right? Takes for ever, but is plainly true. */
function isLinearizable(left: readonly Operation[], value: Value = undefined): boolean {
  const answered = left.filter((each) => each.answered < Infinity);
  if (answered.length === 0) return true;
  const firstAnswer = Math.min(...answered.map((each) => each.answered));
  return left.some((each) => {
    if (each.called > firstAnswer) return false;
    const { swap, won: isWon = swap?.from === value, now } = each;
    const after = swap && isWon ? swap.to : value;
    const isRight =
      each.answered === Infinity ? isWon : now?.value === after && (!swap || isWon === (swap.from === value));
    return (
      isRight &&
      isLinearizable(
        left.filter((other) => other !== each),
        after,
      )
    );
  });
}

/** What a few members were told by a register that is right, or in which something went wrong once or twice. */
function randomHistory(random: () => number, wrong: number): Operation[] {
  const below = (end: number) => Math.floor(random() * end);
  const count = 2 + below(6);
  let value: Value;
  const values: Value[] = [undefined];
  const history = Array.from({ length: count }, (_, i): Operation => {
    // Each happens at an instant of its own, somewhere between its call and its answer.
    const at = i * 10 + 5;
    const [called, answered] = [at - below(25) - random(), at + below(25) + random()];
    if (random() < 0.4) return read(called, answered, value);
    const from = random() < 0.7 ? value : values[below(values.length)];
    const [to, isWon] = [`${i}`, from === value];
    values.push(to);
    const isSilent = random() < 0.2;
    const now = value;
    if (isWon && !(isSilent && random() < 0.5)) value = to;
    if (isSilent) return silent(called, from, to);
    return isWon ? won(called, answered, from, to) : lost(called, answered, from, to, now);
  });
  for (let i = 0; i < wrong; i++) {
    const each = history[below(count)] as Operation;
    const now = seen(values[below(values.length)]);
    if (each.answered < Infinity) history[history.indexOf(each)] = { ...each, now };
  }
  return history;
}

describe('findAnomaly', () => {
  it.each([0, 1, 2])('agrees with the search of Wing and Gong on random histories with %i wrong answers', (wrong) => {
    const random = seededRandom(7 + wrong).next;
    let anomalies = 0;
    for (let i = 0; i < 3_000; i++) {
      const history = randomHistory(random, wrong);
      const anomaly = findAnomaly(history);
      expect(anomaly === undefined, `${anomaly}: ${JSON.stringify(history)}`).toBe(isLinearizable(history));
      if (anomaly) anomalies++;
    }
    if (wrong === 0) expect(anomalies).toBe(0);
    else expect(anomalies).toBeGreaterThan(500);
  });
});
