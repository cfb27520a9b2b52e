import { bundle } from '../../tsdown.shared.ts';

const entries = { index: 'src/index.ts', 'koa/index': 'src/koa/index.ts' };

/** `require('@switchgear/express')` is the middleware's function itself, as in the Express packages that people know. */
const callable =
  'module.exports = Object.defineProperties(exports.circuitBreaker, Object.getOwnPropertyDescriptors(exports));';

export default bundle(entries).map((build) => (build.format === 'cjs' ? { ...build, footer: callable } : build));
