import type { Theme } from './fault.ts';

export const localRefusals: Theme = {
  id: 'local-refusals',
  title: 'Local refusals',
  scene: 'A concurrency limit refuses callers. The calls that were made succeed.',
  correct: 'A local refusal says nothing about the service and is not counted.',
  faults: [
    {
      program: 'opossum/full-bulkhead-opens',
      fault: 'Callers refused by its own `capacity` count as failures of the service and open the circuit.',
      shows: /none failed \(ESEMLOCKED,.* circuit is open/,
    },
  ],
};
