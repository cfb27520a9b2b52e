import { describe, expect, it } from 'vitest';
import { type OutcomeRow, table } from '../../src/adapter/index.ts';
import { createBreaker } from '../../src/index.ts';

const error = (fields: object, message = 'wrong') => Object.assign(new Error(message), fields);

const rows: readonly OutcomeRow[] = [
  [['ER_CON_COUNT_ERROR', 'PROTOCOL_CONNECTION_LOST'], 'failure'],
  [/^ER_/, 'success'],
  [1053, 'failure', 'shutdown'],
  [/queue limit/i, 'ignored', 'queue'],
  ['PoolClosed', 'ignored'],
  [(link) => (link as { fatal?: boolean }).fatal === true, 'failure', 'fatal'],
  [/./, 'ignored', 'rest'],
];

describe('a table', () => {
  it.each([
    ['a code', error({ code: 'ER_CON_COUNT_ERROR' }), { outcome: 'failure', kind: 'ER_CON_COUNT_ERROR' }],
    ['a pattern of codes, after the row before', error({ code: 'ER_DUP_ENTRY' }), { outcome: 'success' }],
    ['a number, which is the errno', error({ errno: 1053 }, ''), { outcome: 'failure', kind: 'shutdown' }],
    ['a pattern of messages', error({}, 'Queue limit reached.'), { outcome: 'ignored', kind: 'queue' }],
    ['a name', error({ name: 'PoolClosed' }), { outcome: 'ignored', kind: 'PoolClosed' }],
    ['a function', error({ fatal: true }), { outcome: 'failure', kind: 'fatal' }],
    ['an error behind another', error({ cause: error({ errno: 1053 }) }, ''), { outcome: 'failure', kind: 'shutdown' }],
  ])('recognizes an error by %s', (_how, thrown, ruling) => {
    expect(table(rows)({ error: thrown })).toEqual(ruling);
  });

  it('leaves what no row matches to the codes of networks and to statuses, and takes values for successes', () => {
    const classify = table([]);
    expect(classify({ error: error({ code: 'ETIMEDOUT' }) })).toEqual({ outcome: 'failure', kind: 'timeout' });
    expect(classify({ error: error({ status: 404 }) })).toEqual({ outcome: 'success' });
    expect(classify({ value: 1 })).toEqual({ outcome: 'success' });
  });

  it('does not overrule the refusal of an inner breaker', () => {
    const breaker = createBreaker({ name: 'inner' });
    breaker.trip();
    const refused = () => breaker.acquire();
    expect(refused).toThrow();
    try {
      refused();
    } catch (open) {
      expect(table([[/./, 'failure']])({ error: open })).toEqual({ outcome: 'ignored', kind: 'EOPENBREAKER' });
    }
  });

  it('needs rows with a known outcome', () => {
    expect(() => table('EBUSY' as never)).toThrow("table must be given a list of rows, got 'EBUSY'");
    expect(() => table([['EBUSY', 'bad' as never]])).toThrow('the outcome of row 1 must be one of');
  });
});
