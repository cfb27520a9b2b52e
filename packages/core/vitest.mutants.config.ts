import { project } from '../../vitest.shared.ts';

export default project('core', { test: { reporters: [], isolate: false, setupFiles: ['test/mutants/one-seed.ts'] } });
