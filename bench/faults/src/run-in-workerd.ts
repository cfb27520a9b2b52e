/**
 * Runs one program as a Cloudflare Worker, in the real workerd: bundled as Wrangler bundles, with Node's own modules at
 * its disposal (`nodejs_compat`). Asks it three times, a quarter of a second apart, and prints the last answer, or why there is none.
 */
import { builtinModules } from 'node:module';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { build, type Plugin } from 'esbuild';
import { Log, LogLevel, Miniflare } from 'miniflare';

/** Node's modules stay imports, also those that a CommonJS package requires. */
const nodeModules: Plugin = {
  name: 'node-modules',
  setup({ onResolve, onLoad }) {
    const names = new RegExp(`^(node:)?(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`);
    onResolve({ filter: names }, ({ path, kind }) => {
      const full = path.startsWith('node:') ? path : `node:${path}`;
      return kind === 'require-call' ? { path: full, namespace: 'required' } : { path: full, external: true };
    });
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `import whole from '${path}'; module.exports = whole;`,
    }));
  },
};

const [program = ''] = process.argv.slice(2);
const { outputFiles } = await build({
  entryPoints: [program],
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  // The first is for our own package, whose scene it plays too.
  conditions: ['@switchgear/source', 'workerd', 'worker', 'browser'],
  tsconfigRaw: {},
  plugins: [nodeModules],
  logLevel: 'error',
});
let said = '';
const miniflare = new Miniflare({
  modules: true,
  script: outputFiles[0]?.text ?? '',
  compatibilityDate: '2026-05-01',
  compatibilityFlags: ['nodejs_compat'],
  cf: false,
  host: '127.0.0.1',
  port: 0,
  log: new Log(LogLevel.NONE),
  handleRuntimeStdio(_stdout: Readable, stderr: Readable) {
    stderr.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  },
});
try {
  let answer = '';
  for (let i = 0; i < 3; i++) {
    if (i > 0) await sleep(250);
    answer = await (await miniflare.dispatchFetch('http://worker/')).text();
  }
  console.log(answer);
} catch {
  console.log(`the Worker does not start: ${/Error: [^.]*/.exec(said)?.[0] ?? said}`);
} finally {
  await miniflare.dispose().catch(() => {}); // of a Worker that has not started it rejects again
}
