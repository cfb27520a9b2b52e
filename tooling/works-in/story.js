import { protectAxios } from '@switchgear/axios';
import { consecutiveFailures, createBreaker, isCircuitOpen } from '@switchgear/core';
import { guard } from '@switchgear/core/adapter';
import { manualClock } from '@switchgear/core/testing';
import { fallback, pipeline, value } from '@switchgear/policies';
import axios from 'axios';

// Valid as JavaScript and, strictly, as TypeScript: every kind of project tells this story.
function newBreaker() {
  return createBreaker({ name: 'payments', openWhen: consecutiveFailures(2), clock: manualClock() });
}

/** Calls until the circuit opens and refuses. Resolves to what the caller saw. */
export async function tellStory() {
  const seen = [await alone(), await aroundAxios(), await inPipeline(), typeof guard];
  const told = seen.join('; ');
  const expected = '42 down down refused; 200 503 503 refused; 42 open less; function';
  if (told !== expected) throw new Error(`expected ${expected}\nbut saw  ${told}`);
  return 'story told';
}

async function alone() {
  const breaker = newBreaker();
  const seen = [`${await breaker.run(() => 42)}`];
  for (let i = 0; i < 3; i++) {
    const failing = breaker.run(() => Promise.reject(new Error('down')));
    await failing.catch((error) => seen.push(isCircuitOpen(error) ? 'refused' : error.message));
  }
  return seen.join(' ');
}

async function aroundAxios() {
  let reached = 0;
  const client = axios.create({
    adapter: async (config) => {
      const response = { status: ++reached === 1 ? 200 : 503, statusText: '', data: '', headers: {}, config };
      if (reached === 1) return response;
      throw new axios.AxiosError('unavailable', 'ERR_BAD_RESPONSE', config, undefined, response);
    },
  });
  protectAxios(client, { breaker: newBreaker() });
  const seen = [`${(await client.get('/')).status}`];
  for (let i = 0; i < 3; i++) {
    await client.get('/').catch((error) => seen.push(isCircuitOpen(error) ? 'refused' : `${error.response?.status}`));
  }
  return seen.join(' ');
}

async function inPipeline() {
  const breaker = newBreaker();
  const layers = pipeline(fallback([value('less')]), breaker);
  const seen = [];
  seen.push((await layers.run(() => '42')).value);
  for (let i = 0; i < 2; i++) breaker.tryAcquire()?.settle('failure', 1);
  seen.push(breaker.state);
  seen.push((await layers.run(() => '42')).value);
  return seen.join(' ');
}
