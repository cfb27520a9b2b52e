import { inFile, type Mutant } from './mutant.ts';

const PERMITS = ['breaker/permits.property', 'breaker/short-cut.property'];
const LULLS = ['breaker/lull.property', 'window/evidence.property'];

/** Mistakes in the shell: short cuts, lulls, modes, snapshots, the registry. */
export const breakerMutants: readonly Mutant[] = [
  ...inFile(
    'breaker/settle.ts',
    [...PERMITS, ...LULLS],
    [
      ['at < circuit.until', 'at <= circuit.until', 'a lull lasts one instant too long'],
      ['duration < circuit.under', 'duration <= circuit.under', 'a call just slow enough is not told'],
      [
        "generation !== circuit.current.generation && circuit.mode !== 'shadow'",
        'false',
        'answers of earlier eras are heard',
      ],
      ["else if (circuit.mode !== 'disabled') weigh", 'else weigh', 'a disabled breaker counts'],
      ['  handOver(circuit);\n', '', 'successes of the lull are told after what ended it'],
    ],
  ),
  ...inFile('breaker/admit.ts', PERMITS, [
    ['at < until) return', 'at <= until) return', 'the short cut refuses one instant too long'],
    ["if (mode === 'shadow') return 0;", '', 'a breaker in shadow refuses'],
    ["if (mode === 'isolated') return REFUSED;", '', 'an isolated breaker admits'],
    ["if (mode === 'disabled') return 0;", '', 'a disabled breaker refuses'],
  ]),
  ...inFile(
    'breaker/attend.ts',
    [...PERMITS, ...LULLS],
    [
      [
        "circuit.plain = circuit.current.phase === 'closed' && ",
        'circuit.plain = ',
        'the short cut admits to any circuit',
      ],
      ['skip(circuit.granted - circuit.left)', 'skip(circuit.granted)', 'successes that never came are handed over'],
      ['circuit.left = 0;', '', 'a lull outlives what granted it'],
    ],
  ),
  ...inFile('breaker/reconfigure.ts', PERMITS, [
    ["if (current.phase === 'half-open')", 'if (false)', 'one recovery reads the memory of another'],
    [', generation: current.generation + 1', '', 'probes of the recovery before speak in the new one'],
  ]),
  ...inFile('breaker/call-permit.ts', PERMITS, [['if (this.#settled) return;', '', 'a permit settles twice']]),
  ...inFile('breaker/dispatch.ts', PERMITS, [
    ['circuit.lost += lost', 'circuit.lost += 1', 'probes that were not lost are counted'],
  ]),
  ...inFile(
    'breaker/metrics.ts',
    [...PERMITS, ...LULLS],
    [
      ["mode === 'active' && moves.length", 'moves.length', 'an isolated breaker forgets what it refused'],
      ['  attend(circuit);\n', '', 'the reading leaves out the lull'],
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
      ['? since + Math.max', '? at + Math.max', 'a restored circuit waits all over again'],
    ],
  ),
  ...inFile(
    'registry/create-registry.ts',
    ['registry/registry'],
    [
      ['this.size >= this.#max', 'this.size > this.#max', 'one breaker more than the bound'],
      [
        "current.phase === 'closed' &&",
        "current.phase !== 'open' &&",
        'half-open circuits are forgotten like closed ones',
      ],
    ],
  ),
];
