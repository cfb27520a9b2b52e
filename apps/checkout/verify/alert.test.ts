import { readFileSync } from 'node:fs';
import { freePort } from '@switchgear/testkit';
import { prometheusOrSkip, startPrometheus } from '@switchgear/testkit/prometheus';
import { expect, it } from 'vitest';
import { startDemo } from '../test/demo-process.ts';
import { testRun } from '../test/test-run.ts';

const programs = prometheusOrSkip();

/** The rules as they are published, with seconds for minutes: the scenario takes about a minute. */
const rules = readFileSync(new URL('../../../packages/otel/alerts/circuit-breakers.yml', import.meta.url), 'utf8')
  .replaceAll(/for: \d+[mhd]/g, 'for: 2s')
  .replaceAll(/\[\d+[mh]\]/g, '[5s]');

/** Something that was seen, and when: seconds since the first scrape of the shop. */
interface Sighting {
  readonly at: number;
  readonly circuits: string;
}

it.skipIf(programs === undefined)(
  'a Prometheus that scrapes the shop tells of payments during their outage, and of nothing when it is over',
  async () => {
    const { cleanup } = testRun();
    const port = await freePort();
    const prometheus = await startPrometheus({
      executable: programs?.prometheus ?? '',
      target: `http://127.0.0.1:${port}/metrics`,
      rules,
      every: '500ms',
    });
    cleanup.defer(prometheus.stop);
    const demo = startDemo([], { environment: { METRICS_PORT: String(port) } });
    const sightings: Sighting[] = [];
    let began: number | undefined;
    for (let isRunning = true; isRunning; ) {
      isRunning = await Promise.race([demo.ended.then(() => false), pause()]);
      const [up] = await prometheus.query('up');
      if (up?.value !== 1) continue;
      began ??= Date.now();
      const firing = (await prometheus.alerts())
        .filter(({ state, labels }) => state === 'firing' && labels['alertname'] === 'CircuitOpen')
        .map(({ labels }) => labels['circuit_breaker_name']);
      const circuits = firing.toSorted().join(' and ') || 'none';
      if (sightings.at(-1)?.circuits !== circuits) sightings.push({ at: Date.now() - began, circuits });
    }
    // Other tests check the results; this one only needs the scenario to run to its end.
    expect(demo.output()).toContain('nothing was lost, nobody was charged twice');
    for (const { at, circuits } of sightings)
      console.log(`${(at / 1_000).toFixed(1)} s: CircuitOpen fires for ${circuits}`);

    const seen = sightings.map(({ circuits }) => circuits);
    expect(seen[0]).toBe('none');
    expect(seen).toContain('payments');
    // Payments return before the scenario ends; what fires at the end, if anything, is for the database that was killed.
    expect(seen.at(-1)).not.toContain('payments');
  },
);

function pause(): Promise<true> {
  return new Promise((resolve) => setTimeout(resolve, 200, true));
}
