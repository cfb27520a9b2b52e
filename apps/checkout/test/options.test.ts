import { expect, it } from 'vitest';
import { readOptions } from '../src/demo/options.ts';

it('the dashboard takes a free port, or the one given', () => {
  expect(readOptions([], {}).port).toBe(0);
  expect(readOptions(['--port', '8080'], {}).port).toBe(8080);
});

it.each([
  ['a port out of range', ['--port', '65536'], '--port must be a number'],
  ['a port that is not a number', ['--port', 'http'], '--port must be a number'],
  ['a phase that does not exist', ['--phases', 'steady,flood'], "no phase 'flood'"],
  ['a scenario together with --serve', ['--serve', '--short'], '--serve runs no scenario'],
  ['an explanation together with --serve', ['--serve', '--explain'], '--serve runs no scenario'],
  ['phases together with --serve', ['--serve', '--phases', 'hang'], '--serve runs no scenario'],
  ['an option that does not exist', ['--sreve'], 'sreve'],
])('%s is refused with the reason', (_rule, args, reason) => {
  expect(() => readOptions(args, {})).toThrow(reason);
});
