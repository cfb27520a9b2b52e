import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { startDemo } from './demo-process.ts';
import { watchLeftovers } from './leftovers.ts';

/** On a machine that may be busy. */
const SOON = { timeout: 180_000, interval: 50 };

// Processes are found in /proc. Other ends, and other moments, are tried in `verify`.
it.runIf(process.platform === 'linux')(
  'a demo ended by Ctrl-C at a random moment leaves no process, no port and no file behind',
  async () => {
    const watch = await watchLeftovers();
    const demo = startDemo(['--short'], watch);
    // The one delay here that waits for nothing: the moment has to be a random one, though not before there are handlers.
    await vi.waitUntil(() => demo.output() !== '', SOON);
    await delay(Math.random() * 5_000);
    demo.signalGroup('SIGINT');
    expect(await demo.ended, demo.output()).toBe(130);
    await watch.expectNothing(demo.output());
  },
);
