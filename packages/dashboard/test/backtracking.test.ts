import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Every regular expression of the package, where it is. */
function expressions(): [where: string, source: string][] {
  const found: [string, string][] = [];
  for (const folder of ['src', 'page']) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name) || name.endsWith('bundled.ts')) continue;
      const text = readFileSync(join(ROOT, folder, name), 'utf8');
      const { program } = parseSync(name, text);
      new Visitor({
        Literal(node) {
          if ('regex' in node && node.regex) found.push([`${folder}/${name}`, node.regex.pattern]);
        },
      }).visit(program);
    }
  }
  return found;
}

/** Repeats without a bound: `a+`, `a*`, `a{2,}`. */
const UNBOUNDED = /[+*]|\{\d+,\}/;

/** Whether an expression may look again from each character it has looked at: only one that begins at the beginning does not. */
function looksAgain(source: string): boolean {
  const bare = source.replace(/\\.|\[[^\]]*\]/g, 'x');
  if (!UNBOUNDED.test(bare)) return false;
  const isRepeatInRepeat = /\([^)]*[+*][^)]*\)[+*{]/.test(bare);
  // One repeat and nothing else matches wherever it begins to.
  return isRepeatInRepeat || !(bare.startsWith('^') || /^x[+*]$/.test(bare));
}

describe('an expression for text from outside', () => {
  it('looks at each character once: no work grows with the square of a path, a name or a header', () => {
    const all = expressions();
    expect(all.length).toBeGreaterThan(5);
    expect(all.filter(([, source]) => looksAgain(source))).toEqual([]);
  });

  it.each([
    ['[^/]+(?=\\/$)', true],
    ['\\/+$', true],
    ['^(a+)+$', true],
    ['^(a|b*)*$', true],
    ['\\s+', false],
    ['^[a-z][a-z0-9+.-]*:\\/\\/', false],
    ['[&<>"]', false],
  ])('is told from one that looks again: %s', (source, again) => {
    expect(looksAgain(source)).toBe(again);
  });
});
