/** `demo:edge`: one app on Cloudflare Workers, Deno and Bun, while each of its two services fails and comes back. */
import { constants } from 'node:os';
import { runtimes } from './runtimes.ts';
import { isAsExpected, linesOf } from './screen.ts';
import { tell } from './story.ts';

// What we started sits on leashes: it ends when we do. A process killed by the signal itself would do as well, and print less.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    console.error(`Stopped by ${signal}`);
    process.exit(128 + constants.signals[signal]);
  });
}

const names = runtimes.map(({ name }) => name);
console.log(`One app, the same story, on ${names.join(', ')} at the same time: half a minute at most.\n`);
const told = await Promise.allSettled(runtimes.map(tell));
const stories = told.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
for (const line of linesOf(stories)) console.log(line);
for (const [i, each] of told.entries()) {
  if (each.status === 'rejected') console.log(`✘ ${names[i]} did not tell its story: ${each.reason}`);
}
process.exitCode = stories.length === runtimes.length && stories.every(isAsExpected) ? 0 : 1;
