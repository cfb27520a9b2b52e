import { inFile, type Mutant } from './mutant.ts';

const PERMITS = ['breaker/permits.property', 'breaker/short-cut.property'];
const REGISTRY = ['registry/registry', 'registry/law.property'];
const LULLS = ['breaker/lull.property', 'window/evidence.property'];

/** Mistakes in the shell: short cuts, lulls, modes, snapshots, the registry. */
export const breakerMutants: readonly Mutant[] = [
  ...inFile(
    'call/settle.ts',
    [...PERMITS, ...LULLS],
    [
      ['at < circuit.lullUntil', 'at <= circuit.lullUntil', 'a lull lasts one instant too long'],
      ['duration < circuit.lullUnder', 'duration <= circuit.lullUnder', 'a call just slow enough is not counted'],
      [
        "generation !== circuit.current.generation && circuit.mode !== 'shadow'",
        'false',
        'answers of earlier eras count',
      ],
      ["else if (circuit.mode !== 'disabled')", 'else if (true)', 'a disabled breaker counts'],
      ['  endLull(circuit);\n', '', 'successes of the lull are counted after the outcome that ended it'],
    ],
  ),
  ...inFile('call/admit.ts', PERMITS, [
    ['at < current.until) return', 'at <= current.until) return', 'the short cut refuses one instant too long'],
    ["if (mode === 'shadow') return NO_PROBE;", '', 'a breaker in shadow refuses'],
    ["if (mode === 'isolated') return REFUSED;", '', 'an isolated breaker admits'],
    ["if (mode === 'disabled') return NO_PROBE;", '', 'a disabled breaker refuses'],
  ]),
  ...inFile(
    'circuit/fast-path.ts',
    [...PERMITS, ...LULLS],
    [
      [
        "circuit.isFastPath = circuit.current.phase === 'closed' && ",
        'circuit.isFastPath = ',
        'the short cut admits to any circuit',
      ],
      ['circuit.lullGranted - circuit.lullLeft', 'circuit.lullGranted', 'successes that never came count'],
      ['circuit.lullLeft = 0;', '', 'a lull outlives what granted it'],
    ],
  ),
  ...inFile('breaker/operate.ts', PERMITS, [
    [
      "if (current.phase === 'half-open' && blueprint.recovery !== before.recovery)",
      'if (false)',
      'one recovery reads the memory of another',
    ],
    [
      'inNewEra({ ...current, memory })',
      '{ ...current, memory }',
      'probes of the recovery before count in the new one',
    ],
  ]),
  ...inFile('call/admit.ts', PERMITS, [['if (this.#settled) return;', '', 'a permit settles twice']]),
  ...inFile('circuit/dispatch.ts', PERMITS, [
    ['if (lost > 0) circuit.own.lost += lost', 'circuit.own.lost += 1', 'probes that were not lost are counted'],
  ]),
  ...inFile(
    'circuit/metrics.ts',
    [...PERMITS, ...LULLS],
    [
      ["mode === 'active' && moves.length", 'moves.length', 'an isolated breaker forgets what it refused'],
      ['  endLull(circuit);\n', '', 'the reading leaves out the lull'],
    ],
  ),
  ...inFile(
    'breaker/snapshot.ts',
    ['breaker/snapshot.property'],
    [
      [
        'Math.min(from.since - toWall, at)',
        'from.since - toWall',
        'a clock set back puts the beginning into the future',
      ],
      ['until: state.until + toWall', 'until: state.until', 'a snapshot carries the clock of its own process'],
      ['const until = since + Math.max', 'const until = at + Math.max', 'a restored circuit waits all over again'],
    ],
  ),
  ...inFile('registry/create-registry.ts', REGISTRY, [
    ['this.size >= this.#max', 'this.size > this.#max', 'one breaker more than the bound'],
  ]),
  ...inFile('registry/ranks.ts', REGISTRY, [
    [
      "current.phase === 'closed') return returned",
      "current.phase !== 'open') return returned",
      'half-open circuits are forgotten like closed ones',
    ],
    ['this.#unaskedStale.stale() ?? ', '', 'an unused open circuit stays while there is a closed one'],
    ['this.#askedStale.stale() ?? ', '', 'an open circuit once in use stays while there is a closed one'],
    ['this.#overShare() ?? ', '', 'circuits in trouble take all the places'],
    ['?? this.#unused(this.#asked)', '?? this.#asked.oldest', 'the share of closed ones is taken from what is in use'],
    [
      '(isNewShort ? this.#unused(this.#regular) : undefined) ?? oldest',
      'oldest',
      'a new key goes before it can be asked for again',
    ],
    ['this.#requests - oldest.asked >= this.#max', 'true', 'new keys push out those in use'],
    ['entry.returned ||= !isLatest', 'entry.returned ||= true', 'several requests in a row count as use'],
    [
      'if (entry.trouble) entry.trouble.askedAt = entry.circuit.now();',
      '',
      'a circuit that was asked for goes for its age',
    ],
    ['isRequest || list === this.#asked', 'isRequest', 'a probe that goes through takes a circuit out of use'],
    ["if (circuit.mode !== 'active') return this.#kept;", '', 'a mode set by an operator is forgotten'],
  ]),
  ...inFile('registry/stale-queue.ts', REGISTRY, [
    ['if (now >= trouble.staleAt) return first;', 'return first;', 'one in use is found stale'],
    ['Math.max(until, troubleOf(entry).askedAt) + grace', 'until + grace', 'whether it was asked for does not matter'],
    ['Math.max(until - since, LEAST_GRACE)', '0', 'a circuit goes as soon as it is due'],
    ['isSooner(right, left) ? right : left', 'left', 'the queue is out of order once its first has gone'],
    ['if (!isSooner(entry, parent)) break;', 'break;', 'the queue is in the order of arrival'],
    ['if (last === entry) return;', 'return;', 'taking one out of the queue loses another'],
  ]),
];
