import { describe, expect, it } from 'vitest';
import {
  allOf,
  consecutiveFailures,
  failureCount,
  failureRate,
  kinds,
  latencyPercentile,
  meanLatency,
  type ProbeEnding,
  type Progress,
  probes,
  type Recover,
  type RecoverRecipe,
  type Rule,
  ramp,
  slowCallRate,
} from '../../src/index.ts';

const built = (recipe: RecoverRecipe, rule?: Rule, permitTimeout = 500): Recover =>
  recipe.build({ permitTimeout, rule });

/** A stay half-open, in which calls are let through one after the other. */
class Stay {
  readonly #recover: Recover;
  #memory: unknown;
  #offered = 0;

  constructor(recover: Recover, at: number = 0) {
    this.#recover = recover;
    this.#memory = recover.start({ at, wait: 0, fromClosed: false });
  }

  /** Offers calls until one is let through, which then ends like this. */
  ends(ending: Partial<ProbeEnding>): Progress<unknown> {
    const { at = 0 } = ending;
    for (const most = this.#offered + 20; this.#offered < most; ) {
      const id = ++this.#offered;
      const { admitted, memory } = this.#recover.admit(this.#memory, { at, id });
      this.#memory = memory;
      if (!admitted) continue;
      const settled = { id, at, outcome: 'success', slow: false, duration: 1, ...ending } as const;
      const progress = this.#recover.settle(memory, settled);
      this.#memory = progress.memory;
      return progress;
    }
    throw new Error('nothing is let through');
  }

  tally(): object {
    return this.#recover.tally(this.#memory);
  }
}

/** The memory after calls that ended like these. */
function stayed(recover: Recover, endings: readonly Partial<ProbeEnding>[]): Progress<unknown> {
  const stay = new Stay(recover);
  return endings.map((ending) => stay.ends(ending)).at(-1) as Progress<unknown>;
}

const good = { outcome: 'success' } as const;
const bad = { outcome: 'failure' } as const;
const slow = { outcome: 'success', slow: true, duration: 200 } as const;

