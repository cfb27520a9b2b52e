import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonSchema } from '../../src/index.ts';
import { LanguageServer } from './language-server.ts';

const schema = new URL('../../schema.json', import.meta.url);
const server = new LanguageServer();
let files = 0;

/** Opens a text as a file that names the schema of the package. */
async function opened(text: string): Promise<{ uri: string; problems: string[] }> {
  const uri = `file:///settings-${files++}.yaml`;
  const diagnostics = await server.open(uri, `# yaml-language-server: $schema=${schema}\n${text}`);
  return { uri, problems: diagnostics.map(({ line, message }) => `${line}: ${message}`) };
}

const shape = (file: string) => readFileSync(new URL(`../files/${file}`, import.meta.url), 'utf8');

describe('the JSON Schema that the package publishes', () => {
  it('is the one that the code makes', async () => {
    await expect(`${JSON.stringify(jsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot('../../schema.json');
  });
});

describe('the YAML language server', () => {
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  it.each(['circuit-breaker-1.yaml', 'circuit-breaker-2.yaml', 'circuit-breaker-3.yaml', 'breakers.yaml'])(
    'has nothing against %s',
    async (file) => {
      expect((await opened(shape(file))).problems).toEqual([]);
    },
  );

  it.each([
    ['circuit_breaker:\n  failure_threshold: 5\n  recovery_timeout: 30 seconds\n', 3],
    ['circuit_breaker:\n  sliding_window: { size: -1 }\n', 2],
    ['circuit_breaker:\n  timeouts: { operation: 30s, recovry: 60s }\n', 2],
    ['breakers:\n  payments:\n    openWehn: { failureRate: 50% }\n', 3],
    ['breakers:\n  payments:\n    openWhen: { failureRate: 150 }\n', 3],
    ['breakers:\n  payments:\n    mode: shaddow\n', 3],
  ])('complains about %j in the right line', async (text, line) => {
    const { problems } = await opened(text);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toMatch(new RegExp(`^${line}: `));
  });

  it.each([
    ['circuit_breaker:\n  f', 2, 3, ['failure_threshold', 'failure_criteria', 'fallback']],
    ['circuit_breaker:\n  sliding_window:\n    ', 3, 4, ['size', 'minimum_throughput']],
    ['circuit_breaker:\n  thresholds:\n    ', 3, 4, ['failure_rate', 'response_time', 'error_count']],
    ['breakers:\n  payments:\n    ', 3, 4, ['openWhen', 'openFor', 'recover', 'preset', 'timeout', 'bulkhead']],
    ['breakers:\n  payments:\n    openWhen:\n      ', 4, 6, ['failureRate', 'consecutiveFailures', 'slowCallRate']],
    ['breakers:\n  payments:\n    preset: ', 3, 12, ['payments', 'microservice']],
    ['breakers:\n  payments:\n    recover:\n      ', 4, 6, ['probes', 'ramp']],
  ])('completes %j', async (text, line, character, expected) => {
    const { uri } = await opened(text);
    expect(await server.complete(uri, line, character)).toEqual(expect.arrayContaining(expected));
  });

  it('explains an option under the pointer', async () => {
    const { uri } = await opened('breakers:\n  payments:\n    permitTimeout: 30s\n');
    expect(await server.hover(uri, 3, 8)).toContain('the place of an unsettled permit is reclaimed');
  });
});
