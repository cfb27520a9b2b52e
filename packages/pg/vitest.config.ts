import { project } from '../../vitest.shared.ts';

export default project('pg', { test: { globalSetup: ['test/setup/one-postgres.ts'] } });
