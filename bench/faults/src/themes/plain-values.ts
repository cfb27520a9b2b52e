import type { Theme } from './fault.ts';

export const plainValues: Theme = {
  id: 'plain-values',
  title: 'Functions that return no promise',
  scene: 'The protected function is not async, or returns nothing.',
  correct: 'Any value that a call returns without throwing is a success, and its caller gets it.',
  faults: [
    {
      program: 'opossum/undefined-is-a-failure',
      fault: 'A plain value is fine, but `undefined` is a failure and opens the circuit.',
      shows: /reading 'then'\)", and the circuit is open/,
    },
    {
      program: 'opossum/null-is-a-failure',
      fault: 'A plain value is fine, but `null` is a failure and opens the circuit.',
      shows: /reading 'then'\)", and the circuit is open/,
    },
    {
      program: 'brakes/plain-value-is-a-failure',
      fault: 'Any plain value is a failure and opens the circuit.',
      shows: /then is not a function", and the circuit is open/,
      documented: 'the README asks for a function that returns a promise or takes a callback',
    },
  ],
};
