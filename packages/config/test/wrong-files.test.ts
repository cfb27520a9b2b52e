import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { load, SettingsError } from '../src/index.ts';

/** What a file that is wrong is refused with. */
function refusal(text: string, file: string): string {
  try {
    load(text, { file });
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message;
  }
  return 'nothing is wrong with it';
}

/** Each wrong file, and exactly what is said about it: a text that begins with its name, and the lines that are expected. */
const cases = readFileSync(new URL('./wrong-files.txt', import.meta.url), 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((part) => {
    const [head = '', ...rest] = part.split('\n');
    const [text = '', message = ''] = rest.join('\n').split(/^---->\n/m);
    const [file = '', rule = ''] = head.split(' | ');
    return { file, rule, text, message: message.trimEnd() };
  });

describe('wrong files', () => {
  it('are more than twenty', () => {
    expect(cases.length).toBeGreaterThan(20);
  });

  it.each(cases)('$file: $rule', ({ file, text, message }) => {
    expect(refusal(text, file)).toBe(message);
  });

  it('have their problems as data too, each with its place', () => {
    const error = (() => {
      try {
        return load('breakers:\n  a: { openFor: 3min }\n', { file: 'a.yaml' });
      } catch (thrown) {
        return thrown as SettingsError;
      }
    })() as SettingsError;
    expect(error).toMatchObject({ name: 'SettingsError', code: 'ESETTINGS' });
    expect(error.problems).toEqual([
      {
        file: 'a.yaml',
        path: 'breakers.a.openFor',
        line: 2,
        column: 17,
        what: "a.openFor must be a duration such as 500ms, 3s, 5m, 1h30m, got '3min'",
      },
    ]);
  });
});
