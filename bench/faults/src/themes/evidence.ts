import type { Theme } from './fault.ts';

export const evidence: Theme = {
  id: 'evidence',
  title: 'What counts as evidence',
  scene: 'The circuit opens, or stays closed, on calls that should not have counted, or without those that should.',
  correct:
    'What counts is calls that were made, in the window and no longer, and enough of them. A failed probe opens.',
  faults: [
    {
      program: 'cockatiel/stale-window',
      fault:
        'A `SamplingBreaker` advances by one slot however long nobody called: failures of yesterday open it today.',
      shows: /one failure in the last 24 hours.*circuit is Open/,
    },
    {
      program: 'opossum/cached-answers-dilute',
      fault:
        'Hits of its own cache count as calls: with enough of them a service that fails every call never opens it.',
      shows: /the last 100 calls all failed, and the circuit is closed/,
    },
    {
      program: 'opossum/first-failure-opens',
      fault: 'By default the first failure of a process opens the circuit.',
      shows: /after 1 call the circuit is open/,
      documented: '`volumeThreshold` is documented with its default, 0',
    },
    {
      program: 'kintsugi/failing-probe-closes',
      fault: 'A probe that fails closes the circuit if the window has emptied meanwhile.',
      shows: /^3 calls of 4 .* after the failed probe 2 of 2 more were let through/,
    },
    {
      program: 'mollitia/throws-not-counted',
      fault: 'A function that throws before it makes a promise is not counted at all.',
      shows: /after 100 failures of 100 calls the circuit is closed/,
      documented: 'its types ask for a function that returns a promise',
    },
  ],
};
