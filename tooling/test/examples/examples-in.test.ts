import { describe, expect, it } from 'vitest';
import { examplesIn } from '../../src/examples/examples-in.ts';

const page = `# Page
\`\`\`ts
import a, { type B, c } from 'x';
const d: B = a;
\`\`\`
<!-- ts
import type { E } from 'y';
declare const e: E;
-->
\`\`\`ts run
import { c, f } from 'x';
const d = f(c, e);
\`\`\`
\`\`\`text
no code
\`\`\`
`;

describe('the examples in a page', () => {
  const [first, second, ...more] = examplesIn('README.md', page);

  it('are its blocks of TypeScript, each with its line and whether it runs', () => {
    expect(first).toMatchObject({ where: 'README.md:3', run: false });
    expect(second).toMatchObject({ where: 'README.md:11', run: true });
    expect(more).toEqual([]);
  });

  it('see earlier imports and assumptions once, and nothing that other blocks declare', () => {
    expect(second?.program.split('\n').filter((line) => line !== '')).toEqual([
      `import a from 'x';`,
      `import type { B as B } from 'x';`,
      `import { c as c } from 'x';`,
      `import type { E as E } from 'y';`,
      `import { f as f } from 'x';`,
      'declare const e: E;',
      '{',
      'const d = f(c, e);',
      '}',
      'export {};',
    ]);
  });

  it('a block that is not TypeScript is an error', () => {
    expect(() => examplesIn('README.md', '```ts\nnpm install\n```\n')).toThrow(SyntaxError);
  });
});
