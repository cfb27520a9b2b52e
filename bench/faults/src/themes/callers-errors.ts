import type { Theme } from './fault.ts';

const cut = 'An error thrown after an await no longer says which function made the call.';
const doesNotName = /does not name checkout/;

export const callersErrors: Theme = {
  id: 'callers-errors',
  title: 'The caller’s own error',
  scene: 'A call fails, and its caller wants to know why, and where the call was made.',
  correct: 'The caller gets the error object of the call, unchanged, with a complete async stack.',
  faults: [
    {
      program: 'brakes/error-rewritten',
      fault: 'The message of the error object is rewritten in place.',
      shows: /now says "\[Breaker: orders\] disk full"/,
      documented: '`modifyError`, on by default, switches it off',
    },
    {
      program: 'kintsugi/error-replaced',
      fault: 'The failure that opens the circuit is replaced by a refusal, though the call was made.',
      shows: /"disk full", "disk full", "CircuitSuspended"/,
    },
    {
      program: 'fastify/error-replaced',
      fault: 'The answer that opens the circuit is replaced by a refusal, though the handler has run.',
      shows: /its caller got 503 "Circuit open"/,
    },
    { program: 'opossum/caller-cut-from-the-stack', fault: cut, shows: doesNotName },
    { program: 'mollitia/caller-cut-from-the-stack', fault: cut, shows: doesNotName },
    { program: 'brakes/caller-cut-from-the-stack', fault: cut, shows: doesNotName },
    { program: 'disyuntor/caller-cut-from-the-stack', fault: cut, shows: doesNotName },
    { program: 'hystrixjs/caller-cut-from-the-stack', fault: cut, shows: doesNotName },
    { program: 'bennadel/caller-cut-from-the-stack', fault: cut, shows: doesNotName },
  ],
};
