import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';

/** How much of a package a user may have to download for a piece of it. */
export interface Budget {
  /** What is measured, for people. */
  readonly what: string;
  /** The folder of the package whose built files are measured. */
  readonly package: string;
  /** What the user writes: `{ createBreaker } from '@switchgear/core'`. */
  readonly import: string;
  /** What is left out besides the hosts: an adapter alone is one without core. */
  readonly without?: readonly string[];
  /** Bytes after minifying and gzip that may not be exceeded. */
  readonly limit: number;
  /** Bytes we want. */
  readonly goal?: number;
}

/** The bytes of an import as a browser would get it: bundled without the hosts, minified, compressed with gzip. */
export async function gzipBytes(imported: string, folder: string, hosts: readonly string[] = []): Promise<number> {
  const names = imported.slice(0, imported.indexOf(' from '));
  const { outputFiles } = await build({
    stdin: { contents: `import ${imported};\nconsole.log(${names});`, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: [...hosts, 'node:*'],
    plugins: [ownNamesOnly(hosts)],
    write: false,
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).byteLength;
}

/**
 * Takes out the line by which an adapter passes core's names on, where core is left out: it would keep alive every name of the
 * adapter's own as well.
 */
function ownNamesOnly(leftOut: readonly string[]): Plugin {
  return {
    name: 'own-names-only',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]dist[\\/]index\.js$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replace(/^export \* from "(.+)";$/gm, (line, from) =>
          leftOut.includes(from) ? '' : line,
        ),
      }));
    },
  };
}
