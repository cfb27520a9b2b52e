import { inFile, type Mutant } from './mutant.ts';

const TESTS = ['machine/transition.property', 'model/model'];

/** Mistakes in the machine and in how traffic comes back. */
export const machineMutants: readonly Mutant[] = [
  ...inFile('machine/transition.ts', TESTS, [
    ['at >= state.until &&', 'at > state.until &&', 'an open circuit is due one instant late'],
    [' && at > state.since', '', 'a circuit need not stay open for the instant it opened in'],
    [
      'event.generation !== now.state.generation',
      'event.generation > now.state.generation',
      'answers of earlier eras count',
    ],
    ['return { state: from, moves: [] };', 'return now;', 'an answer of another era shows what the time is'],
    ['generation: from.generation + 1,', 'generation: from.generation,', 'a move begins no era'],
    ['attempt: attempt + 1', 'attempt', 'openings in a row are not counted'],
    ['>= plugs.forgetAfter', '> plugs.forgetAfter', 'openings are forgotten one instant late'],
    [
      "from.phase === 'closed' && because.at",
      "from.phase !== 'open' && because.at",
      'a half-open circuit counts as recovered',
    ],
    ['issued: admitted ? id : state.issued', 'issued: id', 'refused callers are numbered too'],
    [', { luck: from.luck });', ');', 'the first look decides how long a stay that ran out opens for'],
    ['if (state.phase !== to) return enter', 'return enter', 'an order to where the circuit stands already moves it'],
    [
      'because: { ...because, nextAttemptAt: until }, attempt',
      'because: { ...because, nextAttemptAt: because.at }, attempt',
      'the reason names another time than the state',
    ],
    ['? from.until - from.since : 0', '? 0 : 0', 'it does not remember how long it was open'],
    [
      "if (state.phase === 'closed') return { ...now, admitted: 0 };",
      "if (state.phase === 'open') return { ...now, admitted: 0 };",
      'an open circuit admits, and a closed one refuses',
    ],
  ]),
  ...inFile('recover/stay.ts', TESTS, [
    ['at < until)', 'at <= until)', 'a place is reclaimed one instant late'],
    ['lost: late.length,', 'lost: 0,', 'lost probes are not counted'],
    ['Math.min(permitted, decision.needed(sample))', 'permitted', 'more probes go through than are needed'],
    ['places.length < before.length && ', '', 'a lost probe still counts'],
    [' && late.includes(id)', '', 'a late success counts although its place was never reclaimed'],
    ['inTime || atLast', 'inTime', 'a success that is late does not count'],
    ['if (admitted) held.push', 'if (!admitted) held.push', 'admitted probes hold no place'],
    ['places.filter(({ until }) => at < until)', '[...places]', 'a lost probe holds its place for ever'],
  ]),
  ...inFile('recover/decision.ts', TESTS, [
    ["outcome === 'failure' || slow", "outcome === 'failure'", 'a slow probe counts as a good one'],
    ['sample.failures >= failures', 'sample.failures > failures', 'it opens one failure late'],
    ['succeeded(sample) < successes', 'succeeded(sample) <= successes', 'it closes one success late'],
    ['Math.max(permitted, successes) -', 'permitted -', 'with few permitted no more come than are permitted at once'],
  ]),
  ...inFile('recover/decision.ts', TESTS, [
    ['sample.calls < size', 'sample.calls <= size', 'it waits for a probe more than it lets through'],
    ['size - calls', 'size', 'more probes go through than the sample holds'],
  ]),
  ...inFile('recover/stay.ts', TESTS, [
    ['at: since + maxStay, verdict', 'at, verdict', 'a stay ends when it is read, not at its deadline'],
    ['at < since + maxStay', 'at <= since + maxStay', 'a stay ends one instant late'],
  ]),
  ...inFile('recover/ramp.ts', TESTS, [
    ['!reaches(credit, 1)', 'credit < 1', 'ten tenths add up to a little less than one'],
    ['credit: credit - 1', 'credit: 0', 'parts of a call that were owed are forgotten'],
    ['credit: 1 - (this.#shares[0] as number)', 'credit: 0', 'the first caller of a ramp is refused'],
    ['id <= memory.fence || ', '', 'calls sent at the larger share count for the smaller one'],
    [
      'at >= memory.since + this.#length',
      'at > memory.since + 100 * this.#length',
      'a stage takes a hundred times as long',
    ],
  ]),
];
