import { detectorOf } from '../detector/build.ts';
import type { DetectorPlan } from '../detector/detector.ts';
import type { Plan } from '../machine/transition.ts';
import { refuse } from '../vocabulary/requirement.ts';
import { attend, handOver } from './attend.ts';
import type { Circuit } from './circuit.ts';
import { dispatch } from './dispatch.ts';
import { type BreakerOptions, type ResolvedOptions, resolveOptions } from './options.ts';

/** What a circuit goes by: its options, and what its plugs have made of them. Nothing in it changes, so circuits may share it. */
export interface Policy extends Plan {
  readonly options: ResolvedOptions;
  readonly detection: DetectorPlan;
}

/** The last policy made. Breakers are often made alike, by a registry above all, and then have but their own counters. */
let latest: Policy | undefined;

/** What the plugs make of the options. */
export function policyOf(options: ResolvedOptions): Policy {
  if (latest && isAlike(options, latest.options)) return latest;
  const { openFor, openWhen, permitTimeout } = options;
  const rule = 'judge' in openWhen ? openWhen : undefined;
  const recovery = options.recover.build({ permitTimeout, rule });
  latest = { options, openFor, recovery, detection: detectorOf(openWhen, options) };
  return latest;
}

/** Whether two breakers have the same options but for the name. */
function isAlike(one: ResolvedOptions, other: ResolvedOptions): boolean {
  const options = Object.keys(one) as (keyof ResolvedOptions)[];
  return options.every((option) => option === 'name' || one[option] === other[option]);
}

/** From now on the circuit goes by its policy. A detector takes over what the one before it has seen, if it can. */
export function follow(circuit: Circuit): void {
  const { detection } = circuit.policy;
  if (circuit.detector || detection.anchored) circuit.detector = detection.start(circuit.now(), circuit.detector);
  attend(circuit);
}

/** Lays options over those the circuit was made with. */
export function reconfigure(circuit: Circuit, changes: Partial<BreakerOptions>): void {
  const before = { ...circuit.policy.options, name: circuit.name };
  const options = resolveOptions(changes, before);
  for (const option of ['name', 'clock'] as const) {
    if (options[option] !== before[option]) refuse(`reconfigure ${option}`, 'what it was at creation', options[option]);
  }
  const policy = policyOf(options);
  // Where time has moved the circuit under the old options, it has moved.
  const at = circuit.now();
  dispatch(circuit, { type: 'look', at });
  handOver(circuit);
  circuit.policy = policy;
  follow(circuit);
  const { current } = circuit;
  // Another recovery cannot read this one's memory: the stay begins anew, and probes under way no longer speak.
  if (current.phase === 'half-open') {
    const memory = policy.recovery.start({ at, wait: current.wait });
    circuit.current = { ...current, memory, generation: current.generation + 1 };
  }
}
