import { inFile, type Mutant } from './mutant.ts';

const TESTS = ['machine/transition.property', 'model/model'];

/** Mistakes in the machine and in how traffic comes back. */
export const machineMutants: readonly Mutant[] = [
  ...inFile('machine/transition.ts', TESTS, [
    ['at >= state.until &&', 'at > state.until &&', 'an open circuit is due one instant late'],
    [' && at > state.since', '', 'a circuit need not stay open for the instant it opened in'],
    [
      'event.generation !== state.generation',
      'event.generation > state.generation',
      'answers of earlier eras are heard',
    ],
    ['return { state: from, moves: [] };', 'return { state, moves };', 'an answer of another era tells the time'],
    ['const generation = state.generation + 1', 'const generation = state.generation', 'a move begins no era'],
    ['      attempt++;\n', '', 'openings in a row are not counted'],
    ['>= (openFor.forgetAfter ?? 0)', '> (openFor.forgetAfter ?? 0)', 'openings are forgotten one instant late'],
    ["state.phase === 'closed' && at", "state.phase !== 'open' && at", 'a half-open circuit counts as recovered'],
    ['issued: admitted ?? state.issued', 'issued: id', 'refused callers are numbered too'],
    [
      'at: end.at }, { luck: state.luck, vitals })',
      'at: end.at })',
      'whoever looks first decides how long a stay that ran out opens for',
    ],
    ['if (phase !== event.to) enter', 'enter', 'a hand that moves it where it is makes a move'],
    [
      'because = { ...because, nextAttemptAt: until }',
      'because = { ...because, nextAttemptAt: at }',
      'the reason names another time than the state',
    ],
    ['const wait = state.until - state.since', 'const wait = 0', 'it does not remember how long it was open'],
    [
      "if (phase === 'closed') admitted = 0;",
      "if (phase === 'open') admitted = 0;",
      'an open circuit admits, and a closed one refuses',
    ],
  ]),
  ...inFile('recover/stay.ts', TESTS, [
    ['at < until)', 'at <= until)', 'a place is given on one instant late'],
    ['lost: late.length,', 'lost: 0,', 'lost probes are not counted'],
    ['Math.min(permitted, decision.needed(sample))', 'permitted', 'more probes go through than are needed'],
    ['places.length < before.length && ', '', 'a probe that was given up still speaks'],
    [' && late.includes(id)', '', 'a success counts that was never given up'],
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
    ['at: since + maxStay, verdict', 'at, verdict', 'a stay ends when somebody looks, not at its deadline'],
    ['at < since + maxStay', 'at <= since + maxStay', 'a stay ends one instant late'],
  ]),
  ...inFile('recover/ramp.ts', TESTS, [
    ['!reaches(credit, 1)', 'credit < 1', 'ten tenths are a little less than one'],
    ['credit: credit - 1', 'credit: 0', 'parts of a call that were owed are forgotten'],
    ['credit: 1 - (this.#shares[0] as number)', 'credit: 0', 'the first caller of a ramp is refused'],
    ['id <= memory.fence || ', '', 'calls sent at the greater share speak for the smaller one'],
    [
      'at >= memory.since + this.#length',
      'at > memory.since + 100 * this.#length',
      'a stage takes a hundred times as long',
    ],
  ]),
];
