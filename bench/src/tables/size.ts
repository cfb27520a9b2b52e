import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Table } from './table.ts';

/** What a user writes to get one breaker. */
const IMPORTS: Readonly<Record<string, string>> = {
  'switchgear, defaults': "{ createBreaker } from '@switchgear/core'",
  'switchgear, plain': "{ createBreaker } from '@switchgear/core/plain'",
  'switchgear, every rule and window': "* as everything from '@switchgear/core'",
  'switchgear, by require': "require('@switchgear/core')",
  'switchgear coarse clock': "{ coarseClock } from '@switchgear/coarse-clock'",
  cockatiel: "{ circuitBreaker, handleAll, SamplingBreaker } from 'cockatiel'",
  opossum: "opossum from 'opossum'",
  mollitia: "{ Circuit, SlidingTimeBreaker } from 'mollitia'",
  alfred: "{ circuitBreaker } from '@git-stunts/alfred'",
  Effect: "{ CircuitBreaker } from 'effect/persistence'",
};

export const size: Table = {
  id: 'size',
  title: 'Bytes to download',
  about:
    'Bundled and minified by esbuild for a browser, then compressed. Modules that a bundler cannot resolve there are left out and named.',
  async measure() {
    const figures: Record<string, number> = {};
    const rows = [];
    for (const [name, imported] of Object.entries(IMPORTS)) {
      const { bytes, missing } = await bundle(imported);
      const [gzip, brotli] = [gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
      figures[`${name}: gzip`] = gzip;
      rows.push([name, bytes.length, gzip, brotli, missing.join(', ')]);
    }
    const bars = rows.map(([name, , gzip]) => ({ name: name as string, value: gzip as number }));
    return {
      columns: ['', 'B minified', 'B gzip', 'B brotli', 'missing in a browser'],
      rows,
      figures,
      picture: { title: 'One breaker to download, gzip', unit: 'B', bars, logarithmic: true },
    };
  },
};

async function bundle(imported: string): Promise<{ bytes: Uint8Array; missing: string[] }> {
  const names = imported.slice(0, imported.indexOf(' from ')).replace('* as ', '');
  const program = imported.startsWith('require(')
    ? `console.log(${imported});`
    : `import ${imported};\nconsole.log(${names});`;
  const missing = new Set<string>();
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['default'],
    write: false,
    logLevel: 'silent',
    // Otherwise esbuild would take the source condition from ours.
    tsconfigRaw: {},
    plugins: [
      {
        name: 'what only Node has',
        setup(builder) {
          builder.onResolve({ filter: /^(node:.*|events|process|util|async_hooks|perf_hooks)$/ }, ({ path }) => {
            missing.add(path);
            return { path, external: true };
          });
        },
      },
    ],
  });
  return { bytes: outputFiles[0]?.contents ?? new Uint8Array(), missing: [...missing] };
}
