/**
 * Runs one program as a Cloudflare Worker, in the real workerd: bundled as Wrangler bundles, with Node's own modules at
 * its disposal (`nodejs_compat`). Sends it three requests, a quarter of a second apart, and prints the last answer, or the reason why there is no answer.
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
  // The first is for our own package, which is tested in the same way.
  conditions: ['@switchgear/source', 'workerd', 'worker', 'browser'],
  tsconfigRaw: {},
  plugins: [nodeModules],
  logLevel: 'error',
});
let output = '';
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
      output += chunk;
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
  console.log(`the Worker does not start: ${/Error: [^.]*/.exec(output)?.[0] ?? output}`);
} finally {
  await miniflare.dispose().catch(() => {}); // rejects again if the Worker did not start
}
