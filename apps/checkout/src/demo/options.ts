import { parseArgs } from 'node:util';
import { EVENTS, type Event } from './scenario/phases.ts';

/** How to run the demo. */
export interface DemoOptions {
  /** Whether to print the result as JSON on the last line, after the ending. */
  readonly json: boolean;

  /** Whether to print every figure, how it is counted, and the savings in euros before the ending. */
  readonly explain: boolean;

  /** Where to write the run as a picture. */
  readonly picture: string | undefined;

  /** Whether to run the scenario in 20 s. */
  readonly short: boolean;

  /** The phases to run; `undefined` runs all of them. */
  readonly phases: readonly Event[] | undefined;

  /** Whether the shops send idempotency keys; without them a customer can be charged twice. */
  readonly idempotencyKeys: boolean;

  /** Whether to keep the shops open and serve the control panel instead of running the scenario. */
  readonly serve: boolean;

  /** Port of the dashboard, or of the control panel with `serve`; 0 takes a free one. */
  readonly port: number;

  /** A PostgreSQL server to use instead of starting one. */
  readonly databaseUrl: string | undefined;
}

/** The usage message. */
export const USAGE = `demo [--explain] [--json] [--picture file] [--short] [--phases a,b,c] [--no-idempotency-key] [--port n]
demo --serve [--no-idempotency-key] [--port n]

  --explain              print every figure, how it is counted, and the savings in euros
  --json                 print the result as one JSON object on the last line
  --picture file         write both shops as an SVG picture, a dot for each customer
  --short                run the same scenario in 20 s
  --phases a,b,c         play only these phases: ${EVENTS.join(', ')}
  --no-idempotency-key   send no idempotency keys; customers get charged twice
  --port n               port of the dashboard, or of the control panel with --serve (default: a free port)
  --serve                keep the shops open until Ctrl-C, with a control panel to break their dependencies

  DATABASE_URL           use this PostgreSQL server; the demo does not kill it
  METRICS_PORT           serve Prometheus metrics of the shop with breakers at http://127.0.0.1:PORT/metrics`;

/**
 * Reads the command line and the environment.
 *
 * @throws {TypeError} for an unknown option or phase, an invalid port, or options that exclude each other
 */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      explain: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      picture: { type: 'string' },
      short: { type: 'boolean', default: false },
      phases: { type: 'string' },
      'no-idempotency-key': { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      serve: { type: 'boolean', default: false },
    },
  });
  const { explain, json, picture, short, phases } = values;
  if (values.serve && (explain || json || picture !== undefined || short || phases !== undefined)) {
    throw new TypeError(
      '--serve runs no scenario, so --explain, --json, --picture, --short and --phases do not go with it',
    );
  }
  return {
    explain,
    json,
    picture,
    short,
    phases: phases?.split(',').map(readPhase),
    idempotencyKeys: !values['no-idempotency-key'],
    serve: values.serve,
    port: readPort(values.port),
    databaseUrl: environment['DATABASE_URL'] || undefined,
  };
}

function readPhase(name: string): Event {
  const phase = EVENTS.find((event) => event === name);
  if (!phase) throw new TypeError(`There is no phase '${name}'. Choose from ${EVENTS.join(', ')}`);
  return phase;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new TypeError(`--port must be a number from 0 to 65535, got '${text}'`);
  return port;
}
