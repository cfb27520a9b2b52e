import { project } from '../../vitest.shared.ts';

/**
 * One worker for all files: a mutant is tried in half the time. Types do not change with mutants. The sources count what
 * is run of them, so a million calls take ten times as long.
 */
export default project('core', { test: { reporters: [], isolate: false, testTimeout: 60_000 } });
