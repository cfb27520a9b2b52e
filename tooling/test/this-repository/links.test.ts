import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { brokenLinks, linksIn } from '../../src/pages/links.ts';
import { readRepository, root } from '../../src/repository/read-repository.ts';

const pages = new Map([...readRepository()].filter(([path]) => path.endsWith('.md')));

it('no page has a broken link', () => {
  expect([...pages].flatMap(([path, page]) => linksIn(path, page)).length).toBeGreaterThan(50);
  expect(brokenLinks(pages, (path) => existsSync(join(root, path)))).toEqual([]);
});
