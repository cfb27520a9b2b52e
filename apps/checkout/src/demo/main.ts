/** `demo`: runs the same shop with and without circuit breakers through an outage, and compares the two. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { checksOf } from './measure/checks.ts';
import { type DemoOptions, readOptions, USAGE } from './options.ts';
import { watchLaunchers } from './run/launchers.ts';
import { Interruption, type Run, stopOnInterruption } from './run/run.ts';
import { type Result, runDemo } from './run-demo.ts';
import { endingOf } from './screen/ending.ts';
import { explanationOf } from './screen/explanation.ts';
import { createScreen } from './screen/terminal-screen.ts';
import { serveShops, untilStopped } from './serve-shops.ts';

async function main(options: DemoOptions): Promise<number> {
  const stop = new AbortController();
  stopOnInterruption(stop);
  watchLaunchers((launcher) =>
    stop.abort(new Interruption(`Stopped: ${launcher}, which started this demo, has exited`, 1)),
  );
  const screen = createScreen(process.stdout);
  const cleanup = new AsyncDisposableStack();
  const run: Run = { signal: stop.signal, cleanup, fail: (error) => stop.abort(error) };
  let result: Result;
  try {
    if (options.serve) return await serve(options, run);
    result = await runDemo(options, screen, run);
  } catch (error) {
    // Ctrl-C also ends our children, and their exit may be noticed before the signal is.
    if (!run.signal.aborted) await Promise.race([once(run.signal, 'abort'), pause(500)]);
    return exitCodeOf(run.signal.aborted ? run.signal.reason : error, options);
  } finally {
    screen.close();
    await cleanup.disposeAsync();
  }
  return report(result, options);
}

async function serve(options: DemoOptions, run: Run): Promise<never> {
  console.log('The same shop twice, without and with circuit breakers. Starting...');
  const { url, dashboardUrl } = await serveShops(options, run);
  console.log(`Control panel: ${url}`);
  console.log(`Dashboard:     ${dashboardUrl}`);
  console.log('Anyone with these addresses can operate the shops. Press Ctrl-C to stop everything.');
  return untilStopped(run);
}

function report(result: Result, { explain, json }: DemoOptions): number {
  const checks = checksOf(result, result.phases);
  if (explain) console.log(`\n${explanationOf(result)}`);
  console.log(`\n${endingOf({ ...result, checks })}`);
  if (json) console.log(JSON.stringify(result));
  return checks.some(({ broken }) => broken !== undefined) ? 1 : 0;
}

function exitCodeOf(reason: unknown, { serve }: DemoOptions): number {
  if (reason instanceof Interruption) {
    console.error(reason.message);
    // A signal is the normal way to stop `--serve`.
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
