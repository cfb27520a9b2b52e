import { project } from '../../vitest.shared.ts';

// Every file leaves what is global as it found it, so that a worker can serve many.
export default project('hono', { test: { isolate: false } });
