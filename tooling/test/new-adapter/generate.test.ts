import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesIn } from '../../src/examples/examples-in.ts';
import { runPage } from '../../src/examples/run-page.ts';
import { laws } from '../../src/laws/laws.ts';
import type { Adapter } from '../../src/new-adapter/adapter.ts';
import { generate } from '../../src/new-adapter/generate.ts';
import { brokenLinks } from '../../src/pages/links.ts';
import { readRepository, root } from '../../src/repository/read-repository.ts';
import type { Repository } from '../../src/repository/repository.ts';

/** The host is one that is installed here. Two methods, because most templates that rot do so in a list. */
const acme: Adapter = {
  name: 'acme-mail',
  host: 'axios',
  version: '1.21.1',
  range: '>=1.21 <2',
  methods: ['send', 'receive'],
};

const repository = readRepository();
const files = generate(acme, repository);
const edited = [...files.keys()].filter((path) => repository.has(path));

/** What laws compare a package with. The tests of other packages and the apps would take as long again to parse. */
const others = [...repository].filter(
  ([path]) => !/^(apps|bench|runtime-tests)\/.*\.tsx?$|\/(test|verify|page)\//.test(path),
);
const together: Repository = new Map([...others, ...files]);

describe('a generated adapter in this repository', () => {
  it.each(laws.map((law) => [law.name, law] as const))('keeps the law: %s', (_name, law) => {
    const broken = [...law.check(together)].map(({ where, what }) => `${where}  ${what}`);
    const isOurs = (each: string) => each.includes('acme') || edited.some((path) => each.startsWith(path));
    expect(broken.filter(isOurs)).toEqual([]);
  });

  it('has no broken link, in its pages or in those that lead to it', () => {
    const pages = new Map([...together].filter(([path]) => path.endsWith('.md')));
    const exists = (path: string) => files.has(path) || path === 'packages/acme-mail' || existsSync(join(root, path));
    expect(brokenLinks(pages, exists).filter((each) => each.includes('acme'))).toEqual([]);
  });

  it('is listed wherever packages are, and nothing else changes there', () => {
    expect(edited).toEqual(['tsconfig.json', 'README.md', 'docs/README.md', 'tooling/size-budget.json']);
    for (const path of edited) {
      const before = new Set(repository.get(path)?.split('\n'));
      const added = files
        .get(path)
        ?.split('\n')
        .filter((line) => !before.has(line));
      expect(added?.join('\n')).toContain('packages/acme-mail');
    }
    expect(JSON.parse(files.get('tooling/size-budget.json') ?? '').at(-1)).toEqual({
      what: 'acme-mail, with the breaker',
      package: 'packages/acme-mail',
      import: "{ createBreaker, protectAcmeMail } from '@switchgear/acme-mail'",
      limit: 0,
    });
  });

  it('leaves no placeholder', () => {
    expect([...files].filter(([, text]) => /\{\{|__name__/.test(text)).map(([path]) => path)).toEqual([]);
  });

  it.each(edited)('is not made where the anchor in %s is missing, and the message names it', (path) => {
    expect(() => generate(acme, new Map([...repository, [path, 'rewritten']]))).toThrow(`${path}: the anchor "`);
  });
});

describe('a generated adapter by itself', () => {
  const folder = join(root, 'tooling/.cache/new-adapter');
  const own = join(folder, 'packages/acme-mail');
  const at = (path: string) => join(folder, path);
  const examples = examplesIn('packages/acme-mail/README.md', files.get('packages/acme-mail/README.md') ?? '');
  const exampleFiles = examples.map((_example, i) => at(`examples/${i}.ts`));

  function write(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of files) write(at(path), text);
    for (const path of ['tsconfig.base.json', 'tsconfig.test.base.json']) write(at(path), repository.get(path) ?? '');
    for (const [i, { program }] of examples.entries()) write(exampleFiles[i] ?? '', program);
    mkdirSync(at('node_modules/@switchgear'), { recursive: true });
    symlinkSync(own, at('node_modules/@switchgear/acme-mail'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.concurrent('compiles: its sources, its tests, and the code that its users see', async () => {
    const published = { rootDir: join(own, 'src'), outDir: at('out'), emitDeclarationOnly: true, composite: false };
    const compiled = (name: string, base: string, compilerOptions: object, include: string[]) => {
      write(at(name), JSON.stringify({ extends: at(base), compilerOptions, include }));
      return output(join(root, 'node_modules/.bin/tsc'), '-p', at(name));
    };
    const inTests = { typeRoots: [join(root, 'node_modules/@types')], noUnusedLocals: false };
    const seen = [join(own, 'test'), at('examples'), at('tooling/published/alone')];
    expect(
      await Promise.all([
        compiled('src.json', 'tsconfig.base.json', published, [join(own, 'src')]),
        compiled('test.json', 'tsconfig.test.base.json', inTests, seen),
      ]),
    ).toEqual(['', '']);
  });

  it.concurrent('has nothing that lint complains of', async () => {
    // The files are in a folder that git ignores, and formatted after they have been made.
    const config = JSON.parse(repository.get('biome.json') ?? '');
    write(at('biome.json'), JSON.stringify({ ...config, root: true, vcs: { enabled: false }, $schema: undefined }));
    const printed = await output(
      join(root, 'node_modules/.bin/biome'),
      'lint',
      '--error-on-warnings',
      `--config-path=${folder}`,
      own,
    );
    expect(printed).toMatch(/^Checked \d+ files in [^\n]+ No fixes applied\.\n$/);
  });

  it.concurrent('passes its own tests', async () => {
    const config = join(root, 'tooling/vitest.config.ts');
    const vitest = join(root, 'node_modules/.bin/vitest');
    const printed = await output(vitest, 'run', '--root', own, '--config', config, '--reporter=dot');
    expect(printed).toMatch(/Tests +\d+ passed \(\d+\)/);
  });

  it.concurrent('tells the story that is told of it installed alone, and runs its examples', async () => {
    const story = at('tooling/published/alone/acme-mail.mjs');
    expect(await output(process.execPath, '--conditions=@switchgear/source', story)).toBe('story told\n');
    const marked = exampleFiles.filter((_file, i) => examples[i]?.run);
    expect(marked.length).toBeGreaterThan(0);
    expect(Object.fromEntries(await runPage(marked, 50_000))).toEqual({});
  });
});

/** All that a program prints, without colours. */
async function output(program: string, ...args: string[]): Promise<string> {
  const { FORCE_COLOR: _forced, ...env } = process.env;
  const child = spawn(program, args, { cwd: root, env: { ...env, NO_COLOR: '1' } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += String(text)));
  await once(child, 'close');
  return printed;
}
