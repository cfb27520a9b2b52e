import type { Subject } from './subject.ts';

/** The call itself. */
export const bare: Subject = {
  name: 'bare call',
  kind: 'yardstick',
  judges: 'nothing',
  make: () => ({ call: (action) => action() }),
};
