import { describe, expect, it } from 'vitest';
import { fencedCode } from '../../src/examples/fenced-code.ts';

const page = [
  '# Page',
  '```ts',
  'const a = 1;',
  '```',
  'text',
  '```ts run',
  'console.log(2);',
  '```',
  '```text',
  'no code',
  '```',
].join('\n');

describe('fenced code', () => {
  it('finds the blocks of TypeScript, their lines, and which ones run', () => {
    expect(fencedCode('README.md', page)).toEqual([
      { where: 'README.md:3', code: 'const a = 1;\n', run: false },
      { where: 'README.md:7', code: 'console.log(2);\n', run: true },
    ]);
  });
});
