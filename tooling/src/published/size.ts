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

/** A bundle as a browser would get it. */
interface Bundle {
  readonly gzip: number;
  /** The files of which something is left in it. */
  readonly files: readonly string[];
}

/** What is not taken from the folder's own dependencies as published. */
interface Setting {
  /** Packages that stay imports. */
  readonly hosts?: readonly string[];
  /** Conditions of exports to follow, for the sources instead of what is published. */
  readonly conditions?: readonly string[];
}

/** An import as a browser would get it: bundled without the hosts, minified, compressed with gzip. */
export async function bundleOf(
  imported: string,
  folder: string,
  { hosts = [], conditions = [] }: Setting = {},
): Promise<Bundle> {
  const names = imported.slice(0, imported.indexOf(' from '));
  const { outputFiles, metafile } = await build({
    stdin: { contents: `import ${imported};\nconsole.log(${names});`, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    conditions: [...conditions],
    external: [...hosts, 'node:*'],
    plugins: [ownNamesOnly(hosts)],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {});
  return {
    gzip: gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).byteLength,
    files: inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file),
  };
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
