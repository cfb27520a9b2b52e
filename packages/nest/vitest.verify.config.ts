import { project } from '../../vitest.shared.ts';

/** What takes too long for every change: many mixed requests. */
export default project('nest', { test: { include: ['verify/**/*.test.ts'] } });
