import { describe, expect, it } from 'vitest';
import { rangeFrom, requireNames, versionIn } from '../../src/new-adapter/adapter.ts';
import { repositoryOf } from '../../src/repository/repository.ts';

const repository = repositoryOf({ 'packages/core/package.json': '{}' });
const acme = { name: 'acme', host: '@acme/client', methods: ['send'] };

describe('the names of a new adapter', () => {
  it('are accepted where npm and TypeScript accept them', () => {
    expect(() => requireNames(acme, repository)).not.toThrow();
    expect(() => requireNames({ ...acme, name: 'aws-s3', host: 'p-limit' }, repository)).not.toThrow();
  });

  it.each<[mistake: string, names: Partial<typeof acme>, message: string]>([
    ['a package that exists', { name: 'core' }, 'packages/core exists already (packages/core/package.json)'],
    ['a capital letter', { name: 'Acme' }, "'Acme' is not a valid name"],
    ['a path', { name: '../acme' }, "'../acme' is not a valid name"],
    ['a scope', { name: '@acme/client' }, "'@acme/client' is not a valid name"],
    ['a hyphen at the end', { name: 'acme-' }, "'acme-' is not a valid name"],
    ['a host with a space', { host: 'acme client' }, "'acme client' is not a valid npm name"],
    ['an option as a host', { host: '--global' }, "'--global' is not a valid npm name"],
    ['a method that is an expression', { methods: ['send()'] }, "'send()' is not the name of a method"],
    ['no method', { methods: [] }, '--method needs'],
  ])('are refused: %s', (_mistake, names, message) => {
    expect(() => requireNames({ ...acme, ...names }, repository)).toThrow(message);
  });
});

describe('the versions of the host', () => {
  it.each([
    ['2.1.0', '>=2.1 <3'],
    ['1.21.1', '>=1.21 <2'],
    ['0.45.4', '>=0.45.4 <0.46'],
  ])('%s is developed with, so %s is supported', (version, range) => {
    expect(rangeFrom(version)).toBe(range);
  });

  it.each([
    ['>=2.1 <3', '2.1.0'],
    ['^4', '4.0.0'],
    ['1.2.3', '1.2.3'],
  ])('%s is supported, so %s is developed with if the registry cannot be asked', (range, version) => {
    expect(versionIn(range)).toBe(version);
  });

  it('a range without a version is an error', () => {
    expect(() => versionIn('latest')).toThrow("--range 'latest' names no version");
  });
});
