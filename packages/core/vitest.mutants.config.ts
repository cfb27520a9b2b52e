import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { loadedByVite, project } from '../../vitest.shared.ts';

/** The tests that take seconds: properties and simulations. */
const SLOW =
  /\.property\.test|\/(?:adaptive|detector|model|presets)\/|\/(?:async-context|bounded|protection|retry-after)\.test/;

/** A mutant's run ends with the first test that notices it, so the quick tests come first. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => Number(SLOW.test(moduleId));
    return [...files].sort((a, b) => isSlow(a) - isSlow(b));
  }
}

/**
 * One worker for all files: a mutant is tried in half the time. Types do not change with mutants. The sources count what
 * is run of them, so a million calls take ten times as long.
 */
export default project('core', {
  test: { reporters: [], isolate: false, ...loadedByVite, testTimeout: 60_000, sequence: { sequencer: QuickFirst } },
});
