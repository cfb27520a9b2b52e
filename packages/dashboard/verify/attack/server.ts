/** A dashboard with 500 busy breakers, as a process. Answers each message with what was seen since the last. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { serveDashboard } from '../../src/node/index.ts';
import { hundreds } from '../../test/setup/hundreds.ts';

/** What the server noticed. */
export interface Noticed {
  /** The longest time in which it did nothing else, in milliseconds, and the longest but one in a hundred. */
  readonly blocked: number;
  readonly blocked99: number;

  /** The most memory it had, in MB. */
  readonly memory: number;

  /** Processor time it took, in percent of one processor. */
  readonly processor: number;

  /** Connections that are open now. */
  readonly connections: number;
}

const { breakers, beat } = hundreds(500);
setInterval(beat, 100);
const streams = Number(process.env['STREAMS'] ?? 100);
const authorize = ({ req }: { req: { header(name: string): string | undefined } }): boolean =>
  req.header('x-user') === 'ann';
const { url } = await serveDashboard(breakers, { streams, authorize });

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let memory = 0;
let since = performance.now();
let used = process.cpuUsage();
setInterval(() => {
  memory = Math.max(memory, process.memoryUsage.rss());
}, 50);
process.on('message', () => {
  const { user, system } = process.cpuUsage(used);
  const noticed: Noticed = {
    processor: Math.round((user + system) / 10 / (performance.now() - since)),
    blocked: delay.max / 1e6,
    blocked99: delay.percentile(99) / 1e6,
    memory: Math.round(memory / 1e6),
    connections: process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
  };
  process.send?.(noticed);
  delay.reset();
  since = performance.now();
  used = process.cpuUsage();
  memory = 0;
});
process.on('disconnect', () => process.exit());
process.send?.({ url });
