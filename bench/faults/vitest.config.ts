import { project } from '../../vitest.shared.ts';

// Many small files that share nothing but a module: a worker for each would cost more than all tests together.
export default project('faults', { test: { isolate: false } });
