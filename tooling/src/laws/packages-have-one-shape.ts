import type { Repository } from '../repository/repository.ts';
import { type Manifest, publicPackages, type Workspace, workspaces } from '../repository/workspace.ts';
import type { Law, Violation } from './law.ts';

/** The fields that every published package has, so that any project can load it. */
const SAYS: Readonly<Record<string, unknown>> = {
  type: 'module',
  license: 'MIT',
  sideEffects: false,
  engines: { node: '>=20' },
  publishConfig: { access: 'public', provenance: true },
};

/** What a package says of the project, as the root says it: the address stands in one place. */
function ofTheProject({ homepage, bugs, repository, author }: Partial<Manifest>, folder: string): object {
  const at = { ...(repository as object), directory: folder };
  return { homepage: `${homepage}/tree/main/${folder}#readme`, bugs, repository: at, author };
}

/** The licences of others' code that a package contains. */
export const NOTICES = 'THIRD-PARTY-NOTICES.txt';

/** The JSON Schema of the files that a package reads, which editors load by its path. */
const SCHEMA = 'schema.json';

/** Packages look alike, so that one script or test covers them all, and the root project references each. */
export const packagesHaveOneShape: Law = {
  name: 'published packages have one shape, and the root knows every workspace',
  *check(repository) {
    for (const each of publicPackages(repository)) yield* shapeOf(each, repository);
    const config = repository.get('tsconfig.json') ?? '';
    for (const { folder } of workspaces(repository)) {
      if (!config.includes(`"./${folder}"`)) yield { where: 'tsconfig.json', what: `has no reference to ${folder}` };
    }
  },
};

function* shapeOf({ folder, manifest }: Workspace, repository: Repository): Generator<Violation> {
  const where = `${folder}/package.json`;
  for (const field of ['browser', 'typesVersions']) {
    if (manifest[field] !== undefined) yield { where, what: `${field}: exports and main say it all` };
  }
  for (const field of ['description', 'keywords']) {
    if (!manifest[field]) yield { where, what: `has no ${field}` };
  }
  const root = JSON.parse(repository.get('package.json') ?? '{}') as Partial<Manifest>;
  yield* differs(where, manifest, { ...SAYS, ...ofTheProject(root, folder) });
  const { files, main, module, types, exports } = manifest;
  const entries = Object.entries(exports ?? {}).map(([subpath, target]) => [subpath, sourceOf(target)] as const);
  const extras = [NOTICES, SCHEMA].filter((file) => repository.has(`${folder}/${file}`));
  yield* differs(where, { files, main, module, types, exports }, fieldsFor(entries, extras));
  for (const [subpath, source] of entries) {
    if (source === undefined || subpath === '.') continue;
    const stub = `${folder}/${subpath.slice(2)}/package.json`;
    yield* differs(stub, JSON.parse(repository.get(stub) ?? '{}'), stubFor(source));
  }
  for (const file of ['README.md', 'tsconfig.src.json', 'tsconfig.test.json', 'vitest.config.ts', 'tsdown.config.ts']) {
    if (!repository.has(`${folder}/${file}`)) yield { where: folder, what: `has no ${file}` };
  }
}

function* differs(
  where: string,
  found: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): Generator<Violation> {
  for (const [field, value] of Object.entries(expected)) {
    const [is, must] = [JSON.stringify(found[field]), JSON.stringify(value)];
    if (is !== must) yield { where, what: `${field} must be ${must}, not ${is}` };
  }
}

function sourceOf(target: unknown): string | undefined {
  return (target as { readonly '@switchgear/source'?: string } | undefined)?.['@switchgear/source'];
}

/**
 * How the entries of a package are found: by `exports` where a tool reads it, otherwise by `main`, `module` and `types`.
 * Such tools (TypeScript's `node10`, Parcel) look for an entry as a folder with a `package.json` of its own.
 */
function fieldsFor(
  entries: readonly (readonly [subpath: string, source: string | undefined])[],
  extras: readonly string[],
): Fields {
  const own = entries.filter(([subpath, source]) => source !== undefined && subpath !== '.');
  return {
    files: ['dist', 'src', ...extras, ...own.map(([subpath]) => subpath.slice(2))],
    main: './dist/cjs/index.js',
    module: './dist/index.js',
    types: './dist/cjs/index.d.ts',
    exports: Object.fromEntries([
      ...entries.flatMap(([subpath, source]) => (source === undefined ? [] : [[subpath, conditionsFor(source)]])),
      ...(extras.includes(SCHEMA) ? [[`./${SCHEMA}`, `./${SCHEMA}`] as const] : []),
      ['./package.json', './package.json'],
    ]),
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** CommonJS for `require`; ESM for everything else, so that tools with neither condition get it too. */
function conditionsFor(source: string): object {
  const { cjs, esm } = builtFrom(source);
  return { '@switchgear/source': source, require: pair(`./${cjs}`), default: pair(`./${esm}`) };
}

function stubFor(source: string): Fields {
  const { cjs, esm } = builtFrom(source);
  return { main: `../${cjs}.js`, module: `../${esm}.js`, types: `../${cjs}.d.ts`, sideEffects: false };
}

function pair(path: string): object {
  return { types: `${path}.d.ts`, default: `${path}.js` };
}

/** The two builds of a source, without their extension. */
function builtFrom(source: string): { readonly cjs: string; readonly esm: string } {
  const name = source.replace('./src/', '').replace(/\.ts$/, '');
  return { cjs: `dist/cjs/${name}`, esm: `dist/${name}` };
}
