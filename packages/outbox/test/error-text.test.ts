import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { errorText } from '../src/delivery/failure.ts';
import { createOutbox } from '../src/index.ts';
import { drainUntil, openOutbox } from './setup/open-outbox.ts';

describe('the text of an error', () => {
  it.each<[what: string, error: unknown, text: string]>([
    ['an error', new TypeError('no such account'), 'TypeError: no such account'],
    ['NUL', new Error('a\0b\0'), 'Error: ab'],
    ['halves of a pair', new Error('a\ud83db\udcaf'), 'Error: ab'],
    ['a whole pair', new Error('\u{1f4af}'), 'Error: \u{1f4af}'],
    ['text', 'down', 'down'],
    ['nothing', undefined, 'undefined'],
    ['a symbol', Symbol('down'), 'Symbol(down)'],
  ])('keeps what can be stored: %s', (_what, error, text) => {
    expect(errorText(error)).toBe(text);
  });

  it('is cut to a length, and not within a pair', () => {
    const text = errorText(`a${'\u{1f4af}'.repeat(10_000)}`);
    expect(text.length).toBe(1_999);
    expect(text).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('a message is set aside whatever its error says', () => {
  it.each([
    ['NUL', 'invalid byte \0 in \0'],
    ['half a pair', 'a\ud83d'],
    ['a megabyte', 'x'.repeat(2 ** 20)],
  ])('%s', async (_what, text) => {
    const { outbox, errors } = await openOutbox({
      deliver: () => Promise.reject(new Error(text)),
      isPoison: () => true,
    });
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).setAside === 1);
    expect(errors).toEqual([]);
  });

  it('also where the database has no such letters', async () => {
    const name = `latin_${randomUUID().replaceAll('-', '')}`;
    const admin = new Pool({ connectionString: inject('url') });
    await admin.query(`create database ${name} encoding 'LATIN1' locale 'C' template template0`);
    const url = new URL(inject('url'));
    url.pathname = name;
    const pool = new Pool({ connectionString: url.href });
    pool.on('error', () => undefined);
    const outbox = createOutbox<string>(pool, {
      queue: 'letters',
      deliver: () => Promise.reject(new Error('bezahlt: 5 €, наличными')),
      isPoison: () => true,
    });
    await outbox.createTable();
    const message = await outbox.add('A-1', { claim: true });
    await outbox.attempt(message!);
    const { rows } = await pool.query('select last_error from switchgear_outbox where set_aside_at is not null');
    expect(rows).toEqual([{ last_error: 'Error: bezahlt: 5 ?, ?????????' }]);
    await pool.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
});
