import type { Theme } from './fault.ts';

const held = 'The process does not exit.';
const byTimeout = /the process is alive, held by .*Timeout/;

export const idleBreakers: Theme = {
  id: 'idle-breakers',
  title: 'Idle breakers',
  scene: 'A process has finished its work, or has a breaker for each of many tenants, or discards a breaker.',
  correct:
    'A breaker runs no timer and keeps no process alive. A discarded breaker can be collected; registries are bounded.',
  faults: [
    {
      program: 'mollitia/holds-the-process',
      fault: 'The process does not exit while a circuit is open.',
      shows: byTimeout,
    },
    {
      program: 'screwdriver/holds-the-process',
      fault: 'The process does not exit while a circuit is open.',
      shows: byTimeout,
    },
    {
      program: 'circuit-breaker-js/holds-the-process',
      fault: `${held} The interval cannot be stopped.`,
      shows: byTimeout,
    },
    { program: 'kintsugi/holds-the-process', fault: `${held} The interval cannot be stopped.`, shows: byTimeout },
    {
      program: 'opossum/timers-per-breaker',
      fault: 'Each breaker runs two intervals, used or not.',
      shows: /^100 idle breakers run 200 intervals/,
      documented: '`enableSnapshots: false` and a shared `rotateBucketController` avoid them',
    },
    {
      program: 'brakes/timers-per-breaker',
      fault: 'Each breaker runs two intervals, used or not.',
      shows: /^100 idle breakers run 200 intervals/,
    },
    {
      program: 'brakes/destroyed-breakers-keep-timers',
      fault: 'The intervals of a breaker keep running after it was destroyed.',
      shows: /after 100 breakers were destroyed 200 of their intervals run/,
    },
    {
      program: 'mollitia/circuits-are-never-forgotten',
      fault: 'Every circuit and module ever made is kept in a list, even after its disposal.',
      shows: /still holds 1000 circuits and 1000 modules/,
    },
    {
      program: 'sap/breakers-are-never-forgotten',
      fault: 'Each tenant that ever called has a breaker with two intervals, and no breaker is ever discarded.',
      shows: /^2000 intervals run/,
    },
    {
      program: 'hystrixjs/commands-are-never-forgotten',
      fault: 'Every circuit ever made is kept in an unbounded map.',
      shows: /still holds 1000 circuits/,
      documented: '`circuitFactory.resetCache()` forgets all of them at once',
    },
  ],
};
