import { expect, it } from 'vitest';
import { readOptions } from '../src/demo/options.ts';

it('the dashboard takes a free port, or the one given', () => {
  expect(readOptions([], {}).port).toBe(0);
  expect(readOptions(['--port', '8080'], {}).port).toBe(8080);
});

it.each([
  ['a port that is none', ['--port', '65536'], '--port is a number'],
  ['a port in words', ['--port', 'http'], '--port is a number'],
  ['an act that does not exist', ['--acts', 'steady,flood'], "no act 'flood'"],
  ['a story for shops that are served', ['--serve', '--short'], '--serve plays no story'],
  ['acts for shops that are served', ['--serve', '--acts', 'hang'], '--serve plays no story'],
  ['an option that does not exist', ['--sreve'], 'sreve'],
])('%s is refused with the reason', (_rule, args, reason) => {
  expect(() => readOptions(args, {})).toThrow(reason);
});
