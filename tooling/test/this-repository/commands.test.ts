import { expect, it } from 'vitest';
import { brokenCommands, commandsIn } from '../../src/pages/commands.ts';
import { readRepository } from '../../src/repository/read-repository.ts';

const repository = readRepository();
const PAGES = /^(README\.md|CONTRIBUTING\.md|docs\/.*\.md|(packages|apps)\/[^/]+\/README\.md)$/;
const pages = [...repository].filter(([path]) => PAGES.test(path));

it('every command of pnpm in a page runs a script that exists, with our pnpm', () => {
  const commands = pages.flatMap(([path, page]) => commandsIn(path, page));
  expect(commands.length).toBeGreaterThan(50);
  expect(brokenCommands(commands, repository)).toEqual([]);
});

it('another pnpm, an unknown package and an unknown script are found', () => {
  const page = '`npx -y pnpm@1.2.3 demo`, `pnpm --filter @switchgear/nothing test`, `pnpm demos`, `pnpm demo --short`';
  expect(brokenCommands(commandsIn('a.md', page), repository)).toEqual([
    'a.md: npx -y pnpm@1.2.3 demo',
    'a.md: pnpm --filter @switchgear/nothing test',
    'a.md: pnpm demos',
  ]);
});
