import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { dialects } from '../src/dialects/detect.ts';
import { load, SettingsError } from '../src/index.ts';

/** A path for every leaf of some data, as the library writes paths. */
function* leavesOf(value: unknown, path: string = ''): Generator<string> {
  const parts: [string, unknown][] = Array.isArray(value)
    ? value.map((part, index) => [`${path}[${index}]`, part])
    : Object.entries(Object(value) === value ? (value as object) : {}).map(([key, part]) => [
        /^[\w$-]+$/.test(key) ? (path === '' ? key : `${path}.${key}`) : `${path}[${JSON.stringify(key)}]`,
        part,
      ]);
  if (parts.length === 0) yield path;
  for (const [inner, part] of parts) yield* leavesOf(part, inner);
}

const names = [
  ...new Set(
    dialects().flatMap(({ tables = {} }) =>
      Object.entries(tables).flatMap(([name, table]) => [name, ...Object.keys(table)]),
    ),
  ),
];
const own = [
  'breakers',
  'defaults',
  'openWhen',
  'failureRate',
  'window',
  'openFor',
  'recover',
  'probes',
  'timeout',
  'circuit_breaker',
  'resilience4j',
  'circuitbreaker',
  'instances',
  'configs',
  'hystrix',
  'command',
  'kind',
  'spec',
  'clusters',
];
const key = fc.constantFrom(...names, ...own, 'a', 'b.c', '/x/', '');
const scalar = fc.oneof(
  fc.constantFrom(
    '30s',
    '5m',
    '50%',
    'PT1S',
    '00:00:10',
    'DestinationRule',
    'COUNT_BASED',
    ['$', '{X}'].join(''),
    '',
    true,
    false,
    null,
    'x',
  ),
  fc.integer({ min: -1, max: 200 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.dictionary(key, tie('tree'), { maxKeys: 6 }),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
}));
const around = fc.constantFrom(
  (inner: unknown) => inner,
  (inner: unknown) => ({ breakers: { payments: inner } }),
  (inner: unknown) => ({ circuit_breaker: inner }),
  (inner: unknown) => ({
    resilience4j: {
      circuitbreaker: { configs: { default: inner }, instances: { a: inner, b: { baseConfig: 'default' } } },
    },
  }),
  (inner: unknown) => ({
    kind: 'DestinationRule',
    spec: { host: 'a', trafficPolicy: inner, subsets: [{ name: 'v', trafficPolicy: inner }] },
  }),
  (inner: unknown) => ({ kind: 'DestinationRule', spec: { host: 'a', trafficPolicy: { outlierDetection: inner } } }),
  (inner: unknown) => ({ name: 'a', outlier_detection: inner, circuit_breakers: { thresholds: [inner] } }),
  (inner: unknown) => ({ hystrix: { command: { default: inner, a: inner }, threadpool: { a: inner } } }),
  (inner: unknown) => ({ Payments: { CircuitBreaker: { FailureRatio: 0.5, ...Object(inner) } } }),
);

describe('any document', () => {
  it.each(['text', 'object'])(
    'is refused with problems that say where, or every value of it is accounted for (as %s)',
    (way) => {
      let read = 0;
      fc.assert(
        fc.property(around, tree, (wrap, inner) => {
          const document = JSON.parse(JSON.stringify(wrap(inner)) ?? 'null') as object;
          if (Object(document) !== document) return;
          try {
            const { carried, notes } = load(way === 'text' ? `${stringify(document)}\n# end\n` : document);
            const said = new Set([...carried, ...notes].map(({ path }) => path));
            expect([...leavesOf(document)].filter((path) => !said.has(path))).toEqual([]);
            read++;
          } catch (error) {
            if (!(error instanceof SettingsError)) throw error;
            expect(error.problems.length).toBeGreaterThan(0);
            for (const { what } of error.problems) expect(what).toMatch(/\w{3}/);
          }
        }),
        { numRuns: 200 },
      );
      expect(read).toBeGreaterThan(20);
    },
  );
});
