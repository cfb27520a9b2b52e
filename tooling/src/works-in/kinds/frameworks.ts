import { type Kind, serves, succeeds, tells } from '../kind.ts';
import { ask, filesIn, story, storyPackages } from '../sources.ts';
import { NEST, NODE, tools } from '../versions.ts';

const common: Pick<Kind, 'node' | 'ours'> = { node: NODE, ours: storyPackages };
const withNest = { node: NODE, ours: [...storyPackages, 'packages/nest'] };
const nest = tools('reflect-metadata', 'rxjs', 'typescript', '@types/node');

/** The compiler options that Nest needs, and those that its own projects have. */
const options = {
  target: 'ES2023',
  strict: true,
  emitDecoratorMetadata: true,
  experimentalDecorators: true,
  skipLibCheck: true,
  declaration: true,
  rootDir: 'src',
  outDir: 'dist',
};

/** Frameworks, with a project like the one that each of them generates. */
export const frameworkKinds: readonly Kind[] = [
  ...(['11.0', 11] as const).map(
    (version): Kind => ({
      ...withNest,
      name: `nest ${version}`,
      packages: [...NEST[version], ...nest, ...tools('jest', 'ts-jest', '@types/jest')],
      files: {
        ...nestSources(''),
        'tsconfig.json': tsconfig({ ...options, module: 'CommonJS', types: ['jest', 'node'] }),
        'package.json': JSON.stringify({
          jest: { rootDir: 'src', testRegex: '.*\\.spec\\.ts$', transform: { '^.+\\.(t|j)s$': 'ts-jest' } },
        }),
      },
      types: succeeds('tsc', '-p', '.'),
      runs: async (project) => {
        await tells('dist/main.js')(project);
        return succeeds('jest')(project);
      },
    }),
  ),
  {
    ...withNest,
    name: 'nest 12',
    packages: [...NEST[12], ...nest, ...tools('vitest')],
    files: {
      ...nestSources('.js'),
      'tsconfig.json': tsconfig({ ...options, module: 'NodeNext', types: ['vitest/globals', 'node'] }),
      'package.json': '{ "type": "module" }',
    },
    types: succeeds('tsc', '-p', '.'),
    runs: async (project) => {
      await tells('dist/main.js')(project);
      return succeeds('vitest', 'run', '--globals', '--dir=src')(project);
    },
  },
  {
    ...common,
    name: 'next',
    packages: tools('next', 'react', 'react-dom', '@types/react', 'typescript', '@types/node'),
    files: { ...filesIn('next'), ...ask, 'story.ts': story },
    // It checks types as well.
    imports: succeeds('next', 'build'),
    runs: serves(
      { '/api/story': 'story told', '/': 'the circuit is open' },
      ...['node_modules/next/dist/bin/next', 'start', '--port', '0'],
    ),
  },
];

/** Nest's project; ES modules import each other with an extension. */
function nestSources(extension: string): Record<string, string> {
  const sources = Object.entries(filesIn('nest'));
  return Object.fromEntries(
    sources.map(([file, text]) => [`src/${file}`, text.replaceAll(/'(\.\/\w+)'/g, `'$1${extension}'`)]),
  );
}

function tsconfig(compilerOptions: object): string {
  return JSON.stringify({ compilerOptions, include: ['src'] });
}
