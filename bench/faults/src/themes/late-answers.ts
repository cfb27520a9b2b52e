import type { Theme } from './fault.ts';

export const lateAnswers: Theme = {
  id: 'late-answers',
  title: 'Late answers',
  scene: 'A call made before an outage is answered after the circuit has opened or become half-open.',
  correct:
    'The answer belongs to an earlier state. Its caller gets it, metrics may count it, and the state does not change.',
  faults: [
    {
      program: 'opossum/late-success-closes',
      fault: 'The late success closes a half-open circuit that has made no probe.',
      shows: /^half-open, no probe was made.*circuit is closed/,
    },
    {
      program: 'opossum/late-failure-opens',
      fault: 'The late failure opens a half-open circuit that has made no probe.',
      shows: /^half-open, no probe was made.*circuit is open/,
    },
    {
      program: 'cockatiel/late-failure-opens',
      fault:
        'The late failure opens the circuit while a probe is under way, and the success of the probe is then ignored.',
      shows: /said "fine".*circuit is Open/,
    },
    {
      program: 'alfred/late-success-closes',
      fault: 'The late success closes the circuit while its probe is under way.',
      shows: /^HALF_OPEN, .*circuit is CLOSED/,
    },
    {
      program: 'alfred/late-failure-opens',
      fault: 'The late failure opens the circuit while its probe is under way.',
      shows: /^HALF_OPEN, .*circuit is OPEN/,
    },
    {
      program: 'mollitia/late-success-wedges',
      fault:
        'The late success counts as a probe, so the number of probes never matches: half-open and refusing for ever.',
      shows: /half-opened and says "Max allowed requests reached"/,
      documented: '`halfOpenStateMaxDelay`, off by default, would end this state',
    },
    {
      program: 'moleculer/late-success-closes',
      fault: 'The late success closes the circuit while its probe is under way.',
      shows: /^half_open_wait, .*circuit is close$/,
    },
    {
      program: 'moleculer/late-failure-opens',
      fault: 'The late failure opens the circuit while its probe is under way.',
      shows: /^half_open_wait, .*circuit is open$/,
    },
    {
      program: 'levee/late-success-closes',
      fault: 'The late success closes an open circuit, long before its open time has elapsed.',
      shows: /open for 60 s, and a moment later closed/,
      documented: 'a comment in `lib/breaker.js` accepts it for a half-open circuit',
    },
    {
      program: 'screwdriver/late-success-closes',
      fault: 'The late success closes an open circuit, long before its open time has elapsed.',
      shows: /open for 60 s, and a moment later closed/,
    },
    {
      program: 'disyuntor/late-success-closes',
      fault: 'The late success closes an open circuit, long before its cooldown has elapsed.',
      shows: /open for a minute, and a moment later closed/,
    },
    {
      program: 'hystrixjs/late-success-closes',
      fault: 'The late success closes an open circuit, long before its sleep window has elapsed.',
      shows: /the next call gets through and says "down"/,
    },
    {
      program: 'bennadel/late-success-closes',
      fault: 'The late success closes an open circuit a moment after it opened.',
      shows: /open after the failure, and a moment later closed/,
    },
    {
      program: 'fastify/late-success-closes',
      fault: 'The late success closes an open circuit, long before its open time has elapsed.',
      shows: /after 1 failure, and a moment later 1 more call gets through/,
    },
  ],
};
