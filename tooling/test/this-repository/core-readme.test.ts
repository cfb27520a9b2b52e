import { expect, it } from 'vitest';
import { readRepository } from '../../src/repository/read-repository.ts';

const repository = readRepository();
const surface = repository.get('packages/core/api.txt') ?? '';
const readme = repository.get('packages/core/README.md') ?? '';

it("core's README names everything that can be called, with the plugs in its tables", () => {
  const names = [...surface.matchAll(/^export (?:declare )?(?:function|class|const) (\w+)/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([]);
});
