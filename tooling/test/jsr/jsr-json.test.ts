import { describe, expect, it } from 'vitest';
import { jsrJson, jsrPackages } from '../../src/jsr/jsr-json.ts';
import { repositoryOf } from '../../src/repository/repository.ts';

const manifest = {
  name: '@us/mail',
  version: '1.2.3',
  license: 'MIT',
  exports: { '.': { '@switchgear/source': './src/index.ts', types: '' }, './package.json': './package.json' },
};

function made(fields: object, lib = '"ES2022"'): { imports: Record<string, string>; [field: string]: unknown } {
  const repository = repositoryOf({ 'packages/mail/tsconfig.src.json': `{ "compilerOptions": { "lib": [${lib}] } }` });
  return JSON.parse(jsrJson({ folder: 'packages/mail', manifest: { ...manifest, ...fields } }, repository));
}

describe('jsr.json is made from package.json', () => {
  it('has its name, version, licence and the sources of its entry points', () => {
    expect(made({})).toMatchObject({
      name: '@us/mail',
      version: '1.2.3',
      license: 'MIT',
      exports: { '.': './src/index.ts' },
    });
  });

  it('takes our packages from JSR, in the version that is released with it', () => {
    expect(made({ dependencies: { '@us/core': 'workspace:^' } }).imports).toEqual({
      '@us/core': 'jsr:@us/core@^1.2.3',
    });
  });

  it.each([
    ['of one major', '>=2.1 <3', { mailer: '2.9.0' }, 'npm:mailer@^2.1'],
    ['of two majors, in the one that we develop with', '>=1.14 <3', { mailer: '2.9.0' }, 'npm:mailer@^2'],
    [
      'without types of its own, as its types',
      '>=8.11 <9',
      { mailer: '8.23.0', '@types/mailer': '8.20.1' },
      'npm:@types/mailer@^8.11',
    ],
  ])('takes from npm a host %s', (_case, range, devDependencies, specifier) => {
    expect(made({ peerDependencies: { mailer: range }, devDependencies }).imports).toEqual({ mailer: specifier });
  });

  it('asks for the types of browsers where the sources need them', () => {
    expect(made({})['compilerOptions']).toBeUndefined();
    expect(made({}, '"ES2022", "DOM"')['compilerOptions']).toMatchObject({ lib: expect.arrayContaining(['dom']) });
  });

  it('is not made of a package that JSR refuses, nor of a private one', () => {
    const packages = ['core', 'axios', 'testkit'].map((name) => [
      `packages/${name}/package.json`,
      JSON.stringify({ ...manifest, name: `@switchgear/${name}`, private: name === 'testkit' }),
    ]);
    const found = jsrPackages(repositoryOf(Object.fromEntries(packages)));
    expect(found.map(({ folder }) => folder)).toEqual(['packages/core']);
  });
});
