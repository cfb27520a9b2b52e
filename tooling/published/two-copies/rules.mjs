import assert from 'node:assert/strict';
import { createServer } from 'node:http';

const down = () => Promise.reject(new Error('down'));
const opened = ({ core }, options = {}) => {
  const breaker = core.createBreaker({ name: 'payments', openWhen: core.consecutiveFailures(2), ...options });
  breaker.trip();
  return breaker;
};
const registryOf = ({ core }) =>
  core.createRegistry({ options: (name) => ({ name, openWhen: core.consecutiveFailures(2) }) });

/** A service that is down, and how often it was reached. */
export async function serve() {
  const service = { reached: 0 };
  const server = createServer((_request, response) => {
    service.reached++;
    response.writeHead(503).end();
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  service.url = `http://127.0.0.1:${server.address().port}`;
  service.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return service;
}
/** Each rule with two copies, of which `one` makes the breaker and `other` uses it. */
export const rulesFor = (service) => ({
  async 'a refusal is found, alone and behind another error'(one, other) {
    const refusal = await opened(one)
      .run(down)
      .catch((error) => error);
    assert.equal(other.core.isCircuitOpen(refusal), true);
    assert.equal(other.core.findCircuitOpen(new Error('wrapped', { cause: refusal })), refusal);
    assert.equal(other.core.loggable(refusal).breaker, 'payments');
    assert.match(
      other.core.explain({ type: 'reject', breaker: 'payments', at: 0, because: refusal.because }),
      /payments/,
    );
  },

  async 'the refusal of an inner breaker is ignored by an outer one'(one, other) {
    const outer = other.core.createBreaker({ name: 'outer', openWhen: other.core.consecutiveFailures(1) });
    await assert.rejects(
      outer.run(() => opened(one).run(down)),
      one.core.isCircuitOpen,
    );
    assert.deepEqual([outer.state, outer.metrics().ignored], ['closed', 1]);
  },

  async 'errors of policies carry their ruling and are known by their kind'(one, other) {
    const breaker = one.core.createBreaker({ name: 'payments', openWhen: one.core.consecutiveFailures(1) });
    const full = other.policies.bulkhead({ concurrent: 1 });
    const hanging = full.run(() => new Promise(() => {}));
    const error = await breaker.run(() => full.run(down)).catch((reason) => reason);
    assert.deepEqual([breaker.state, breaker.metrics().ignored], ['closed', 1], error.message);
    assert.equal(one.policies.isBulkheadFull(error), true);

    const open = setInterval(() => {}, 1_000);
    const late = await breaker.run(() => other.policies.timeout(10).run(() => new Promise(() => {}))).catch((e) => e);
    clearInterval(open);
    assert.equal(one.policies.isTimeout(late), true);
    assert.equal(breaker.state, 'open');
    hanging.catch(() => {});
  },

  async 'a pipeline takes a breaker and a policy, and hands its deadline on to inner ones'(one, other) {
    const open = setInterval(() => {}, 1_000);
    const breaker = one.core.createBreaker({ name: 'payments' });
    const inner = other.policies.timeout(60_000);
    const outer = one.policies.pipeline(breaker, one.policies.timeout(20));
    const aborted = outer.run((context) => inner.run(({ signal }) => stopsWith(signal), context));
    await assert.rejects(aborted, one.policies.isTimeout);
    clearInterval(open);
    const answer = await other.policies
      .pipeline(other.policies.fallback([other.policies.value(7)]), opened(one))
      .run(down);
    assert.equal(answer.value, 7);
  },

  async 'a registry works with the fetch adapter'(one, other) {
    const registry = registryOf(one);
    const send = other.fetch.breakerFetch({ breaker: () => registry.get('service') });
    service.reached = 0;
    for (let i = 0; i < 2; i++) assert.equal((await send(service.url)).status, 503);
    await assert.rejects(send(service.url), one.core.isCircuitOpen);
    assert.equal(service.reached, 2);
  },

  async 'a registry works with the axios adapter'(one, other) {
    const registry = registryOf(one);
    const axios = (await other.load('axios')).default ?? (await other.load('axios'));
    const client = axios.create({ baseURL: service.url, proxy: false });
    const { eject } = other.axios.protectAxios(client, {
      breaker: (config) => registry.get(other.axios.originOf(config)),
    });
    service.reached = 0;
    for (let i = 0; i < 2; i++) await assert.rejects(client.get('/'), { name: 'AxiosError' });
    const refusal = await client.get('/').catch((error) => error);
    assert.deepEqual([one.core.isCircuitOpen(refusal), refusal.code, service.reached], [true, 'EOPENBREAKER', 2]);
    eject();
  },

  async 'a registry works with the Hono adapter'(one, other) {
    const registry = registryOf(one);
    const { Hono } = await other.load('hono');
    const app = new Hono();
    app.use(other.hono.circuitBreaker({ breaker: () => registry.get('route') }));
    app.get('/', (context) => context.text('', 500));
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await app.request('/')).status);
    assert.deepEqual(statuses, [500, 500, 503]);
  },

  async 'a registry is measured and shown'(one, other) {
    const registry = registryOf(one);
    other.otel.instrumentBreakers(registry).stop();
    registry.get('search').trip();
    const { Hono } = await other.load('hono');
    const app = new Hono().route('/breakers', other.dashboard.dashboard(registry));
    const { rows } = await (await app.request('/breakers/api/breakers')).json();
    assert.deepEqual(
      rows.map(({ id, state }) => [id, state]),
      [['search', 'open']],
    );
  },

  async 'plugs fit, and one made again by the other copy is no change'(one, other) {
    const plugs = ({ core }) => ({
      openWhen: core.failureRate(0.5, { minimumCalls: 4 }),
      openFor: core.exponential(1_000),
    });
    const breaker = one.core.createBreaker({ name: 'payments', ...plugs(other) });
    for (let i = 0; i < 3; i++) await breaker.run(down).catch(() => {});
    breaker.reconfigure(plugs(one));
    breaker.reconfigure(plugs(other));
    await breaker.run(down).catch(() => {});
    assert.equal(breaker.state, 'open');
  },

  async 'what needs the inside of a breaker names the other copy as the reason'(one, other) {
    assert.throws(() => other.core.snapshot(opened(one)), /import and require each load one/);
  },
});

/** Rejects when the signal fires. */
function stopsWith(signal) {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}
