import { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { createOutbox, type OutboxOptions } from '../src/index.ts';

const deliver = async (): Promise<void> => undefined;

describe('createOutbox refuses at creation, naming option, value and rule:', () => {
  it.each([
    [undefined, 'createOutbox must be an object, got undefined'],
    [{ deliver }, 'queue must be a string that is not empty, got undefined'],
    [{ queue: '', deliver }, "queue must be a string that is not empty, got ''"],
    [{ queue: 'q' }, 'deliver must be a function, got undefined'],
    [{ queue: 'q', deliver, table: 'a; drop table b' }, "table must be a name, or schema.name, got 'a; drop table b'"],
    [{ queue: 'q', deliver, lease: 0 }, 'lease must be a whole number of at least 1, got 0'],
    [{ queue: 'q', deliver, attempts: 1.5 }, 'attempts must be a whole number of at least 1, got 1.5'],
    [{ queue: 'q', deliver, concurrent: '8' }, "concurrent must be a whole number of at least 1, got '8'"],
    [{ queue: 'q', deliver, poll: Number.NaN }, 'poll must be a whole number of at least 1, got NaN'],
    [{ queue: 'q', deliver, listen: 'yes' }, "listen must be true or false, got 'yes'"],
    [{ queue: 'q', deliver, retryIn: 100 }, 'retryIn must be a function, got 100'],
    [{ queue: 'q', deliver, onDelivered: true }, 'onDelivered must be a function, got true'],
    [{ queue: 'q', deliver, retries: 3 }, "createOutbox has no option 'retries'; it takes"],
  ])('%j', (options, message) => {
    expect(() => createOutbox(new Pool(), options as OutboxOptions<never>)).toThrow(message);
  });

  it('takes an option that is explicitly undefined for one left out', () => {
    expect(() => createOutbox(new Pool(), { queue: 'q', deliver, lease: undefined } as never)).not.toThrow();
  });
});
