import type { Line } from './line.ts';

/** A spec that failed on some runtimes, with those on which it passed. */
export interface Difference {
  readonly spec: string;
  readonly failsOn: readonly { readonly runtime: string; readonly error: string }[];
  readonly passesOn: readonly string[];
}

/** The failures of the matrix, one for each spec, in the order in which they occurred. */
export function differences(lines: readonly Line[]): readonly Difference[] {
  const specs = new Set(lines.flatMap(({ failed }) => [...failed.keys()]));
  return [...specs].map((spec) => ({
    spec,
    failsOn: lines.flatMap(({ name, failed }) => {
      const error = failed.get(spec);
      return error === undefined ? [] : [{ runtime: name, error }];
    }),
    passesOn: lines.filter(({ passed }) => passed.includes(spec)).map(({ name }) => name),
  }));
}

/** A difference in a few lines of text. */
export function describeDifference({ spec, failsOn, passesOn }: Difference): string {
  const fails = failsOn.map(({ runtime, error }) => `   ${runtime}: ${error}`);
  return [`FAILED ${spec}`, ...fails, ...(passesOn.length > 0 ? [`   passes on ${passesOn.join(', ')}`] : [])].join(
    '\n',
  );
}
