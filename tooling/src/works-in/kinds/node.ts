import { type Kind, succeeds, tells } from '../kind.ts';
import { everyEntry, everyPackage, programs, programsTogether, requiringProgram } from '../sources.ts';
import { NODES, tools } from '../versions.ts';

/** In every test run: newer Nodes have the specs of runtime-tests. */
const [OLDEST] = NODES;

/** Every published entry, with `require` and with `import`, on each Node. */
export const nodeKinds: readonly Kind[] = NODES.flatMap((version) => [required(version), imported(version)]);

function required(version: string): Kind {
  return {
    ...common(version),
    name: `node ${version}, require`,
    ...(version === OLDEST && { corner: true }),
    files: {
      'names.cjs': `
        const same = async (entry) => {
          const names = Object.keys(require(entry)).sort().join();
          const imported = Object.keys(await import(entry)).filter((name) => !/^(default|module\\.exports)$/.test(name));
          if (names === '' || names !== imported.sort().join()) throw new Error(entry + ' exports ' + names);
        };
        Promise.all(${JSON.stringify(everyEntry)}.map(same));`,
      ...filesFor('cjs', requiringProgram),
    },
    imports: succeeds('node', 'names.cjs'),
    runs: tells(...storiesIn('cjs')),
  };
}

function imported(version: string): Kind {
  return {
    ...common(version),
    name: `node ${version}, import`,
    ...(version === OLDEST && { corner: true }),
    files: {
      'names.mjs': everyEntry
        .map((entry, i) => `import * as e${i} from '${entry}'; Object.keys(e${i})[0].at(0);`)
        .join('\n'),
      ...filesFor('mjs', (program) => program),
    },
    imports: succeeds('node', 'names.mjs'),
    runs: tells(...storiesIn('mjs')),
  };
}

/** One installation with that of the TypeScript kinds. */
function common(node: string): Pick<Kind, 'node' | 'packages' | 'ours' | 'shares'> {
  return { node, packages: tools('@types/node'), ours: everyPackage, shares: true };
}

function filesFor(extension: string, write: (program: string) => string): Record<string, string> {
  return Object.fromEntries(
    [...programsTogether(programs())].map(([name, program]) => [`${name}.${extension}`, write(program)]),
  );
}

function storiesIn(extension: string): string[] {
  return [...programsTogether(programs()).keys()].map((name) => `${name}.${extension}`);
}
