import type { Surroundings } from '../specs/kit/capability.ts';
import { capabilitiesHere } from '../specs/kit/capability.ts';
import type { Spec } from '../specs/kit/spec.ts';
import type { Report, Result } from './report.ts';

/** Time limit of one spec in milliseconds, where there are timers. */
const LIMIT = 45_000;

/** Runs the specs whose needs this runtime meets, one after the other. */
export async function runSpecs(specs: readonly Spec[], around: Surroundings): Promise<Report> {
  const capabilities = await capabilitiesHere(around);
  const results: Result[] = [];
  for (const spec of specs) {
    if (spec.needs?.every((need) => capabilities.includes(need)) ?? true) {
      results.push(await runSpec(spec, around, capabilities.includes('timers')));
    }
  }
  return { capabilities, results };
}

async function runSpec({ name, run }: Spec, around: Surroundings, limits: boolean): Promise<Result> {
  try {
    await (limits ? limited(async () => run(around)) : run(around));
    return { spec: name };
  } catch (error) {
    return { spec: name, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function limited(run: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`timed out after ${LIMIT} ms`)), LIMIT);
    run()
      .finally(() => clearTimeout(limit))
      .then(resolve, reject);
  });
}