describe('probes', () => {
  it.each<[rule: string, recipe: RecoverRecipe, endings: Partial<ProbeEnding>[], to: string, evidence: object]>([
    [
      'by default closes after `permitted` successes',
      probes({ permitted: 2 }),
      [good, good],
      'closed',
      { calls: 2, failures: 0, slow: 0 },
    ],
    [
      'opens on the first failure by default',
      probes({ permitted: 2 }),
      [bad],
      'open',
      { calls: 1, failures: 1, slow: 0 },
    ],
    [
      'takes a slow success for a failure',
      probes({ permitted: 1 }),
      [slow],
      'open',
      { calls: 1, failures: 1, slow: 1 },
    ],
    [
      'takes more successes than places one after the other',
      probes({ permitted: 1, successes: 3 }),
      [good, good, good],
      'closed',
      { calls: 3, failures: 0, slow: 0 },
    ],
    [
      'counts failures and successes apart',
      probes({ permitted: 1, successes: 2, failures: 3 }),
      [bad, good, bad, good],
      'closed',
      { calls: 4, failures: 2, slow: 0 },
    ],
  ])('%s', (_rule, recipe, endings, to, evidence) => {
    expect(stayed(built(recipe), endings)).toEqual({ to, verdict: { rule: 'probes', evidence } });
  });

  it('may still need the larger of places and required successes', () => {
    const recover = built(probes({ permitted: 3, successes: 1, failures: 2 }));
    let memory = recover.start({ at: 0, wait: 0, fromClosed: false });
    for (const id of [1, 2, 3]) ({ memory } = recover.admit(memory, { at: 0, id }));
    expect(recover.admit(memory, { at: 0, id: 4 }).admitted).toBe(false);
  });

  it('reclaims a place after the breaker’s permitTimeout, or its own', () => {
    for (const [recipe, timeout] of [
      [probes({ permitted: 1 }), 500] as const,
      [probes({ permitted: 1, reprobeAfter: 80 }), 80] as const,
    ]) {
      const recover = built(recipe);
      const { memory, freeAt } = recover.admit(recover.start({ at: 0, wait: 0, fromClosed: false }), { at: 7, id: 1 });
      expect(freeAt).toBe(7 + timeout);
      expect(recover.admit(memory, { at: 6 + timeout, id: 2 })).toMatchObject({ admitted: false, lost: 0 });
      expect(recover.admit(memory, { at: 7 + timeout, id: 2 })).toMatchObject({ admitted: true, lost: 1 });
    }
  });

  it('reports when the first of several places is free at the latest', () => {
    const recover = built(probes({ permitted: 2 }));
    const first = recover.admit(recover.start({ at: 0, wait: 0, fromClosed: false }), { at: 10, id: 1 });
    const second = recover.admit(first.memory, { at: 90, id: 2 });
    expect(second.freeAt).toBe(510);
  });

  it('has no longest stay by default, and ends a given one at the deadline', () => {
    const stay = { since: 100 };
    expect(built(probes({ permitted: 1 })).expired?.(undefined, { ...stay, at: 1e9 })).toBeUndefined();
    const ending = built(probes({ permitted: 1, maxStay: 50 }));
    const memory = ending.start({ at: 100, wait: 0, fromClosed: false });
    expect(ending.expired?.(memory, { ...stay, at: 149 })).toBeUndefined();
    const verdict = { rule: 'maxStay', evidence: { maxStay: 50 } };
    expect(ending.expired?.(memory, { ...stay, at: 150 })).toEqual({ to: 'open', at: 150, verdict });
    expect(ending.expired?.(memory, { ...stay, at: 999 })).toEqual({ to: 'open', at: 150, verdict });
  });

  it('counts its probes for metrics', () => {
    const recover = built(probes({ permitted: 3, failures: 3 }));
    const { memory } = stayed(recover, [good, bad, slow, { outcome: 'ignored' }]);
    expect(recover.tally(memory)).toEqual({ calls: 3, failures: 2, slow: 1 });
    expect(recover.tally(recover.start({ at: 0, wait: 0, fromClosed: false }))).toEqual({
      calls: 0,
      failures: 0,
      slow: 0,
    });
  });

  it.each<[what: string, options: object, message: string]>([
    [
      'a name it does not know',
      { permitted: 1, tries: 2 },
      "probes has no option 'tries'; it takes permitted, successes, failures, sample, judge, reprobeAfter, maxStay, afterMaxStay",
    ],
    ['no successes', { permitted: 1, successes: 0 }, 'probes successes must be a whole number of at least 1, got 0'],
    ['no failures', { permitted: 1, failures: 0 }, 'probes failures must be a whole number of at least 1, got 0'],
    ['a sample of none', { permitted: 1, sample: 0 }, 'probes sample must be a whole number of at least 1, got 0'],
    [
      'failures beside a sample',
      { permitted: 1, sample: 2, failures: 1 },
      'probes failures must be omitted if sample is given, got 1',
    ],
    [
      'a judge that is not a rule',
      { permitted: 1, sample: 2, judge: {} },
      'probes judge must be a rule, got an object',
    ],
    ['null for a judge', { permitted: 1, sample: 2, judge: null }, 'probes judge must be a rule, got null'],
    [
      'a longest stay of nothing',
      { permitted: 1, maxStay: 0 },
      'probes maxStay must be a number of milliseconds greater than 0, got 0',
    ],
  ])('refuses %s', (_what, options, message) => {
    expect(() => probes(options as never)).toThrow(message);
  });
});

describe('a sample of probes', () => {
  const sample = (size: number, judge?: Rule) => probes({ permitted: size, sample: size, ...(judge && { judge }) });

  it('is judged as a whole by a rule, with all its numbers as evidence', () => {
    const verdict = stayed(built(sample(4, failureRate(0.5))), [bad, good, slow, bad]).verdict;
    expect(verdict).toEqual({
      rule: 'failureRate',
      evidence: { calls: 4, failures: 2, slow: 1, failureRate: 0.5, slowCallRate: 0.25, limit: 0.5 },
    });
  });

  it('has the plain counters and shares in the evidence, beside the rule’s own', () => {
    expect(stayed(built(sample(4, consecutiveFailures(2))), [good, slow, bad, bad]).verdict).toEqual({
      rule: 'consecutiveFailures',
      evidence: { calls: 4, failures: 2, slow: 1, failureRate: 0.5, slowCallRate: 0.25, run: 2, limit: 2 },
    });
  });

  it('closes with its own name if the rule has no verdict', () => {
    expect(stayed(built(sample(2, failureRate(0.6))), [bad, good])).toEqual({
      to: 'closed',
      verdict: { rule: 'probes', evidence: { calls: 2, failures: 1, slow: 0 } },
    });
  });

  it.each<[rule: string, judge: Rule, endings: Partial<ProbeEnding>[], to: 'open' | 'closed']>([
    ['failures in a row', consecutiveFailures(2), [good, bad, bad], 'open'],
    ['a row that a success ended', consecutiveFailures(2), [bad, bad, good], 'closed'],
    ['how long calls took', meanLatency(100), [{ duration: 100 }, { duration: 90 }, { duration: 110 }], 'open'],
    [
      'how long most of them took',
      latencyPercentile(0.5, 100),
      [{ duration: 1 }, { duration: 1 }, { duration: 900 }],
      'closed',
    ],
    [
      'how long half of them took',
      latencyPercentile(0.5, 100),
      [{ duration: 60 }, { duration: 60 }, { duration: 900 }],
      'closed',
    ],
    ['kinds', failureCount(1, { counting: kinds('timeout') }), [good, bad, { ...bad, kind: 'timeout' }], 'open'],
    ['kinds that did not come', failureCount(1, { counting: kinds('timeout') }), [good, bad, bad], 'closed'],
    ['slow calls', slowCallRate(0.5, { slowerThan: 100 }), [slow, slow, good], 'open'],
    [
      'several rules, each in its own columns',
      allOf(meanLatency(100), slowCallRate(0.3, { slowerThan: 250 })),
      [{ duration: 10 }, { duration: 10 }, { duration: 300 }],
      'open',
    ],
  ])('judges by %s', (_rule, judge, endings, to) => {
    expect(stayed(built(sample(3, judge)), endings).to).toBe(to);
    expect(stayed(built(sample(3), judge), endings).to).toBe(to);
  });

  it('fails if half of it failed, if the breaker’s detector is not a rule', () => {
    expect(stayed(built(sample(4)), [bad, bad, good, good]).to).toBe('open');
    expect(stayed(built(sample(4)), [bad, slow, good, good]).to).toBe('closed');
  });

  it('prefers the rule it was given to the breaker’s own', () => {
    expect(stayed(built(sample(2, failureRate(1)), failureRate(0.5)), [bad, good]).to).toBe('closed');
  });

  it('leaves ignored probes out', () => {
    const recover = built(sample(2));
    expect(stayed(recover, [bad, { outcome: 'ignored' }]).to).toBeUndefined();
    expect(stayed(recover, [bad, { outcome: 'ignored' }, good]).to).toBe('open');
  });
});

