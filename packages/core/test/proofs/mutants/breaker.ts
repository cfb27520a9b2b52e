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
      ['!(duration >= circuit.under)', '!(duration > circuit.under)', 'a call just slow enough is not told'],
      ['generation === circuit.current.generation', 'true', 'answers of earlier eras are evidence'],
      ["if (mode === 'disabled') return;", '', 'a disabled breaker counts'],
    ],
  ),
  ...inFile('breaker/admit.ts', PERMITS, [
    ['at < current.until) return', 'at <= current.until) return', 'the short cut refuses one instant too long'],
    ["if (circuit.mode !== 'active') return 0;", '', 'other modes ask the machine'],
    ["if (circuit.mode === 'isolated') return REFUSED;", '', 'an isolated breaker admits'],
  ]),
  ...inFile(
    'breaker/attend.ts',
    [...PERMITS, ...LULLS],
    [
      [
        "circuit.plain = closed && mode === 'active'",
        "circuit.plain = mode === 'active'",
        'the short cut admits to any circuit',
      ],
      ['skip(circuit.granted - circuit.left)', 'skip(circuit.granted)', 'successes that never came are handed over'],
      ["(closed && mode !== 'disabled')", 'closed', 'a disabled breaker watches the calls in flight'],
      ['circuit.left = 0;', '', 'a lull outlives what granted it'],
    ],
  ),
  ...inFile('breaker/configure.ts', PERMITS, [
    ["if (current.phase === 'half-open')", 'if (false)', 'one recovery reads the memory of another'],
    ['generation: current.generation + 1,', '', 'probes of the recovery before speak in the new one'],
  ]),
  ...inFile('breaker/call-permit.ts', PERMITS, [['if (this.#settled) return;', '', 'a permit settles twice']]),
  ...inFile('breaker/dispatch.ts', PERMITS, [
    ['circuit.lost += lost', 'circuit.lost += 1', 'probes that were not lost are counted'],
  ]),
  ...inFile(
    'breaker/metrics.ts',
    [...PERMITS, ...LULLS],
    [
      ["mode !== 'active' || ", '', 'an isolated breaker forgets what it refused'],
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
      ['until: state.until + toWall', 'until: state.until', 'a snapshot carries another process’s clock'],
      ['const until = since + length', 'const until = at + length', 'a restored circuit waits all over again'],
    ],
  ),
  ...inFile(
    'registry/create-registry.ts',
    ['registry/registry'],
    [
      ['this.size >= this.#max', 'this.size > this.#max', 'one breaker more than the bound'],
      [
        "current.phase === 'closed' ?",
        "current.phase !== 'open' ?",
        'half-open circuits are forgotten like closed ones',
      ],
      ['if (this.peek(key) === breaker) ', '', 'a forgotten breaker comes back'],
    ],
  ),
];
