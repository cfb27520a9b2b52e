import type { Report } from '../inside/report.ts';
import type { Runtime } from '../runtimes/runtime.ts';

/** The result of one runtime. */
export interface Line {
  readonly name: string;
  readonly passed: readonly string[];

  /** Errors by the name of the spec, or of another check. */
  readonly failed: ReadonlyMap<string, string>;

  /** The reason why it did not run, if it did not. */
  readonly skipped?: string;
}

/** The parts of a runtime that decide which specs it runs. */
export type Expected = Pick<Runtime, 'name' | 'specs' | 'has'>;

/**
 * Compares a report with what was expected. A spec that the runtime should have run and did not run has failed, and so has
 * one that it should not have run. A changed capability is a failure too, because it changes which specs run.
 */
export function lineOf({ name, specs, has }: Expected, { capabilities, results }: Report): Line {
  const passed: string[] = [];
  const failed = new Map<string, string>();
  const [known, found] = [[...has].sort().join(), [...capabilities].sort().join()];
  if (known !== found) failed.set('its capabilities', `it has ${found || 'none'}; we know of ${known || 'none'}`);

  const ran = new Map(results.map((result) => [result.spec, result]));
  for (const { name: spec, needs = [] } of specs) {
    if (!needs.every((need) => has.includes(need))) continue;
    const result = ran.get(spec);
    if (!result) failed.set(spec, 'it was not run');
    else if (result.error !== undefined) failed.set(spec, result.error);
    else passed.push(spec);
    ran.delete(spec);
  }
  for (const spec of ran.keys()) failed.set(spec, 'it was run, and does not concern this runtime');
  return { name, passed, failed };
}

/** The result of a runtime that ended without a report. */
export function brokenLine(name: string, error: unknown): Line {
  return {
    name,
    passed: [],
    failed: new Map([['the runtime itself', error instanceof Error ? error.message : `${error}`]]),
  };
}

/** The result of a runtime that is not available here. */
export function skippedLine(name: string, why: string): Line {
  return { name, passed: [], failed: new Map(), skipped: why };
}

/** `node24: 57 passed, 0 failed` */
export function textOf({ name, passed, failed, skipped }: Line): string {
  return skipped === undefined
    ? `${name}: ${passed.length} passed, ${failed.size} failed`
    : `${name}: SKIPPED, ${skipped}`;
}

/** A line as the test command adds it up. */
export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** What failed, each with the first line of its error. */
  readonly failures: readonly string[];
  readonly skipped: readonly string[];
}

/** The numbers of a line. A runtime that did not run is one test that did not run. */
export function tallyOf({ name, passed, failed, skipped }: Line): Tally {
  return {
    name,
    passed: passed.length,
    failed: failed.size,
    failures: [...failed].map(([spec, error]) => `${spec}: ${error.split('\n', 1)}`),
    skipped: skipped === undefined ? [] : [`all specs on ${name}: ${skipped}`],
  };
}

/** The exit code of a run: 0 when nothing failed and, where `skipsFail`, nothing was skipped either. */
export function exitCodeOf(lines: readonly Line[], skipsFail: boolean): 0 | 1 {
  const bad = lines.some(({ failed, skipped }) => failed.size > 0 || (skipsFail && skipped !== undefined));
  return bad ? 1 : 0;
}
