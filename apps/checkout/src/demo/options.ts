import { parseArgs } from 'node:util';

/** How to run the demo. */
export interface DemoOptions {
  /** Ends with one JSON object instead of a table. */
  readonly json: boolean;

  /** The same story in 20 s. */
  readonly short: boolean;

  /** Whether the shop sends idempotency keys; without them a customer can be charged twice. */
  readonly idempotencyKeys: boolean;

  /** A PostgreSQL server to use instead of our own. */
  readonly databaseUrl: string | undefined;
}

/** Explains the options. */
export const USAGE = `demo [--json] [--short] [--no-idempotency-key]

  --json                 end with one JSON object on the last line instead of a table
  --short                the same story in 20 s
  --no-idempotency-key   send no idempotency keys, and see customers charged twice

  DATABASE_URL           use this PostgreSQL server; it is not killed`;

/**
 * Reads the command line and the environment.
 *
 * @throws {TypeError} naming an option that does not exist
 */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      'no-idempotency-key': { type: 'boolean', default: false },
    },
  });
  return {
    json: values.json,
    short: values.short,
    idempotencyKeys: !values['no-idempotency-key'],
    databaseUrl: environment['DATABASE_URL'] || undefined,
  };
}
