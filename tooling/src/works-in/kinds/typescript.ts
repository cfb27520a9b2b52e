import { type Kind, tells } from '../kind.ts';
import type { Project } from '../project.ts';
import { everyPackage, programsTogether, story, typedPrograms } from '../sources.ts';
import { NODE, NODES, TYPESCRIPTS, tools } from '../versions.ts';

/** They add to their host's types, and both builds at once, in one program, would do so twice. */
const MIXED = ['fastify'];

/** One way to resolve modules, and the kinds of files that it knows. */
interface Resolution {
  readonly moduleResolution: string;
  readonly module: string;
  readonly extensions: readonly ('ts' | 'mts' | 'cts')[];
  /** What `package.json` says of `.ts`. */
  readonly type: 'commonjs' | 'module';
  readonly until?: number;
}

const RESOLUTIONS: readonly Resolution[] = [
  // TypeScript 7 does not have it.
  { moduleResolution: 'node10', module: 'CommonJS', extensions: ['ts'], type: 'commonjs', until: 7 },
  { moduleResolution: 'node16', module: 'Node16', extensions: ['mts', 'cts'], type: 'commonjs' },
  { moduleResolution: 'nodenext', module: 'NodeNext', extensions: ['mts', 'cts'], type: 'module' },
  { moduleResolution: 'bundler', module: 'ESNext', extensions: ['ts'], type: 'module' },
];

/** Strict programs that use every package, compiled by each TypeScript under each resolution; the output is run. */
export const typescriptKinds: readonly Kind[] = TYPESCRIPTS.flatMap((version) =>
  RESOLUTIONS.filter(({ until = 99 }) => Number.parseInt(version, 10) < until).map((each) => kindOf(version, each)),
);

function kindOf(version: string, resolution: Resolution): Kind {
  const { moduleResolution, extensions } = resolution;
  const isCorner = version === TYPESCRIPTS[0] && moduleResolution === 'node10';
  return {
    name: `typescript ${version}, ${moduleResolution}`,
    // The test command has a Node less to install.
    node: isCorner ? NODES[0] : NODE,
    shares: true,
    tools: [`typescript@${version}`],
    packages: tools('@types/node'),
    ours: everyPackage,
    ...(isCorner && { corner: true }),
    files: {
      'package.json': JSON.stringify({ type: resolution.type }),
      'tsconfig.json': JSON.stringify({ compilerOptions: optionsFor(version, resolution), include: ['src'] }),
      ...Object.fromEntries(extensions.flatMap(sources)),
      'tell.mjs': extensions
        .map((extension) => extension.replace('t', 'j'))
        .map((built) => `import * as ${built} from './out/story.${built}';console.log(await ${built}.tellStory());`)
        .join('\n'),
    },
    types: compiles,
    runs: tells('tell.mjs'),
  };
}

function optionsFor(version: string, { moduleResolution, module }: Resolution): object {
  return {
    target: 'ES2022',
    module,
    moduleResolution,
    strict: true,
    esModuleInterop: true,
    skipLibCheck: false,
    // TypeScript's own declarations are not ours to check.
    skipDefaultLibCheck: true,
    declaration: true,
    types: ['node'],
    rootDir: 'src',
    outDir: 'out',
    // 6 warns that this resolution ends with 7.
    ...(moduleResolution === 'node10' && version.startsWith('6') && { ignoreDeprecations: '6.0' }),
  };
}

function sources(extension: string): [file: string, text: string][] {
  const programs = [...programsTogether(typedPrograms(), MIXED)].map(([name, text]): [string, string] => [
    `src/${name}.${extension}`,
    text,
  ]);
  return [[`src/story.${extension}`, story], ...programs];
}

/** The check that neither the program nor a declaration of ours has an error. Those of hosts are theirs, and are named. */
async function compiles({ run }: Project): Promise<string | undefined> {
  try {
    await run('tsc', '-p', '.', '--pretty', 'false');
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : `${error}`;
    const errors = said.split('\n').filter((text) => /^\S.*: error TS|^error TS/.test(text));
    const hosts = errors.map((text) => /node_modules\/(?!@switchgear\/)(@[^/]+\/[^/]+|[^/]+)/.exec(text)?.[1]);
    if (errors.length === 0 || hosts.includes(undefined)) throw error;
    return `needs skipLibCheck for the declarations of ${[...new Set(hosts)].join(', ')}`;
  }
}
