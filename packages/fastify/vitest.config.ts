import { project } from '../../vitest.shared.ts';

const newest = { extends: true as const, test: { name: 'fastify' } };

/** The oldest version we promise, installed under an alias. */
const oldest = {
  extends: true as const,
  resolve: { alias: { fastify: 'fastify-5.0' } },
  test: { name: 'fastify 5.0' },
};

export default project('fastify', { test: { isolate: false, projects: [newest, oldest] } });
