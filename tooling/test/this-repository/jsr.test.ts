import { expect, it } from 'vitest';
import { jsrJson, jsrPackages } from '../../src/jsr/jsr-json.ts';
import { readRepository } from '../../src/repository/read-repository.ts';

const repository = readRepository();
const committed = [...repository].filter(([path]) => path.endsWith('/jsr.json'));

it('every package that JSR takes says there what its package.json says (pnpm jsr:write)', () => {
  const made = jsrPackages(repository).map((each) => [`${each.folder}/jsr.json`, jsrJson(each, repository)]);
  expect(made.length).toBeGreaterThan(5);
  expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(made));
});
