import type { Theme } from './fault.ts';

export const listeners: Theme = {
  id: 'listeners',
  title: 'Listeners that throw',
  scene: 'A listener that counts or logs has a bug.',
  correct: 'The error is reported separately. Value, error, outcome and state are the same as without the listener.',
  faults: [
    {
      program: 'opossum/listener-changes-the-outcome',
      fault: 'A success becomes a failure, for the caller and for the circuit, which opens.',
      shows: /got the error "metrics", and the circuit is open/,
    },
    {
      program: 'cockatiel/listener-turns-a-success',
      fault: 'A success becomes a failure, for the caller and for the circuit, which opens.',
      shows: /got the error "metrics", and the circuit is Open/,
    },
    {
      program: 'cockatiel/listener-replaces-the-error',
      fault: 'The caller gets the listener’s error instead of its own.',
      shows: /its caller got "metrics"/,
    },
    {
      program: 'alfred/listener-changes-the-outcome',
      fault:
        'A telemetry sink that throws turns a success into a failure, for the caller and for the circuit, which opens.',
      shows: /got the error "metrics", and the circuit is OPEN/,
    },
    {
      program: 'disyuntor/listener-changes-the-outcome',
      fault: 'A probe’s success becomes a failure, and the circuit stays open.',
      shows: /got the error "metrics", and the circuit is open/,
    },
    {
      program: 'brakes/listener-changes-the-outcome',
      fault: 'A caller whose call succeeded gets the listener’s error.',
      shows: /got the error "\[Breaker: defaultBrake\] metrics"/,
    },
    {
      program: 'brakes/listener-keeps-it-closed',
      fault: 'The opening listener is called before the circuit opens; if it throws, the circuit never opens.',
      shows: /^50 of 50 calls were made and failed, and the circuit is closed/,
    },
    {
      program: 'mollitia/listener-changes-the-outcome',
      fault: 'A caller whose call succeeded gets the listener’s error.',
      shows: /got the error "metrics"/,
    },
    {
      program: 'levee/listener-ends-the-process',
      fault: 'The error is thrown where nothing can catch it, and the caller’s callback is never called.',
      shows: /uncaught: "metrics"; its caller got no answer/,
    },
  ],
};
