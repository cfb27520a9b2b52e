import { describe, expect, it } from 'vitest';
import { runConfigCommand } from '../src/command/main.ts';
import { load } from '../src/index.ts';

const file = (name: string) => new URL(`./files/${name}`, import.meta.url).pathname;
const wrong = new URL('./wrong-files.txt', import.meta.url).pathname;

function run(...args: string[]): { code: number; out: string; error: string } {
  let [out, error] = ['', ''];
  const code = runConfigCommand(args, {
    out: (text) => {
      out += `${text}\n`;
    },
    error: (text) => {
      error += `${text}\n`;
    },
  });
  return { code, out, error };
}

describe('check', () => {
  it('says what a file holds, and what was not taken over exactly, and ends with 0', () => {
    const { code, out, error } = run('check', file('istio-snippet.yaml'));
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain('istio-snippet.yaml: 1 breaker (default), read as istio\n');
    expect(out).toContain(
      'istio-snippet.yaml:5:23: outlierDetection.maxEjectionPercent: not carried: how many endpoints',
    );
    expect(out).toContain('2 values carried, 3 notes\n');
  });

  it('ends with 1 if a file is wrong, is not there, or with --strict is not taken over exactly', () => {
    expect(run('check', wrong)).toMatchObject({ code: 1, out: '' });
    expect(run('check', 'none.yaml').error).toContain('none.yaml: ENOENT');
    expect(run('check', file('istio-snippet.yaml'), '--strict').code).toBe(1);
    expect(run('check', file('istio-snippet.yaml'), file('breakers.yaml')).code).toBe(0);
  });

  it('says the same as JSON', () => {
    const { code, out } = run('check', file('opossum.json'), '--json');
    expect(code).toBe(0);
    const [read] = JSON.parse(out) as { dialect: string; notes: unknown[]; carried: unknown[]; problems: unknown[] }[];
    expect(read).toMatchObject({
      dialect: 'opossum',
      problems: [],
      settings: { breakers: { payments: { openFor: { fixed: 20_000 } } } },
    });
    expect([read?.carried.length, read?.notes.length]).toEqual([7, 4]);
  });
});

describe('convert', () => {
  it.each(['switchgear', 'envoy', 'istio', 'resilience4j'] as const)(
    'writes a file for %s, and what it could not say to the error output',
    (target) => {
      const { code, out, error } = run('convert', file('application.yml'), '--to', target);
      expect(code).toBe(0);
      expect(load(out).dialect).toBe(target);
      expect(error).toContain('readiness is what the program says');
    },
  );
});

describe('explain', () => {
  it('says what each breaker does, in sentences', () => {
    const { code, out } = run(
      'explain',
      file('breakers.yaml'),
      file('application.yml'),
      file('circuit-breaker-3.yaml'),
    );
    expect(code).toBe(0);
    expect(out).toMatchSnapshot();
  });
});

describe('a command that is none', () => {
  it.each([
    [[], 'no command'],
    [['cehck', 'a.yaml'], 'there is no command cehck'],
    [['check'], 'check needs a file'],
    [['convert', 'a.yaml'], '--to must be one of switchgear, envoy, istio, resilience4j'],
    [['convert', 'a.yaml', 'b.yaml', '--to', 'envoy'], 'convert takes one file'],
    [['check', 'a.yaml', '--loud'], '--loud'],
  ])('%j ends with 2 and says how it is used', (args, message) => {
    const { code, error } = run(...args);
    expect(code).toBe(2);
    expect(error).toContain(message);
    expect(error).toContain('usage: npx @switchgear/config check FILE');
  });

  it('is not one that asks for help', () => {
    expect(run('--help')).toMatchObject({ code: 0, error: '' });
  });
});