describe('ramp', () => {
  const shares = [0.25, 0.5, 1];

  it('by default ends a stage with the third success at once, and judges it from its fifth call', () => {
    const recover = built(ramp([1]));
    expect(stayed(recover, [good, good]).to).toBeUndefined();
    expect(stayed(recover, [good, good, good]).to).toBe('closed');
    expect(stayed(recover, [good, slow, good]).to).toBeUndefined();
    expect(stayed(recover, [good, bad, bad, bad]).to).toBeUndefined();
    expect(stayed(recover, [good, bad, bad, bad, bad]).to).toBe('open');
  });

  it('opens if its first call fails or is slow, but not if it is ignored', () => {
    const recover = built(ramp([1]));
    expect(stayed(recover, [bad])).toEqual({
      to: 'open',
      verdict: { rule: 'ramp', evidence: { calls: 1, failures: 1, slow: 0 } },
    });
    expect(stayed(recover, [slow])).toEqual({
      to: 'open',
      verdict: { rule: 'ramp', evidence: { calls: 1, failures: 0, slow: 1 } },
    });
    expect(stayed(recover, [{ outcome: 'ignored' }, good]).to).toBeUndefined();
    expect(stayed(recover, [{ outcome: 'ignored' }, bad]).to).toBe('open');
  });

  it('does not judge the first call of a later stage alone', () => {
    const stay = new Stay(built(ramp([0.5, 1], { stage: 10, minimumCalls: 2 })));
    stay.ends({ at: 10 });
    expect(stay.ends({ ...bad, at: 11 }).to).toBeUndefined();
    expect(stay.tally()).toMatchObject({ calls: 1, failures: 1 });
  });

  it('counts the successes of each stage anew, also after a rollback', () => {
    const stay = new Stay(built(ramp([0.5, 1], { successes: 2, minimumCalls: 2 })));
    for (const ending of [good, good, good, bad]) stay.ends(ending);
    expect(stay.tally()).toMatchObject({ share: 0.5, calls: 0 });
    stay.ends(good);
    expect(stay.tally()).toMatchObject({ share: 0.5, calls: 1 });
    stay.ends(good);
    expect(stay.tally()).toMatchObject({ share: 1, calls: 0 });
    stay.ends(good);
    expect(stay.ends(good).to).toBe('closed');
  });

  it('advances at the end of a timed stage only with a quick success', () => {
    const recover = built(ramp([1], { stage: 10, minimumCalls: 9 }));
    expect(stayed(recover, [good, { ...bad, at: 10 }]).to).toBeUndefined();
    expect(stayed(recover, [good, { ...slow, at: 10 }]).to).toBeUndefined();
    expect(stayed(recover, [good, { outcome: 'ignored', at: 10 }]).to).toBeUndefined();
    expect(stayed(recover, [good, { ...good, at: 10 }]).verdict).toEqual({
      rule: 'ramp',
      evidence: { calls: 2, failures: 0, slow: 0 },
    });
  });

  it('counts each stage from its own beginning', () => {
    const stay = new Stay(built(ramp([0.5, 1], { stage: 10 })), 100);
    stay.ends({ at: 115 });
    expect(stay.ends({ at: 124 }).to).toBeUndefined();
    expect(stay.tally()).toMatchObject({ calls: 1, failures: 0 });
    expect(stay.ends({ at: 125 }).to).toBe('closed');
  });

  it('starts each stage afresh after a rollback', () => {
    const stay = new Stay(built(ramp([0.5, 1], { stage: 10, minimumCalls: 2 })));
    for (const ending of [{ at: 10 }, { ...bad, at: 11 }, { ...bad, at: 15 }]) stay.ends(ending);
    expect(stay.tally()).toMatchObject({ calls: 0, failures: 0 });
    stay.ends({ at: 24 });
    expect(stay.tally()).toMatchObject({ calls: 1 });
    stay.ends({ at: 25 });
    expect(stay.tally()).toMatchObject({ calls: 0 });
  });

  it('ignores calls sent before a rollback, and counts those after it', () => {
    const recover = built(ramp([0.5, 1], { stage: 10, minimumCalls: 1 }));
    const first = recover.admit(recover.start({ at: 0, wait: 0, fromClosed: false }), { at: 0, id: 1 }).memory;
    const { memory } = recover.settle(first, { ...good, id: 1, at: 10, slow: false, duration: 1 });
    const held = recover.admit(memory, { at: 10, id: 2 }).memory;
    const next = recover.admit(held, { at: 10, id: 3 }).memory;
    const ending = { at: 11, slow: false, duration: 1 } as const;
    const back = recover.settle(next, { ...ending, ...bad, id: 2 });
    expect(recover.settle(back.memory, { ...ending, ...bad, id: 3 })).toEqual(back);
    expect(recover.settle(back.memory, { ...ending, ...bad, id: 4 }).to).toBe('open');
  });

  it('opens again if the first share fails, with the rule’s verdict', () => {
    const recover = built(ramp([1], { minimumCalls: 3 }), failureRate(0.5));
    const progress = stayed(recover, [good, bad, bad]);
    expect(progress.to).toBe('open');
    expect(progress.verdict).toMatchObject({ rule: 'failureRate', evidence: { calls: 3, failures: 2 } });
    expect(
      stayed(built(ramp([1], { minimumCalls: 3, judge: failureRate(1) }), failureRate(0.5)), [good, bad, bad]).to,
    ).toBeUndefined();
  });

  it('lets the whole share through even if fractions do not add up exactly', () => {
    const recover = built(ramp([0.1]));
    let memory = recover.start({ at: 0, wait: 0, fromClosed: false });
    const admitted: number[] = [];
    for (let id = 1; id <= 101; id++) {
      const answer = recover.admit(memory, { at: 0, id });
      expect(answer.lost).toBe(0);
      if (answer.admitted) admitted.push(id);
      memory = answer.memory;
    }
    expect(admitted).toEqual([1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 101]);
  });

  it('keeps its own copy of the shares', () => {
    const given = [...shares];
    const recover = built(ramp(given));
    given[0] = 1;
    const first = recover.admit(recover.start({ at: 0, wait: 0, fromClosed: false }), { at: 0, id: 1 });
    expect(first.admitted).toBe(true);
    expect(recover.admit(first.memory, { at: 0, id: 2 }).admitted).toBe(false);
  });

  it.each<[what: string, make: () => unknown, message: string]>([
    ['a number for shares', () => ramp(0.5 as never), 'ramp must be a list of shares, got 0.5'],
    ['nothing for shares', () => ramp(undefined as never), 'ramp must be a list of shares, got undefined'],
    ['a share of nothing', () => ramp([0]), 'ramp share must be a share greater than 0 and at most 1, got 0'],
    ['the same share twice', () => ramp([0.5, 0.5]), 'ramp shares must be in ascending order, got 0.5'],
    [
      'a name it does not know',
      () => ramp([1], { stages: 1 } as never),
      "ramp has no option 'stages'; it takes successes, stage, judge, minimumCalls",
    ],
    [
      'stages that end both by time and by count',
      () => ramp([1], { stage: 5_000, successes: 2 }),
      'ramp stage must be given without successes, because a stage ends either by time or by count, got 5000',
    ],
    ['no success', () => ramp([1], { successes: 0 }), 'ramp successes must be a whole number of at least 1, got 0'],
    [
      'no minimum',
      () => ramp([1], { minimumCalls: 0 }),
      'ramp minimumCalls must be a whole number of at least 1, got 0',
    ],
    ['a judge that is not a rule', () => ramp([1], { judge: {} as never }), 'ramp judge must be a rule, got an object'],
    ['null for a judge', () => ramp([1], { judge: null as never }), 'ramp judge must be a rule, got null'],
  ])('refuses %s', (_what, make, message) => {
    expect(make).toThrow(message);
  });
});
