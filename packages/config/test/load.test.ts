import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layersOf, load, settingsRegistry } from '../src/index.ts';

describe('load', () => {
  it('takes a path, a URL, a text or an object', () => {
    const url = new URL('./files/opossum.json', import.meta.url);
    const text = readFileSync(url, 'utf8');
    const all = [load(url.pathname), load(url), load(text), load(JSON.parse(text) as object)];
    for (const { data } of all) expect(data).toEqual(all[0]?.data);
    expect(all.map(({ file }) => file)).toEqual([url.pathname, url.pathname, undefined, undefined]);
    expect(() => load('no-such-file.yaml')).toThrow('ENOENT');
  });

  it('reads a text with a byte order mark, and one without a line break', () => {
    expect(load('\uFEFFbreakers: { a: { openFor: 1s } }').breakers.has('a')).toBe(true);
    expect(load('outlier_detection: {}').dialect).toBe('envoy');
  });

  it('fills placeholders in from the environment only, and shows no value of it', () => {
    const text = [
      'breakers:',
      '  payments:',
      '    timeout: $' + '{LIMIT}',
      '    mode: $' + '{MODE:shadow}',
      '    permitTimeout: $' + '{REST:5s}',
      '',
    ].join('\n');
    const { policies, modes, carried } = load(text, { env: { LIMIT: '1500ms' } });
    expect(policies.get('payments')).toEqual({ timeout: 1_500 });
    expect(modes.get('payments')).toBe('shadow');
    expect(carried.map(({ value }) => value)).toEqual(['$' + '{LIMIT}', '$' + '{MODE:shadow}', '$' + '{REST:5s}']);
    expect(() => load(text, { env: {} })).toThrow('payments.timeout is $' + '{LIMIT}, and that is not set');
  });

  it('chooses by name, then by the first pattern that fits, then the defaults', () => {
    const settings = load(
      'defaults: { permitTimeout: 1s }\nbreakers:\n  api: { permitTimeout: 2s }\n  /^api/: { permitTimeout: 3s }\n  /x$/i: { permitTimeout: 4s }\n',
    );
    const timeouts = ['api', 'api-x', 'other-X', 'other'].map((key) => settings.options(key).permitTimeout);
    expect(timeouts).toEqual([2_000, 3_000, 4_000, 1_000]);
    expect(['api', 'api-x', 'other'].map((key) => settings.entryFor(key))).toEqual(['api', '/^api/', undefined]);
  });

  it('does not let defaults take a preset apart', () => {
    const settings = load(
      'defaults: { openFor: 5s, openWhen: { failureCount: 1 } }\nbreakers: { a: { preset: payments }, b: {} }\n',
    );
    const registry = settingsRegistry(settings);
    for (const name of ['a', 'b']) registry.get(name).record('failure');
    expect([registry.get('a').state, registry.get('b').state]).toEqual(['closed', 'open']);
  });

  it('refuses names that are names of objects themselves', () => {
    expect(load('breakers: { constructor: { openFor: 1s } }').breakers.has('constructor')).toBe(true);
    expect(() => load('breakers: { a: { constructor: 1 } }')).toThrow('a has no option constructor');
  });

  it.each([
    [{ as: 'resilience' }, "as must be one of 'circuit_breaker', 'resilience4j'"],
    [{ dialect: 'envoy' }, "load has no option 'dialect'; it takes as, env, name, file"],
  ])('refuses the options %o', (options, message) => {
    expect(() => load('breakers: {}', options as never)).toThrow(message);
  });
});

describe('layersOf', () => {
  it('has the layers that a file asks for, in the recommended order', () => {
    const settings = load(
      'breakers: { a: { timeout: 1s, bulkhead: { concurrent: 2, queue: 1 }, deadline: { limit: 3s } }, b: {} }',
    );
    const registry = settingsRegistry(settings);
    const kinds = (name: string) =>
      layersOf(registry.get(name), settings.policies.get(name)).map((layer) =>
        'kind' in layer ? layer.kind : 'breaker',
      );
    expect(kinds('a')).toEqual(['deadline', 'bulkhead', 'breaker', 'timeout']);
    expect(kinds('b')).toEqual(['breaker']);
  });
});

describe('the entry for texts', () => {
  it('needs nothing of Node', () => {
    const seen = new Set<string>();
    const walk = (file: URL) => {
      if (seen.has(file.href)) return;
      seen.add(file.href);
      for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) {
        expect(from, file.pathname).not.toMatch(/^node:/);
        if (from.startsWith('.')) walk(new URL(from, file));
      }
    };
    walk(new URL('../src/text/index.ts', import.meta.url));
    expect(seen.size).toBeGreaterThan(40);
  });
});
