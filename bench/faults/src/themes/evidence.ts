import type { Theme } from './fault.ts';

export const evidence: Theme = {
  id: 'evidence',
  title: 'What counts as evidence',
  scene: 'The circuit opens, or stays closed, because the wrong calls are counted.',
  correct:
    'Only calls that were made count, while they are in the window, and only if there are enough. A failed probe opens the circuit.',
  faults: [
    {
      program: 'cockatiel/stale-window',
      fault: 'A `SamplingBreaker` advances by one slot, however long it was idle: yesterday’s failures open it today.',
      shows: /one failure in the last 24 hours.*circuit is Open/,
    },
    {
      program: 'opossum/cached-answers-dilute',
      fault: 'Hits of its own cache count as calls: enough of them keep it closed although every call fails.',
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
      fault: 'A failed probe closes the circuit if the window is empty by then.',
      shows: /^3 calls of 4 .* after the failed probe 2 of 2 more were let through/,
    },
    {
      program: 'mollitia/throws-not-counted',
      fault: 'A function that throws before it returns a promise is not counted.',
      shows: /after 100 failures of 100 calls the circuit is closed/,
      documented: 'its types ask for a function that returns a promise',
    },
  ],
};
