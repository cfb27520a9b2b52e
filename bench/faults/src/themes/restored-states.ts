import type { Theme } from './fault.ts';

export const restoredStates: Theme = {
  id: 'restored-states',
  title: 'Restored states',
  scene: 'The state of a breaker is saved and given to another process.',
  correct: 'It goes on where it was: open until the same moment, and isolated until an operator says otherwise.',
  faults: [
    {
      program: 'opossum/restored-open-is-half-open',
      fault: 'What it saves as the time of opening is the time it was made: an open circuit comes back half-open.',
      shows: /saved a moment after it opened: open; restored: half-open/,
    },
    {
      program: 'cockatiel/restored-isolation-has-no-end',
      fault: 'Isolation comes back without the handle that ends it, and nothing else can.',
      shows: /released in the new process, and the circuit is Isolated/,
    },
  ],
};
