/**
 * What takes too long for every test run: no request is lost or answered twice by any policy in a hundred random
 * scenarios, and the default trips on nothing in ten million calls at each of five shares of failures. The latter is a figure: it is printed, and fails nothing.
 */
import { strict as assert } from 'node:assert';
import { falseTripsByNoise } from './detection/detections.ts';
import { policies, policyOf } from './policies/all-policies.ts';
import { randomScenarios } from './run.ts';
import { cellOf } from './scenarios/scenario.ts';
import { simulate } from './simulation/simulate.ts';

const SEED = Math.floor(Math.random() * 2 ** 32);
const SCENARIOS = 100;
const CALLS = 1e7;

for (const scenario of randomScenarios(SEED, SCENARIOS)) {
  const requests = new Set<number>();
  for (const policy of policies) {
    const journal = await simulate(scenario, policy, SEED);
    const where = `${policy.name} in ${cellOf(scenario)} of seed ${SEED}`;
    assert.equal(journal.count('under way'), 0, `${where}: a request without an end`);
    requests.add(journal.cameAt.length);
  }
  assert.equal(requests.size, 1, `${cellOf(scenario)} of seed ${SEED}: not all policies met the same requests`);
}
console.log(`seed ${SEED}: ${SCENARIOS} scenarios, each request ended once with each of ${policies.length} policies`);

for (const name of ['default', 'reference']) {
  const trips = falseTripsByNoise(policyOf(name), CALLS, SEED);
  for (const [noise, count] of Object.entries(trips)) {
    console.log(`${name}: ${count} false trips in ${CALLS} calls, ${Number(noise) * 100} % of which fail`);
  }
}
