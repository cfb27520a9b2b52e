import { describe, expect, it } from 'vitest';
import { anchorsIn, brokenLinks, linksIn } from '../../src/pages/links.ts';

const onDisk = (...paths: string[]) => new Set(paths).has.bind(new Set(paths));

function broken(page: string, other = '# Other\n', exists = onDisk('docs/a.md', 'docs/b.md', 'packages/core')) {
  return brokenLinks(
    new Map([
      ['docs/a.md', page],
      ['docs/b.md', other],
    ]),
    exists,
  );
}

describe('links in pages', () => {
  it.each([
    ['to a page that is not there', '[x](c.md)', ['docs/a.md:1  docs/c.md does not exist']],
    ['to a folder that is not there', '\n\n[x](../packages/gone/)', ['docs/a.md:3  packages/gone does not exist']],
    ['to a heading that is not there', '[x](b.md#none)', ['docs/a.md:1  docs/b.md has no #none']],
    ['to a heading of its own that is not there', '# A\n[x](#b)', ['docs/a.md:2  docs/a.md has no #b']],
    ['out of the repository', '[x](../../etc)', ['docs/a.md:1  ../etc does not exist']],
    ['of a picture', '![x](images/gone.svg "a title")', ['docs/a.md:1  docs/images/gone.svg does not exist']],
    ['by a definition', '[x]\n\n[x]: gone.md', ['docs/a.md:3  docs/gone.md does not exist']],
    ['in HTML', '<img alt="x" src="gone.png">', ['docs/a.md:1  docs/gone.png does not exist']],
  ])('%s: broken', (_case, page, what) => {
    expect(broken(page)).toEqual(what);
  });

  it.each([
    ['to a page, a heading, a folder', '[x](b.md) [y](b.md#other) [z](../packages/core/)'],
    ['to the web', '[x](https://example.com/gone) [y](mailto:a@example.com)'],
    ['in code', '`[x](gone.md)`\n\n```md\n[x](gone.md)\n```\n<!-- [x](gone.md) -->'],
  ])('%s: kept', (_case, page) => {
    expect(broken(page)).toEqual([]);
  });

  it('are found with their lines', () => {
    expect(linksIn('README.md', 'a\n[b](docs/b.md#c)')).toEqual([
      { where: 'README.md:2', path: 'docs/b.md', anchor: 'c' },
    ]);
  });
});

describe('anchors of a page', () => {
  it('are its headings as GitHub names them', () => {
    const page = '# One, two\n## `three()`: *four*\n## A [link](b.md)\n## One, two\n```\n# none\n```\n<a id="own"></a>';
    expect([...anchorsIn(page)]).toEqual(['one-two', 'three-four', 'a-link', 'one-two-1', 'own']);
  });
});
