import type { Theme } from './fault.ts';

const staysOpen = 'The circuit stays open for an hour longer.';

export const clocks: Theme = {
  id: 'clocks',
  title: 'Clocks and timers',
  scene: 'The machine’s clock is set back, or the open time is longer than a timer allows, or begins twice.',
  correct:
    'Time inside a breaker never goes back, and an open time is measured from its own beginning, however long it is.',
  faults: [
    {
      program: 'cockatiel/clock-set-back',
      fault: staysOpen,
      shows: /25 times its open time later.*"Execution prevented because the circuit breaker is open"/,
    },
    {
      program: 'alfred/clock-set-back',
      fault: staysOpen,
      shows: /25 times its open time later.*"Circuit breaker is open/,
      documented: 'its `clock` can be replaced',
    },
    {
      program: 'disyuntor/clock-set-back',
      fault: staysOpen,
      shows: /25 times its open time later.*"service: the circuit-breaker is open"/,
    },
    {
      program: 'kintsugi/clock-set-back',
      fault: staysOpen,
      shows: /25 times its open time later.*"CircuitSuspended"/,
    },
    {
      program: 'opossum/long-open-time',
      fault: 'An open time of 30 days ends after a millisecond.',
      shows: /50 ms later the circuit is half-open/,
    },
    {
      program: 'mollitia/long-open-time',
      fault: 'An open time of 30 days ends after a millisecond.',
      shows: /50 ms later the circuit is half-opened/,
    },
    {
      program: 'levee/long-open-time',
      fault: 'An open time of 30 days ends after a millisecond.',
      shows: /50 ms later the circuit is half-open/,
    },
    {
      program: 'brakes/long-open-time',
      fault: 'An open time of 30 days ends after a millisecond.',
      shows: /open after the failure, and 50 ms later closed/,
    },
    {
      program: 'levee/old-timer-ends-a-new-opening',
      fault: 'The timer of an earlier opening, since closed, ends the next one early.',
      shows: /100 ms after it opened for 200 ms the circuit is half-open/,
    },
    {
      program: 'screwdriver/old-timer-ends-a-new-opening',
      fault: 'The timer of an earlier opening, since closed, ends the next one early.',
      shows: /100 ms after it opened for 200 ms the circuit is no longer open/,
    },
    {
      program: 'circuit-breaker-js/open-time-depends-on-a-ticker',
      fault: 'The open time depends on the phase of its ticker.',
      shows: /for about 1[0-3]00 ms, and for about [1-6]00 ms/,
    },
  ],
};
