import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import { load, type Settings } from '../src/index.ts';

const here = new URL('./files/', import.meta.url);
const files = readdirSync(here);
const read = (file: string): string => readFileSync(new URL(file, here), 'utf8');
const settings = (file: string): Settings => load(new URL(file, here), { env: {} });

/** Where each value of a file stands, by a way of its own: every scalar that is no key, and every line of properties. */
function valuesIn(file: string): string[] {
  const text = read(file);
  const found: string[] = [];
  if (file.endsWith('.properties')) {
    for (const [index, line] of text.split('\n').entries())
      if (/^\s*[a-z][^\s=:]*\s*[=:]/.test(line)) found.push(String(index + 1));
    return found;
  }
  const lineCounter = new LineCounter();
  for (const document of parseAllDocuments(text, { lineCounter })) {
    visit(document, {
      Scalar(key, node) {
        if (key === 'key' || !isScalar(node) || !node.range) return;
        const { line, col } = lineCounter.linePos(node.range[0]);
        found.push(`${line}:${col}`);
      },
    });
  }
  return found;
}

describe.each(files)('%s', (file) => {
  it('says of each of its values, at its line and column, what became of it', () => {
    const { carried, notes } = settings(file);
    const at = ({ line, column }: { line?: number; column?: number }) =>
      file.endsWith('.properties') ? String(line) : `${line}:${column}`;
    const said = new Set([...carried, ...notes].map(at));
    const values = valuesIn(file);
    expect(values.length).toBeGreaterThan(2);
    expect(values.filter((value) => !said.has(value))).toEqual([]);
  });

  it('says of no value both that it was carried and that it was not', () => {
    const { carried, notes } = settings(file);
    const id = ({ path, line, column }: { path: string; line?: number; column?: number }) =>
      `${path} ${line}:${column}`;
    const both = carried.map(id).filter((each) => notes.some((note) => id(note) === each));
    expect(both).toEqual([]);
  });

  it('gives a reason for each value that is not carried exactly', () => {
    for (const { said, why } of settings(file).notes) {
      expect(said).toMatch(/^(approximated|not carried)$/);
      expect(why.length).toBeGreaterThan(10);
    }
  });

  it('becomes these settings', () => {
    const { dialect, data, notes, carried } = settings(file);
    const lines = notes.map(({ line, path, said, why }) => `${line} ${path}: ${said}: ${why}`);
    expect({ dialect, data, notes: lines, carried: carried.map(({ path }) => path) }).toMatchSnapshot();
  });
});
