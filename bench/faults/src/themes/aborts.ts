import type { Theme } from './fault.ts';

export const aborts: Theme = {
  id: 'aborts',
  title: 'Aborts',
  scene: 'Users leave the page, so their calls are aborted. The service works.',
  correct:
    'A caller’s abort says nothing about the service, so it is ignored. A timeout is one failure and aborts no other call.',
  faults: [
    {
      program: 'opossum/abort-opens',
      fault: 'Aborted calls are failures and open the circuit.',
      shows: /did nothing wrong, and the circuit is open/,
      documented: 'an `errorFilter` can take them out, as successes',
    },
    {
      program: 'cockatiel/abort-opens',
      fault: 'Calls aborted through the very signal that it was given are failures and open the circuit.',
      shows: /did nothing wrong, and the circuit is Open/,
      documented: '`handleWhen` can take them out while the circuit is closed',
    },
    {
      program: 'sap/abort-opens',
      fault: 'Requests that axios cancelled for their caller are failures and open the circuit of the whole tenant.',
      shows: /did nothing wrong, and the next caller gets "Breaker is open"/,
    },
    {
      program: 'opossum/one-timeout-aborts-siblings',
      fault: 'There is one `AbortController` for all calls of a breaker: one that times out aborts the others.',
      shows: /second call, well within its time, ended with AbortError/,
      documented: 'the README wires one controller into the breaker, as the program does',
    },
  ],
};
