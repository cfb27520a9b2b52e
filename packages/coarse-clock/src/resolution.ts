import type { Millis } from '@switchgear/core';

/** The shortest interval of a timer: finer steps are not possible. */
const FINEST = 1;

/** The length of a bucket in the default window: a coarser clock would make the buckets useless. */
const COARSEST = 1_000;

/** The resolution in these options, with its default and its range check. */
export function resolutionOf(options: { readonly resolution?: Millis }): Millis {
  if (typeof options !== 'object' || options === null) refuse('coarseClock', 'an object', options);
  for (const name of Object.keys(options)) {
    if (name !== 'resolution') throw new TypeError(`coarseClock has no option '${name}'; it takes resolution`);
  }
  const { resolution = 20 } = options;
  const fits = typeof resolution === 'number' && resolution >= FINEST && resolution <= COARSEST;
  return fits ? resolution : refuse('coarseClock resolution', `a number from ${FINEST} to ${COARSEST}`, resolution);
}

function refuse(option: string, rule: string, value: unknown): never {
  const Refusal = typeof value === 'number' ? RangeError : TypeError;
  throw new Refusal(`${option} must be ${rule}, got ${typeof value === 'string' ? `'${value}'` : value}`);
}
