/** `demo:edge`: one app on Cloudflare Workers, Deno and Bun, while each of its two services fails and recovers. */
import { constants } from 'node:os';
import { isAsExpected, linesOf, sentenceOf } from './report.ts';
import { runScenario } from './scenario.ts';
import { runtimes } from './start-app.ts';

// The supervisors end everything we started when we exit, however that happens. This only adds a message.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    console.error(`Stopped by ${signal}`);
    process.exit(128 + constants.signals[signal]);
  });
}

const names = runtimes.map(({ name }) => name);
console.log(`One app in the same scenario on ${names.join(', ')} at the same time.`);
console.log('This takes up to half a minute.\n');
const settled = await Promise.allSettled(runtimes.map(runScenario));
const results = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
if (results.length > 0) {
  console.log(sentenceOf(results).replaceAll(/(.{1,80})( |$)/g, '$1\n'));
  console.log(linesOf(results).join('\n'));
}
for (const [i, each] of settled.entries()) {
  if (each.status === 'rejected') console.log(`✘ ${names[i]} did not finish: ${each.reason}`);
}
process.exitCode = results.length === runtimes.length && results.every(isAsExpected) ? 0 : 1;
