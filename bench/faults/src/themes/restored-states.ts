import type { Theme } from './fault.ts';

export const restoredStates: Theme = {
  id: 'restored-states',
  title: 'Restored states',
  scene: 'The state of a breaker is saved and given to another process.',
  correct: 'It continues where it was: open until the same moment, and isolated until an operator ends that.',
  faults: [
    {
      program: 'opossum/restored-open-is-half-open',
      fault: 'It saves the time of its creation as the time of opening: an open circuit is restored as half-open.',
      shows: /saved a moment after it opened: open; restored: half-open/,
    },
    {
      program: 'cockatiel/restored-isolation-has-no-end',
      fault: 'Isolation is restored without the handle that ends it, and nothing else can end it.',
      shows: /released in the new process, and the circuit is Isolated/,
    },
  ],
};
