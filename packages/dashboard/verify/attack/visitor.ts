/** A visitor of the dashboard during an attack, as a process: timed requests, one after the other. */
import { setTimeout as pause } from 'node:timers/promises';

/** How long each request took, in milliseconds, since the last question; and those that were not answered with 200. */
export interface Visits {
  readonly took: readonly number[];
  readonly bad: number;
}

const PATHS = ['', 'api/breakers', 'api/breaker?id=service%201%2Finstance%201', 'api/impact'];
const url = process.argv[2];
let took: number[] = [];
let bad = 0;
process.on('message', () => {
  process.send?.({ took, bad } satisfies Visits);
  took = [];
  bad = 0;
});
process.on('disconnect', () => process.exit());
for (let i = 0; ; i++) {
  const began = performance.now();
  const answer = await fetch(`${url}${PATHS[i % PATHS.length]}`).catch(() => undefined);
  await answer?.arrayBuffer().catch(() => undefined);
  took.push(performance.now() - began);
  if (answer?.status !== 200) bad += 1;
  await pause(10);
}
