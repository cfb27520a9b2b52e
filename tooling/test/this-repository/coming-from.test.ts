import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as cockatiel from 'cockatiel';
import CircuitBreaker from 'opossum';
import { describe, expect, it } from 'vitest';
import { namesUnder } from '../../src/pages/tables.ts';
import { readRepository } from '../../src/repository/read-repository.ts';
import { parse, walk } from '../../src/repository/syntax.ts';

const { resolve } = createRequire(import.meta.url);
const page = (name: string) => readRepository().get(`docs/coming-from/${name}.md`) ?? '';
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

describe('coming from opossum', () => {
  const opossum = page('opossum');
  const sources = ['circuit.js', 'status.js'].map((file) =>
    readFileSync(join(dirname(resolve('opossum')), 'lib', file), 'utf8'),
  );
  const found = (pattern: RegExp) =>
    sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name));

  it('every option is in the table, and nothing else', () => {
    // It keeps its own cache of promises among the options.
    const options = found(/\boptions\.(\w+)/g).filter((name) => name !== 'coalesceCache');
    expect(options.length).toBeGreaterThan(50);
    expect(sorted(namesUnder(opossum, 'Options'))).toEqual(sorted(options));
  });

  it('every method and property is in the table, and nothing else', () => {
    const { prototype } = CircuitBreaker;
    const own = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor' && !name.startsWith('_'));
    const statics = Object.getOwnPropertyNames(CircuitBreaker).filter((name) => !Object.hasOwn(class {}, name));
    const builtIn = ['length', 'name', 'prototype'];
    const names = [...own, ...statics.filter((name) => !builtIn.includes(name))];
    expect(sorted(namesUnder(opossum, 'Methods and properties'))).toEqual(sorted(names));
  });

  it('every event is in the table, and nothing else', () => {
    expect(sorted(namesUnder(opossum, 'Events'))).toEqual(sorted(found(/\bemit\('(\w+)'/g)));
  });
});

describe('coming from cockatiel', () => {
  const table = page('cockatiel');
  const { options, members } = declared(dirname(resolve('cockatiel')));

  it('every option is in the table, and nothing else', () => {
    expect(options.size).toBeGreaterThan(15);
    expect(sorted(namesUnder(table, 'Options'))).toEqual(sorted(options));
  });

  it('every export is in the table, and nothing else', () => {
    expect(sorted(namesUnder(table, 'Exports'))).toEqual(sorted(Object.keys(cockatiel)));
  });

  it('every member of a policy is in the table, and nothing else', () => {
    expect(members.size).toBeGreaterThan(15);
    expect(sorted(namesUnder(table, 'Members'))).toEqual(sorted(members));
  });
});

/** What the declarations in a folder say: the fields of interfaces named options, and the public members of policies. */
function declared(folder: string): { options: Set<string>; members: Set<string> } {
  const options = new Set<string>();
  const members = new Set<string>();
  for (const file of globSync('**/*.d.ts', { cwd: folder })) {
    walk(parse(file, readFileSync(join(folder, file), 'utf8')).program, (node, around) => {
      if (!('key' in node) || node.key?.type !== 'Identifier') return;
      const { name } = node.key;
      const owner = around.at(-2);
      if (owner?.type === 'TSInterfaceDeclaration' && /(Options|Config)$/.test(owner.id.name)) options.add(name);
      if (owner?.type !== 'ClassDeclaration' || !/Policy$/.test(owner.id?.name ?? '')) return;
      const isPrivate = name.startsWith('_') || ('accessibility' in node && node.accessibility === 'private');
      if (!isPrivate && name !== 'constructor') members.add(name);
    });
  }
  return { options, members };
}
