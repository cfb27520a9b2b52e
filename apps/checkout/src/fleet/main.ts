/** `demo:fleet`: four processes of the shop share what they know of the payment service, first with a bus and then without. */
import { parseArgs } from 'node:util';
import { watchLaunchers } from '../demo/run/launchers.ts';
import { Interruption, type Run, stopOnInterruption } from '../demo/run/run.ts';
import { wrap } from '../demo/screen/text.ts';
import { requireBus, usualBus } from './bus.ts';
import { brokenOf, endingOf } from './ending.ts';
import { runFleet } from './run-fleet.ts';
import { SHORT, USUAL } from './scenario.ts';

const USAGE = `demo:fleet [--json] [--short] [--bus name]

  --json       print the result as one JSON object on the last line
  --short      run the same scenario in 15 s
  --bus name   how the processes share what they know: redis (default where it is
               installed) or cluster`;

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      bus: { type: 'string', default: usualBus() },
    },
  });
  return { ...values, bus: requireBus(values.bus) };
}

async function main({ json, short, bus }: ReturnType<typeof readOptions>): Promise<number> {
  const stop = new AbortController();
  stopOnInterruption(stop);
  watchLaunchers((launcher) => stop.abort(new Interruption(`Stopped: ${launcher} has exited`, 1)));
  const cleanup = new AsyncDisposableStack();
  const run: Run = { signal: stop.signal, cleanup, fail: (error) => stop.abort(error) };
  const note = (text: string): void => {
    for (const line of wrap(text, 80, '    ')) console.log(line);
  };
  try {
    note('Four processes of one shop, each with a circuit breaker. Starting...');
    const ending = await runFleet({ bus, lengths: short ? SHORT : USUAL, note }, run);
    console.log(`\n${endingOf(ending)}`);
    if (json) console.log(JSON.stringify(ending));
    return brokenOf(ending).length > 0 ? 1 : 0;
  } catch (error) {
    const reason = run.signal.aborted ? run.signal.reason : error;
    console.error(reason instanceof Interruption ? reason.message : reason);
    return reason instanceof Interruption ? reason.exitCode : 1;
  } finally {
    await cleanup.disposeAsync();
  }
}

let options: ReturnType<typeof readOptions>;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  process.exit(2);
}
process.exitCode = await main(options);
