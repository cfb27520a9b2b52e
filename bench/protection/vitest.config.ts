import { project } from '../../vitest.shared.ts';

// Many small files that share their modules: a worker for each would cost as much as the tests.
export default project('protection', { test: { isolate: false } });
