import type { Theme } from './fault.ts';

export const lostProbes: Theme = {
  id: 'lost-probes',
  title: 'Lost probes',
  scene: 'Half-open, the call that should decide never settles. Later the service is well again.',
  correct:
    'After a while the place of the probe is given to another caller. Nothing keeps a circuit half-open for ever.',
  faults: [
    {
      program: 'opossum/lost-probe-wedges',
      fault: 'With its timeout off, the circuit refuses every caller from then on.',
      shows: /^1 probe was made; .* caller gets "Breaker is open"/,
      documented: 'its timeout, 10 s by default, settles such a call as a failure; here it is `false`',
    },
    {
      program: 'sap/lost-probe-wedges',
      fault: 'Its breaker, opossum with the timeout off, refuses every caller from then on.',
      shows: /^1 probe was made; an hour later .* caller gets "Breaker is open"/,
      documented: 'its `timeout` middleware, which is on by default in `resilience()`, settles such a call',
    },
    {
      program: 'cockatiel/lost-probe-wedges',
      fault: 'Every caller from then on waits for that probe and gets neither a value nor a refusal.',
      shows: /gets nothing, neither a value nor a refusal/,
      documented: 'a `timeout` policy inside the breaker would settle such a call',
    },
    {
      program: 'mollitia/lost-probe-wedges',
      fault: 'The circuit refuses every caller from then on.',
      shows: /caller gets "Max allowed requests reached"/,
      documented: '`halfOpenStateMaxDelay`, off by default, would lead out of it',
    },
    {
      program: 'mollitia/throwing-probe-wedges',
      fault:
        'A probe that throws before it makes a promise keeps its place: the circuit refuses every caller from then on.',
      shows: /caller gets "Max allowed requests reached"/,
      documented: '`halfOpenStateMaxDelay`, off by default, would lead out of it',
    },
    {
      program: 'effect/lost-probe-wedges',
      fault: 'With its store in memory, the circuit refuses every caller from then on.',
      shows: /a day later the caller gets "Circuit half-open"/,
      documented: 'its Redis store gives a probe a lease of 10 s, renewed while its process lives',
    },
    {
      program: 'fastify/lost-probe-wedges',
      fault: 'The circuit refuses every request from then on; its timeout is looked at only when an answer is sent.',
      shows: /^1 probe was made; .* caller gets 503/,
      documented: 'the README says that the timeout is measured once the route has finished',
    },
    {
      program: 'fastify/slow-request-refuses-probes',
      fault: 'A request begun before the outage and still unanswered takes the place of the probe: none is ever made.',
      shows: /callers get 503,503/,
    },
  ],
};
