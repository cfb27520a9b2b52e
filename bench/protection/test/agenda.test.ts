import { describe, expect, it } from 'vitest';
import { exponentialDraw, randomStream } from '../src/random/random-stream.ts';
import { Agenda } from '../src/simulation/agenda.ts';
import { Queue } from '../src/simulation/queue.ts';

describe('an agenda', () => {
  it('gives back the earliest first, and of the same time what was entered first', () => {
    const random = randomStream(1, 'agenda');
    const entries = Array.from({ length: 500 }, (_, order) => ({ at: Math.floor(20 * random()), order }));
    const agenda = new Agenda<(typeof entries)[number]>();
    for (const entry of entries) agenda.add(entry.at, entry);
    const taken = entries.map(() => {
      const at = agenda.next;
      const entry = agenda.take();
      expect(entry.at).toBe(at);
      return entry;
    });
    expect(taken).toEqual(entries.toSorted((one, other) => one.at - other.at || one.order - other.order));
    expect(agenda.next).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a queue', () => {
  it('gives back in the order of entry, however long it grows, and is empty once cleared', () => {
    const queue = new Queue<number>();
    for (let i = 0; i < 5_000; i++) queue.add(i);
    for (let i = 0; i < 3_000; i++) expect(queue.take()).toBe(i);
    expect(queue.length).toBe(2_000);
    expect(queue.clear().slice(0, 2)).toEqual([3_000, 3_001]);
    expect(queue.length).toBe(0);
    expect(queue.first).toBeUndefined();
  });
});

describe('a stream of chance', () => {
  it('is even between 0 and 1, and another for each seed and name', () => {
    const draws = (seed: number, name: string): number[] => Array.from({ length: 10_000 }, randomStream(seed, name));
    const one = draws(1, 'a');
    for (const [low, high] of [
      [0, 0.25],
      [0.25, 0.5],
      [0.5, 0.75],
      [0.75, 1],
    ] as const) {
      expect(one.filter((draw) => draw >= low && draw < high).length / 2_500).toBeCloseTo(1, 0.7);
    }
    expect(draws(1, 'a')).toEqual(one);
    expect(draws(2, 'a')[0]).not.toBe(one[0]);
    expect(draws(1, 'b')[0]).not.toBe(one[0]);
    expect(draws(1 + 2 ** 40, 'a')[0]).not.toBe(one[0]);
  });

  it('makes exponential draws of mean 1', () => {
    const random = randomStream(3, 'work');
    const sum = Array.from({ length: 20_000 }, () => exponentialDraw(random)).reduce((all, each) => all + each);
    expect(sum / 20_000).toBeCloseTo(1, 1);
  });
});
