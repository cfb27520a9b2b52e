import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { checksOf } from '../src/demo/measure/checks.ts';
import { readOptions } from '../src/demo/options.ts';
import type { Result } from '../src/demo/run-demo.ts';
import { endingOf } from '../src/demo/screen/ending.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

it('the ending in the README is the one that the demo prints for the recorded run', () => {
  const run: Omit<Result, 'saved'> = JSON.parse(read('recorded-run.json'));
  const ending = endingOf({ ...run, checks: checksOf(run, run.phases) });
  expect(readme).toContain(`\`\`\`text\n${stripVTControlCharacters(ending)}\n\`\`\``);
});

it('every command of the README is one that the demo takes', () => {
  const commands = [...readme.matchAll(/`demo( --[^`]+)`/g)].map(([, options = '']) => options.trim().split(' '));
  expect(commands.length).toBeGreaterThan(5);
  for (const args of commands) expect(() => readOptions(args, {})).not.toThrow();
});
