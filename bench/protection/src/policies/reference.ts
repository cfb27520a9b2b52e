import { Reference, type ReferencePermit } from '../reference/reference.ts';
import type { Policy } from './policy.ts';

/** The algorithm of the trial, transcribed: goal 10 asks how far the library is from it on the same chances. */
export const reference: Policy = {
  name: 'reference',
  kind: 'bound',
  about: 'the algorithm that adaptive() was designed after, transcribed',
  hasWindow: false,
  start({ random }) {
    const circuit = new Reference(random);
    return {
      ask(caller, at) {
        const permit = circuit.ask(at);
        if (permit) caller.proceed(permit);
        else caller.refuse();
      },
      settle: (permit, succeeded, at, took) => circuit.settle(permit as ReferencePermit, succeeded, at, took),
    };
  },
};
