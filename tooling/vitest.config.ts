import { project } from '../vitest.shared.ts';

// No file has side effects on others, so all can share their imported modules.
export default project('tooling', { test: { isolate: false } });
