import { consecutiveFailures, createBreaker, fixed, probes } from '@switchgear/core';
import { type Bus, type Register, type Swapped, share, type Written } from '../../src/index.ts';
import { appointedFor } from '../../src/register/appointed.ts';

// `node asker.ts URL LEASE`, with an IPC channel: calls the service at /service again and again, behind a breaker whose prober is
// appointed by the register at /read and /swap. Reports go through the parent.

const [url = '', lease = '10000'] = process.argv.slice(2);

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`the register answered ${response.status}`);
  return response.json();
}

const register: Register = {
  read: async (prefix) => new Map((await post('/read', [prefix])) as [string, Written][]),
  // JSON has no undefined.
  swap: async (key, expected, value, ttl) => (await post('/swap', [key, expected ?? null, value, ttl])) as Swapped,
};

const bus: Bus = {
  open(hear) {
    process.on('message', (report: string) => hear(report));
    return { send: (report) => process.send?.({ report }), close: () => {} };
  },
};

const breaker = createBreaker({
  name: 'service',
  openWhen: consecutiveFailures(2),
  openFor: fixed(300),
  recover: probes({ permitted: 1, successes: 2 }),
});
const sharing = share(breaker, { group: 'askers', bus, prober: appointedFor(register, Number(lease)) });
const { life } = sharing.report();
process.on('disconnect', () => process.exit());
breaker.subscribe(({ type, to }) => {
  if (type === 'move') process.send?.({ life, to });
});
process.send?.({ life, to: 'closed' });

for (;;) {
  const permit = breaker.tryAcquire();
  if (permit) {
    const call = fetch(`${url}/service`, { headers: { life, connection: 'close' } });
    permit.settle(await call.then(({ ok }) => (ok ? 'success' : 'failure')).catch(() => 'failure' as const));
  }
  await new Promise((resolve) => setTimeout(resolve, 60));
}
