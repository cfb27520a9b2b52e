import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';

/** A bundle as a browser would get it. */
interface Bundle {
  readonly gzip: number;
  /** The files that contribute code to it. */
  readonly files: readonly string[];
}

/** How a bundle differs from one of the folder's own dependencies as published. */
interface Setting {
  /** Packages that stay imports. */
  readonly hosts?: readonly string[];
  /** Conditions of exports to follow, for the sources instead of what is published. */
  readonly conditions?: readonly string[];
}

/** An import, or a `require`, as a browser would get it: bundled without the hosts, minified, compressed with gzip. */
export async function bundleOf(
  imported: string,
  folder: string,
  { hosts = [], conditions = [] }: Setting = {},
): Promise<Bundle> {
  const names = imported.slice(0, imported.indexOf(' from ')).replace('* as ', '');
  const program = imported.startsWith('require(')
    ? `console.log(${imported});`
    : `import ${imported};\nconsole.log(${names});`;
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: folder },
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
 * Removes the line by which an adapter re-exports core where core is left out, because that line keeps every name of the
 * adapter alive.
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
