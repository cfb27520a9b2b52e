import { readFileSync } from 'node:fs';
import { failureRate } from '@switchgear/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../src/report/decode.ts';
import { encode, type Report } from '../src/report/report.ts';
import { joined, NONE, type Sums, since } from '../src/report/sums.ts';
import { fleet, instance, TestBus } from './instance.ts';
import { VirtualTime } from './virtual-time.ts';

const MAX = 16_000;
const RUNS = Number(process.env['SHARING_RUNS'] ?? 2_000);

const sums = fc
  .tuple(fc.nat(1_000), fc.nat(1_000), fc.nat(1_000))
  .map(
    ([calls, failures, slow]): Sums => ({ calls, failures: Math.min(calls, failures), slow: Math.min(calls, slow) }),
  );

/** A life: sums that only grow, and the reports of it. */
const life = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 12 }).map((steps) => {
  let calls = 0;
  let failures = 0;
  return steps.map(([succeeded, failed]): Sums => {
    calls += succeeded + failed;
    failures += failed;
    return { calls, failures, slow: 0 };
  });
});

describe('sums of a life', () => {
  it('are joined in any order, in any groups and any number of times with the same result', () => {
    fc.assert(
      fc.property(sums, sums, sums, (a, b, c) => {
        expect(joined(a, b)).toEqual(joined(b, a));
        expect(joined(joined(a, b), c)).toEqual(joined(a, joined(b, c)));
        expect(joined(joined(a, b), b)).toEqual(joined(a, b));
        expect(joined(a, NONE)).toEqual(a);
      }),
    );
  });

  it('are never counted twice, whatever is lost, repeated or out of order, and never more than there were', () => {
    fc.assert(
      fc.property(life, fc.array(fc.nat(11), { maxLength: 40 }), (told, order) => {
        let known = NONE;
        let counted = 0;
        for (const index of order) {
          const now = told[index % told.length] as Sums;
          counted += since(now, known).calls;
          known = joined(known, now);
        }
        expect(counted).toBe(known.calls);
        expect(counted).toBeLessThanOrEqual((told.at(-1) as Sums).calls);
      }),
    );
  });
});

const report = fc.record({
  group: fc.string({ minLength: 1, maxLength: 20 }),
  life: fc.string({ minLength: 1, maxLength: 20 }),
  seq: fc.nat(),
  every: fc.integer({ min: 1, max: 10_000 }),
  flag: fc.constantFrom('none', 'hello', 'bye'),
  circuits: fc.array(
    fc.record({
      name: fc.string({ minLength: 1, maxLength: 200 }),
      slowerThan: fc.nat(10_000),
      state: fc.constantFrom('closed', 'open', 'half-open'),
      ground: fc.constantFrom('none', 'sums', 'other', 'hearsay'),
      rule: fc.string({ maxLength: 30 }),
      age: fc.nat(1_000_000),
      left: fc.oneof(fc.nat(60_000), fc.constant(Number.POSITIVE_INFINITY)),
      sums: sums,
      before: fc.constant(NONE),
      bad: fc.option(
        fc.tuple(fc.nat(10_000), fc.nat(10_000)).map(([last, more]) => ({ first: last + more, last })),
        { nil: undefined },
      ),
      word: fc.option(
        fc.record({ count: fc.nat(100), life: fc.constant('abc'), mode: fc.constantFrom('active', 'isolated') }),
        { nil: undefined },
      ),
    }),
    { maxLength: 5 },
  ),
}) as fc.Arbitrary<Report>;

/** A report of a failed call, and of when it ended. */
const calls = (ages: string) => `[1,"g","l",0,250,[["a",0,0,0,"",0,0,1,1,0,0,0,0]],0,${ages}]`;

