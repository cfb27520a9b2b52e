// Opened at two different moments; the window is 1 s.
import { setTimeout as sleep } from 'node:timers/promises';
import CircuitBreaker from 'circuit-breaker-js';

const times = [];
for (const moment of [100, 900]) {
  const breaker = new CircuitBreaker({ windowDuration: 1_000, numBuckets: 4, volumeThreshold: 1 });
  await sleep(moment);
  for (let i = 0; i < 2; i++) breaker.run((_success, failed) => failed());
  const opened = performance.now();
  while (breaker.isOpen()) await sleep(5);
  times.push(Math.round((performance.now() - opened) / 100) * 100);
}
console.log(`it stayed open for about ${times[0]} ms, and for about ${times[1]} ms`);
process.exit();
