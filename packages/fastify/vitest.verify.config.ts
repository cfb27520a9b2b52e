import { loadedByVite, project } from '../../vitest.shared.ts';

/** All tests with the oldest version we promise, installed under an alias. */
const oldest = {
  extends: true as const,
  resolve: { alias: { fastify: 'fastify-5.0' } },
  test: { name: 'fastify 5.0', include: ['test/**/*.test.ts'], isolate: false, ...loadedByVite },
};

/** What takes too long for every change: many mixed requests. */
const mixed = { extends: true as const, test: { name: 'fastify', include: ['verify/**/*.test.ts'] } };

export default project('fastify-verify', { test: { include: [], projects: [oldest, mixed] } });
