import { type Kind, serves, succeeds, tells } from '../kind.ts';
import type { Project } from '../project.ts';
import { ask, filesIn, route, story, storyPackages } from '../sources.ts';
import { NODE, tools } from '../versions.ts';

const common: Pick<Kind, 'node' | 'ours' | 'files'> = {
  node: NODE,
  ours: [...storyPackages, 'packages/hono'],
  files: { ...filesIn('bundled'), 'route.js': route, 'story.js': story, 'package.json': '{ "type": "module" }' },
};

/** Bundles for browsers with the tool's defaults where it has some, run in Node, which has what the story needs of one. */
export const bundlerKinds: readonly Kind[] = [
  {
    ...common,
    ...bundling('vite', (entry) => ['build', '--config', `vite.${entry}.config.js`]),
    name: 'vite',
    packages: tools('vite'),
    files: { ...common.files, ...viteConfig('main', 'index.html'), ...viteConfig('small', 'small.html') },
  },
  {
    ...common,
    ...bundling('webpack', (entry) => ['--mode=production', `--entry=./${entry}.js`, `--output-path=./out/${entry}`]),
    name: 'webpack',
    packages: tools('webpack', 'webpack-cli'),
  },
  {
    ...common,
    ...bundling('rollup', (entry) => [
      `${entry}.js`,
      ...['-p', 'node-resolve={browser:true}', '-p', 'commonjs', '-f', 'es', '-d', `out/${entry}`],
    ]),
    name: 'rollup',
    packages: tools('rollup', '@rollup/plugin-node-resolve', '@rollup/plugin-commonjs'),
  },
  {
    ...common,
    ...bundling('esbuild', (entry) => [`${entry}.js`, '--bundle', `--outdir=out/${entry}`]),
    name: 'esbuild',
    packages: tools('esbuild'),
  },
  {
    ...common,
    ...bundling('parcel', parcel),
    name: 'parcel, packageExports',
    packages: tools('parcel'),
    files: {
      ...common.files,
      'package.json': '{ "type": "module", "@parcel/resolver-default": { "packageExports": true } }',
    },
  },
  {
    ...common,
    ...bundling('parcel', parcel),
    // Without our adapter for Hono, which needs entries that Hono has in `exports` only.
    name: 'parcel, defaults',
    ours: storyPackages,
    packages: tools('parcel'),
    files: { ...common.files, 'main.js': `import { tellStory } from './story.js';\ntellStory().then(console.log);` },
  },
  {
    ...common,
    name: 'wrangler',
    packages: tools('wrangler'),
    files: { ...common.files, ...filesIn('worker'), ...ask },
    imports: succeeds('wrangler', 'deploy', '--dry-run', '--outdir', 'out'),
    runs: serves({ '/': 'route told, story told' }, 'node_modules/wrangler/bin/wrangler.js', 'dev', '--port=0'),
  },
];

/** Builds both entries, and sees that the small one has only what it uses. */
function bundling(program: string, args: (entry: 'main' | 'small') => string[]): Pick<Kind, 'imports' | 'runs'> {
  return {
    async imports(project) {
      for (const entry of ['main', 'small'] as const) await project.run(program, ...args(entry));
      // An option of `createBreaker`, which no minifier may rename.
      const made = { main: textOf(project, 'main'), small: textOf(project, 'small') };
      if (!made.main.includes('openWhen')) throw new Error('the bundle of the story has no breaker in it');
      if (made.small.includes('openWhen')) throw new Error('a bundle that needs no breaker has one in it');
      return undefined;
    },
    runs: (project) => tells(bundleOf(project, 'main'))(project),
  };
}

function bundleOf({ list }: Project, entry: string): string {
  const bundles = list(`out/${entry}`).filter((file) => /\.m?js$/.test(file));
  if (bundles.length !== 1) throw new Error(`expected one bundle, found: ${bundles.join()}`);
  return `${bundles}`;
}

function textOf(project: Project, entry: string): string {
  return project.read(bundleOf(project, entry));
}

function parcel(entry: 'main' | 'small'): string[] {
  return ['build', entry === 'main' ? 'index.html' : 'small.html', `--dist-dir=out/${entry}`];
}

/** Vite's defaults, but for the preloading of modules, which needs a page. */
function viteConfig(entry: string, page: string): Record<string, string> {
  const build = { outDir: `out/${entry}`, modulePreload: { polyfill: false }, rollupOptions: { input: page } };
  return { [`vite.${entry}.config.js`]: `export default { build: ${JSON.stringify(build)} };` };
}
