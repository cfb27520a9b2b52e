import { inFile, type Mutant } from './mutant.ts';

const TESTS = ['window/evidence.property', 'window/window.property'];
const LULLS = ['breaker/lull.property', 'window/evidence.property'];

/** Mistakes in windows and detectors. */
export const evidenceMutants: readonly Mutant[] = [
  ...inFile('window/buckets.ts', TESTS, [
    ['while (tooOld >= ', 'while (tooOld > ', 'a slice is kept for one slice too long'],
    ['this.until = begun + this.slice', 'this.until = begun + 2 * this.slice', 'two slices are one'],
    ['rows.splice(0, row)', 'rows.splice(-row, row)', 'the newest slice is forgotten for the oldest'],
  ]),
  ...inFile('window/buckets.ts', TESTS, [
    ['super.clear(at);\n    this.origin = at;', 'super.clear(at);', 'a move does not restart the grid'],
    ['Math.min(this.#end, oldest + this.length)', 'this.#end', 'the oldest slice is noticed late'],
    ['at >= this.#end', 'at > this.#end', 'a slice takes the first call of the next'],
  ]),
  ...inFile('window/window.ts', TESTS, [
    ['entry.call <= gone', 'entry.call < gone', 'a bad call is remembered for one call too long'],
    ['Math.min(this.#call, this.#size)', 'this.#call', 'it counts more calls than it remembers'],
    ['this.#entries.slice(this.#oldest)', '[]', 'removing forgotten entries removes the rest'],
  ]),
  ...inFile('window/time-window.ts', TESTS, [
    [
      'this.from += Math.floor((at - this.from) / this.#length) * this.#length',
      'this.from = at',
      'it begins when it is asked',
    ],
    ['if (this.#length < Infinity) this.from = at;', '', 'a move does not restart it'],
  ]),
  ...inFile(
    'rules/windowed.ts',
    [...TESTS, ...LULLS],
    [
      ['if (at - duration < memory.from) return undefined;', '', 'calls of an earlier window are counted'],
      ['this.#wanting > 0 ? this.#wanting - 1 : ENDLESS', 'ENDLESS', 'the call that reaches the minimum is skipped'],
      ['if (this.run > 0) return 0;', '', 'the success that ends a row is skipped'],
      ['failed ? this.run + 1 : 0', 'failed ? this.run + 1 : this.run', 'a success does not end a row'],
      ['this.#wanting <= 0 ? rule', 'this.#wanting < 0 ? rule', 'it judges one call late'],
      ['notable && this', 'this', 'successes are judged where only failures are to be'],
    ],
  ),
  ...inFile('rules/sustained.ts', LULLS, [
    ['this.#since === undefined ? this.inner.lull : 0', 'this.inner.lull', 'the success that ends the wait is skipped'],
  ]),
  ...inFile('rules/any-of.ts', LULLS, [
    [
      'Math.min(...this.parts.map(({ lullUnder }',
      'Math.max(...this.parts.map(({ lullUnder }',
      'one part grants a lull for all',
    ],
  ]),
  ...inFile(
    'detector/overdue.ts',
    ['detector/overdue'],
    [
      ['if (slice < this.#line) this.#overdue--;', '', 'a call that came back is still overdue'],
      ['begun > 1', 'begun > 2', 'one of two calls of a slice is forgotten'],
    ],
  ),
  ...inFile('rules/rates.ts', TESTS, [
    [
      "!reaches(share, rate)) return undefined;\n      return { rule: 'failureRate'",
      "!(share > rate)) return undefined;\n      return { rule: 'failureRate'",
      'a rate that is reached is not enough',
    ],
    [
      "!reaches(share, rate)) return undefined;\n      return { rule: 'slowCallRate'",
      "!(share > rate)) return undefined;\n      return { rule: 'slowCallRate'",
      'a rate of slow calls that is reached is not enough',
    ],
  ]),
  ...inFile('rules/counts.ts', TESTS, [
    ['!reaches(failures, count)', '!(failures > count)', 'a count that is reached is not enough'],
  ]),
];