describe('a report', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(report, (one) => {
        expect(decode(encode(one), MAX)).toEqual(one);
      }),
    );
  });

  it('of a later version of this format is read without what that appends', () => {
    fc.assert(
      fc.property(report, (one) => {
        const later = JSON.parse(
          encode({
            ...one,
            circuits: one.circuits.map((each) => ({
              ...each,
              word: each.word ?? { count: 1, life: 'x', mode: 'active' },
            })),
          }),
        );
        const before = decode(JSON.stringify(later), MAX);
        for (const circuit of later[5]) circuit.push('new', { field: 1 });
        later.push([1, 2], 'new');
        expect(decode(JSON.stringify(later), MAX)).toEqual(before);
      }),
    );
  });

  it.each([
    ['too long', 'x'.repeat(MAX + 1)],
    ['no JSON', '[1,'],
    ['no list', '{"0":1}'],
    ['of another version', '[2,"g","l",0,250,[],0]'],
    ['of a group without a name', '[1,"","l",0,250,[],0]'],
    [
      'of too many circuits',
      JSON.stringify([1, 'g', 'l', 0, 250, Array(65).fill(['a', 0, 0, 0, '', 0, 0, 0, 0, 0, 0, 0, 0]), 0]),
    ],
    ['of more failures than calls', '[1,"g","l",0,250,[["a",0,0,0,"",0,0,1,2,0,0,0,0]],0]'],
    ['of sums that shrink', '[1,"g","l",0,250,[["a",0,0,0,"",0,0,1,0,0,2,1,0]],0]'],
    ['of too many calls', '[1,"g","l",0,250,[["a",0,0,0,"",0,0,100001,0,0,0,0,0]],0]'],
    ['of a state that there is not', '[1,"g","l",0,250,[["a",0,"length",0,"",0,0,1,0,0,0,0,0]],0]'],
    ['of a fraction of a call', '[1,"g","l",0,250,[["a",0,0,0,"",0,0,1.5,0,0,0,0,0]],0]'],
    ['of bad calls of which the last ended before the first', calls('[[100,200]]')],
    ['of bad calls that will end', calls('[[100,-1]]')],
    ['of a bad call that ended at a time that is no number', calls('[["soon",100]]')],
    ['of bad calls that are no list', calls('[7]')],
    ['of a name that is too long', `[1,"g","l",0,250,[["${'a'.repeat(201)}",0,0,0,"",0,0,1,0,0,0,0,0]],0]`],
  ])('is worth nothing if it is %s', (_, text) => {
    expect(decode(text, MAX)).toBeUndefined();
  });

  it('of the first version is read for ever', () => {
    const fixtures = JSON.parse(readFileSync(new URL('fixtures/reports-1.json', import.meta.url), 'utf8'));
    for (const { text, means } of fixtures) expect(decode(text, MAX)).toEqual(means);
  });
});

/** Anything that may arrive: reports with parts replaced, lists, and text. */
const arrives = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(report, fc.nat(60), fc.jsonValue())
      .map(([one, place, value]) => changed(encode(one), place, value)),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
);

/** The report with one of its values, at whatever depth, replaced by another. */
function changed(text: string, place: number, value: unknown): string {
  let left = place;
  return JSON.stringify(JSON.parse(text), (_, old) => (left-- === 0 ? value : old)) ?? '';
}

describe('whatever arrives', () => {
  it('throws nothing and opens nothing, unless it comes from a quorum of lives', async () => {
    const time = new VirtualTime();
    const bus = new TestBus();
    const all = await fleet(2, time, bus, { openWhen: failureRate(0.5, { minimumCalls: 10 }) });
    for (const each of all) for (let i = 0; i < 20; i++) each.call('success');
    let n = 0;
    fc.assert(
      fc.property(arrives, (text) => {
        // All of it claims to be of this group and of one and the same instance.
        bus.say(text.replace(/^\[1,"(?:[^"\\]|\\.)*","(?:[^"\\]|\\.)*",\d+/, `[1,"test","liar",${n++}`));
      }),
      { numRuns: RUNS },
    );
    expect(all.map(({ rules }) => rules)).toEqual([[], []]);
    expect(all.map(({ events }) => events.filter(({ type }) => type === 'fault'))).toEqual([[], []]);
  });

  it('makes no breaker, and is not remembered under names that nobody here has', async () => {
    const time = new VirtualTime();
    const bus = new TestBus();
    const one = instance(time, bus);
    for (let i = 0; i < 100; i++) {
      bus.say(
        `[1,"test","other",${i},250,[["__proto__",0,1,1,"",0,0,1,0,0,0,0,0],["n${i}",0,1,1,"",0,0,1,0,0,0,0,0]],0]`,
      );
    }
    expect(one.sharing.report().circuits.map(({ name, told }) => [name, told])).toEqual([['payments', []]]);
  });
});
