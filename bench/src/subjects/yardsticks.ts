import type { Subject } from './subject.ts';

/** The call itself. */
export const bare: Subject = {
  name: 'bare call',
  kind: 'yardstick',
  judges: 'nothing',
  make: () => ({ call: (action) => action() }),
};

/** The lower bound for code that handles both endings: one derived promise, reused handlers, one count. */
export const observed: Subject = {
  name: 'observed call',
  kind: 'yardstick',
  judges: 'nothing, counts',
  make() {
    let [succeeded, failed] = [0, 0];
    const onValue = <T>(value: T): T => {
      succeeded++;
      return value;
    };
    const onError = (error: unknown): never => {
      failed++;
      throw error;
    };
    return { call: (action) => action().then(onValue, onError), counts: () => [succeeded, failed] };
  },
};
