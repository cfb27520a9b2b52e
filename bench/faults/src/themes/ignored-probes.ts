import type { Theme } from './fault.ts';

export const ignoredProbes: Theme = {
  id: 'ignored-probes',
  title: 'Ignored probes',
  scene:
    'The circuit is half-open, and the probe ends with an error that the filter excludes, because its user left the page.',
  correct:
    'The probe frees its place and decides nothing. The circuit stays half-open, and the next call is the probe.',
  faults: [
    {
      program: 'opossum/ignored-probe-closes',
      fault: 'A filtered error is a success, so it closes the circuit.',
      shows: /^half-open, the service never answered, and then the circuit is closed/,
      documented: '`errorFilter` is documented as keeping an error out of the failures; here it also closes',
    },
    {
      program: 'cockatiel/ignored-probe-closes',
      fault: 'An error that the policy does not handle is a success while half-open, so it closes the circuit.',
      shows: /^Open, the service never answered, and then the circuit is Closed/,
      documented: 'a comment in the source says so',
    },
    {
      program: 'mollitia/ignored-probe-closes',
      fault: 'Errors that `onError` filters are successes, so they close the circuit.',
      shows: /^half-opened, the service never answered, and then the circuit is closed/,
    },
    {
      program: 'levee/ignored-probe-closes',
      fault: 'An error that `isFailure` filters is a success, so it closes the circuit.',
      shows: /^half-open, the service never answered, and then the circuit is closed/,
    },
  ],
};
