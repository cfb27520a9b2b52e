import type { Theme } from './fault.ts';

export const localRefusals: Theme = {
  id: 'local-refusals',
  title: 'Refusals of our own',
  scene: 'A limit on calls at once turns callers away. The calls that were made are well.',
  correct: 'A refusal of our own says nothing about the service and does not count.',
  faults: [
    {
      program: 'opossum/full-bulkhead-opens',
      fault: 'Callers turned away by its own `capacity` are failures of the service and open the circuit.',
      shows: /none failed \(ESEMLOCKED,.* circuit is open/,
    },
  ],
};
