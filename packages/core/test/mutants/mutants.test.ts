import { describe, expect, it } from 'vitest';
import { asPage, differences, explanationsIn } from './explanations.ts';
import { leftOut, type Report, scoresOf, survivorsOf } from './report.ts';
import { proofs, resultsIn, table } from './results.ts';

const source = ['function half(n) {', '  if (n < 2) return `one`;', '  return n / 2;', '}'].join('\n');

const at = (line: number, column: number, endLine: number, endColumn: number) => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});

const report: Report = {
  files: {
    'src/numbers/half.ts': {
      source,
      mutants: [
        { status: 'Killed', replacement: 'n * 2', location: at(3, 10, 3, 15) },
        { status: 'Timeout', replacement: 'true', location: at(2, 7, 2, 12) },
        { status: 'Survived', replacement: '``', location: at(2, 21, 2, 26) },
        { status: 'NoCoverage', replacement: '{}', location: at(1, 18, 4, 2) },
        { status: 'RuntimeError', replacement: ';', location: at(3, 3, 3, 16) },
      ],
    },
    'src/words.ts': { source: '', mutants: [] },
  },
};

const survivors = survivorsOf(report);
const page = `# Survivors

## src/numbers/half.ts

### \`\` if (n < 2) return \`one\`; \`\`

- \`\` \`one\` \`\` → \`\` \`\` \`\`

Nobody can tell.

### \`function half(n) {\`

- \`\` { if (n < 2) return \`one\`; return n / 2; } \`\` → \`{}\`

Nobody can tell.
`;

describe('the check of survivors', () => {
  it('identifies a survivor by the code it changes, on one line', () => {
    expect(survivors).toEqual([
      { file: 'src/numbers/half.ts', line: 'if (n < 2) return `one`;', code: '`one`', became: '``' },
      {
        file: 'src/numbers/half.ts',
        line: 'function half(n) {',
        code: '{ if (n < 2) return `one`; return n / 2; }',
        became: '{}',
      },
    ]);
  });

  it('counts killed mutants, and separately those that cannot be loaded', () => {
    expect(scoresOf(report).get('src/numbers')).toEqual({ killed: 2, endless: 1, broken: 1, all: 4 });
  });

  it('brings the lines of the folders that were run up to date, and leaves the others', () => {
    const result = (killed: number, commit: string) => ({ killed, endless: 1, broken: 2, all: 4, commit });
    const before = new Map([
      ['src/numbers', result(1, 'aaaaaaa')],
      ['src/words', result(4, 'aaaaaaa')],
    ]);
    expect(resultsIn(proofs(before))).toEqual(before);
    const after = table(new Map([...resultsIn(proofs(before)), ['src/numbers', result(3, 'bbbbbbbb')]]));
    expect(after).toContain('| `src/numbers` | 4 | 3 | 75.0 % | 1 | 2 | bbbbbbb |');
    expect(after).toContain('| `src/words` | 4 | 4 | 100.0 % | 1 | 2 | aaaaaaa |');
    expect(after).toContain('| all | 8 | 7 | 87.5 % | 2 | 4 |  |');
  });

  it('names a mutant that Stryker was told to leave out', () => {
    expect(leftOut(report)).toEqual([]);
    const ignored = { status: 'Ignored', replacement: 'n', location: at(3, 10, 3, 15) };
    expect(leftOut({ files: { 'src/a.ts': { source, mutants: [ignored] } } })).toEqual(['Ignored: src/a.ts:3']);
  });

  it('passes if each survivor is explained', () => {
    expect(explanationsIn(page)).toEqual(survivors.map((each) => ({ ...each, why: 'Nobody can tell.' })));
    expect(differences(survivors, explanationsIn(page))).toEqual([]);
  });

  it('names an unexplained survivor', () => {
    expect(differences(survivors, explanationsIn(page).slice(1))).toEqual([
      'survived, unexplained: src/numbers/half.ts, in if (n < 2) return `one`;: `one` → ``',
    ]);
  });

  it('names an explanation of a mutant that did not survive', () => {
    expect(differences(survivors.slice(1), explanationsIn(page))).toEqual([
      'explained, but did not survive: src/numbers/half.ts, in if (n < 2) return `one`;: `one` → ``',
    ]);
  });

  it('refuses a survivor without a reason', () => {
    const reasons = explanationsIn(asPage(survivors)).map(({ why }) => why);
    expect(reasons).toEqual(['', '']);
    expect(differences(survivors, explanationsIn(asPage(survivors)))).toEqual([
      expect.stringContaining('no reason given'),
      expect.stringContaining('no reason given'),
    ]);
  });
});
