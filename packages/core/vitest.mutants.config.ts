import { project } from '../../vitest.shared.ts';

/** One worker for all files: a mutant is tried in half the time. Types do not change with mutants. */
export default project('core', { test: { reporters: [], isolate: false } });
