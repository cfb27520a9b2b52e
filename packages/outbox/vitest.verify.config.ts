import { project } from '../../vitest.shared.ts';

export default project('outbox-verify', { test: { include: ['verify/**/*.test.ts'] } });
