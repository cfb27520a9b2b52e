/** `demo`: a shop that stays open while its payment service is down, beside the same shop without breakers. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { styleText } from 'node:util';
import { createScreen } from './create-screen.ts';
import { runDemo } from './demo.ts';
import { Interruption, stopOnInterruption } from './interruption.ts';
import { watchLaunchers } from './launchers.ts';
import { type DemoOptions, readOptions, USAGE } from './options.ts';
import { comparisonsOf, promisesOf } from './promises.ts';
import type { Result } from './result.ts';
import type { Run } from './run.ts';
import { reportOf } from './saved.ts';
import { serveShops, untilStopped } from './serve.ts';
import { tableOf } from './table.ts';

async function main(options: DemoOptions): Promise<number> {
  const stop = new AbortController();
  stopOnInterruption(stop);
  watchLaunchers((launcher) =>
    stop.abort(new Interruption(`Stopped, because it was started by ${launcher}, which is gone`, 1)),
  );
  const screen = createScreen(process.stdout);
  const cleanup = new AsyncDisposableStack();
  const run: Run = { signal: stop.signal, cleanup, fail: (error) => stop.abort(error) };
  let result: Result;
  try {
    if (options.serve) return await serve(options, run);
    result = await runDemo(options, screen, run);
  } catch (error) {
    // Ctrl-C ends our children as well, and their ends may be known here before the signal itself is.
    if (!run.signal.aborted) await Promise.race([once(run.signal, 'abort'), pause(500)]);
    return explain(run.signal.aborted ? run.signal.reason : error, options);
  } finally {
    screen.close();
    await cleanup.disposeAsync();
  }
  return report(result, options);
}

async function serve(options: DemoOptions, run: Run): Promise<never> {
  console.log('The same shop twice, without and with circuit breakers. Starting...');
  const { url, dashboardUrl } = await serveShops(options, run);
  console.log(`Break something: ${url}`);
  console.log(`Dashboard alone: ${dashboardUrl}`);
  console.log('Whoever has an address may press its buttons. Ctrl-C ends everything.');
  return untilStopped(run);
}

function report(result: Result, { json }: DemoOptions): number {
  const promises = promisesOf(result, result.circuit);
  console.log(tableOf(result));
  for (const { text, kept } of promises)
    console.log(`${kept ? styleText('green', '✔') : styleText('red', '✘')} ${text}`);
  for (const sentence of comparisonsOf(result)) console.log(`${styleText('cyan', '≈')} ${sentence}`);
  console.log(`\n${reportOf(result.saved)}`);
  if (json) console.log(JSON.stringify(result));
  return promises.every(({ kept }) => kept) ? 0 : 1;
}

function explain(reason: unknown, { serve }: DemoOptions): number {
  if (reason instanceof Interruption) {
    console.error(reason.message);
    // Nothing else ends what is being served.
    return serve && reason.isBySignal ? 0 : reason.exitCode;
  }
  console.error(reason);
  return 1;
}

let options: DemoOptions;
try {
  options = readOptions(process.argv.slice(2), process.env);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  process.exit(2);
}
process.exitCode = await main(options);
