import { project } from '../../vitest.shared.ts';

const newest = { extends: true as const, test: { name: 'hono' } };

/** The oldest version we promise, installed under an alias. */
const oldest = { extends: true as const, resolve: { alias: { hono: 'hono-4.8' } }, test: { name: 'hono 4.8' } };

// Every file leaves what is global as it found it, so that a worker can serve many.
export default project('hono', { test: { isolate: false, projects: [newest, oldest] } });
