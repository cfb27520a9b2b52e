import { project } from '../../vitest.shared.ts';

const newest = { extends: true as const, test: { name: 'hono' } };

/** The oldest version we promise, installed under an alias. */
const oldest = { extends: true as const, resolve: { alias: { hono: 'hono-4.8' } }, test: { name: 'hono 4.8' } };

export default project('hono', { test: { projects: [newest, oldest] } });
