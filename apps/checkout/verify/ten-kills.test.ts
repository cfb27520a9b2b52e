import { setTimeout as delay } from 'node:timers/promises';
import { it } from 'vitest';
import { type DemoProcess, startDemo } from '../test/demo-process.ts';
import { watchLeftovers } from '../test/leftovers.ts';

/** Longer than the short scenario takes with its start and its end. */
const LATEST = 25_000;

const ENDS: readonly (readonly [how: string, end: (demo: DemoProcess) => void])[] = [
  ['Ctrl-C', (demo) => demo.signalGroup('SIGINT')],
  ['SIGTERM to the command', (demo) => demo.signal('SIGTERM')],
  ['SIGKILL to the command', (demo) => demo.signal('SIGKILL')],
  ['SIGKILL to its whole group', (demo) => demo.signalGroup('SIGKILL')],
  ['a closed terminal', (demo) => demo.signalGroup('SIGHUP')],
];

const kills = Array.from({ length: 10 }, (_, index) => {
  // One in each tenth of the scenario, so that ten moments do not all fall on the same phase.
  const moment = Math.round(((index + Math.random()) / 10) * LATEST);
  return [moment, ...ENDS[index % ENDS.length]!] as const;
});

it.each(kills)('a demo ended after %i ms by %s leaves nothing behind', async (moment, _how, end) => {
  const watch = await watchLeftovers();
  const demo = startDemo(['--short'], watch);
  await Promise.race([delay(moment), demo.ended]);
  end(demo);
  await demo.ended;
  await watch.expectNothing(demo.output());
});
