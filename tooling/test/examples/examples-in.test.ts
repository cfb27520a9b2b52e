import { describe, expect, it } from 'vitest';
import { examplesIn } from '../../src/examples/examples-in.ts';

const page = `# Page
\`\`\`ts
import a, { type B, c } from 'x';
const d: B = a;
\`\`\`
\`\`\`ts run
import { c, f } from 'x';
const e = f(c);
\`\`\`
\`\`\`text
no code
\`\`\`
\`\`\`ts run
const d = f(e);
\`\`\`
\`\`\`ts
f(d);
\`\`\`
`;

const imports = [
  `import a from 'x';`,
  `import type { B as B } from 'x';`,
  `import { c as c } from 'x';`,
  `import { f as f } from 'x';`,
];

describe('the examples in a page', () => {
  const examples = examplesIn('README.md', page);
  const lines = (index: number) => examples[index]?.program.split('\n').filter((line) => line !== '');

  it('are its blocks of TypeScript, each with its line and whether it runs', () => {
    expect(examples.map(({ where, run }) => [where, run])).toEqual([
      ['README.md:3', false],
      ['README.md:7', true],
      ['README.md:14', true],
      ['README.md:17', false],
    ]);
  });

  it('see what blocks above them import and declare, and may declare it again', () => {
    const bodies = ['{', 'const d: B = a;', '{', 'const e = f(c);', '{', 'const d = f(e);', '{', 'f(d);'];
    expect(lines(3)).toEqual([...imports, ...bodies, '}', '}', '}', '}', 'export {};']);
  });

  it('that are run continue only those that are run', () => {
    expect(lines(2)).toEqual([...imports, '{', 'const e = f(c);', '{', 'const d = f(e);', '}', '}', 'export {};']);
  });

  it('code that readers do not see is an error', () => {
    expect(() => examplesIn('README.md', '<!-- ts\ndeclare const a: number;\n-->\n')).toThrow(SyntaxError);
  });

  it('a block that is not TypeScript is an error', () => {
    expect(() => examplesIn('README.md', '```ts\nnpm install\n```\n')).toThrow(SyntaxError);
  });
});
