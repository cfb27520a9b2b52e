import { project } from '../../vitest.shared.ts';

const newest = { extends: true as const, test: { name: 'express' } };

/** The oldest versions we promise, installed under aliases. */
const oldest = {
  extends: true as const,
  resolve: { alias: { express: 'express-4.18', koa: 'koa-3.0' } },
  test: { name: 'express 4.18' },
};

export default project('express', { test: { isolate: false, projects: [newest, oldest] } });
