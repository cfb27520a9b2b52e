import type { Theme } from './fault.ts';

export const lostProbes: Theme = {
  id: 'lost-probes',
  title: 'Lost probes',
  scene: 'The circuit is half-open and its probe never settles. Later the service is healthy again.',
  correct:
    'After a time limit another caller takes the place of the probe. Nothing keeps a circuit half-open for ever.',
  faults: [
    {
      program: 'opossum/lost-probe-wedges',
      fault: 'With its timeout off, the circuit refuses every later caller.',
      shows: /^1 probe was made; .* caller gets "Breaker is open"/,
      documented: 'its timeout, 10 s by default, settles such a call as a failure; here it is `false`',
    },
    {
      program: 'sap/lost-probe-wedges',
      fault: 'Its breaker, opossum with the timeout off, refuses every later caller.',
      shows: /^1 probe was made; an hour later .* caller gets "Breaker is open"/,
      documented: 'its `timeout` middleware, which is on by default in `resilience()`, settles such a call',
    },
    {
      program: 'cockatiel/lost-probe-wedges',
      fault: 'Every later caller waits for that probe and gets neither a value nor a refusal.',
      shows: /gets nothing, neither a value nor a refusal/,
      documented: 'a `timeout` policy inside the breaker would settle such a call',
    },
    {
      program: 'mollitia/lost-probe-wedges',
      fault: 'The circuit refuses every later caller.',
      shows: /caller gets "Max allowed requests reached"/,
      documented: '`halfOpenStateMaxDelay`, off by default, would end this state',
    },
    {
      program: 'mollitia/throwing-probe-wedges',
      fault: 'A probe that throws before it returns a promise keeps its place: the circuit refuses every later caller.',
      shows: /caller gets "Max allowed requests reached"/,
      documented: '`halfOpenStateMaxDelay`, off by default, would end this state',
    },
    {
      program: 'effect/lost-probe-wedges',
      fault: 'With its store in memory, the circuit refuses every later caller.',
      shows: /a day later the caller gets "Circuit half-open"/,
      documented: 'its Redis store gives a probe a lease of 10 s, renewed while its process lives',
    },
    {
      program: 'fastify/lost-probe-wedges',
      fault: 'The circuit refuses every later request; its timeout is checked only when an answer is sent.',
      shows: /^1 probe was made; .* caller gets 503/,
      documented: 'the README says that the timeout is measured once the route has finished',
    },
    {
      program: 'fastify/slow-request-refuses-probes',
      fault: 'An unanswered request from before the outage takes the place of the probe, so no probe is ever made.',
      shows: /callers get 503,503/,
    },
  ],
};
