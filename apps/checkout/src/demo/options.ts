import { parseArgs } from 'node:util';
import { EVENTS, type Event } from './acts.ts';

/** How to run the demo. */
export interface DemoOptions {
  /** Ends with one JSON object instead of a table. */
  readonly json: boolean;

  /** The same story in 20 s. */
  readonly short: boolean;

  /** The acts to play, or all of them. */
  readonly acts: readonly Event[] | undefined;

  /** Whether the shop sends idempotency keys; without them a customer can be charged twice. */
  readonly idempotencyKeys: boolean;

  /** No story: the shops stay open, and a page has buttons that break what they depend on. */
  readonly serve: boolean;

  /** Where the dashboard is, or that page; 0 takes a free port. */
  readonly port: number;

  /** A PostgreSQL server to use instead of our own. */
  readonly databaseUrl: string | undefined;
}

/** Explains the options. */
export const USAGE = `demo [--json] [--short] [--acts a,b,c] [--no-idempotency-key] [--port n]
demo --serve [--no-idempotency-key] [--port n]

  --json                 end with one JSON object on the last line instead of a table
  --short                the same story in 20 s
  --acts a,b,c           play only these acts: ${EVENTS.join(', ')}
  --no-idempotency-key   send no idempotency keys, and see customers charged twice
  --port n               where the dashboard is, or the page of --serve; a free port unless given
  --serve                no story: the shops stay open, for you to break what they depend on, until Ctrl-C

  DATABASE_URL           use this PostgreSQL server; it is not killed
  METRICS_PORT           serve the metrics of the shop with breakers at http://127.0.0.1:PORT/metrics, for Prometheus`;

/**
 * Reads the command line and the environment.
 *
 * @throws {TypeError} naming an option or an act that does not exist, a port that is none, or what does not go together
 */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      acts: { type: 'string' },
      'no-idempotency-key': { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      serve: { type: 'boolean', default: false },
    },
  });
  if (values.serve && (values.json || values.short || values.acts !== undefined)) {
    throw new TypeError('--serve plays no story, so it goes with none of --json, --short and --acts');
  }
  return {
    json: values.json,
    short: values.short,
    acts: values.acts?.split(',').map(readAct),
    idempotencyKeys: !values['no-idempotency-key'],
    serve: values.serve,
    port: readPort(values.port),
    databaseUrl: environment['DATABASE_URL'] || undefined,
  };
}

function readAct(name: string): Event {
  const act = EVENTS.find((event) => event === name);
  if (!act) throw new TypeError(`There is no act '${name}'; there are ${EVENTS.join(', ')}`);
  return act;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new TypeError(`--port is a number from 0 to 65535, not '${text}'`);
  return port;
}
