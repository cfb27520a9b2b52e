import { createBreaker } from '@switchgear/core';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { dashboard } from '../src/index.ts';

const mounted = (path: string): Hono => new Hono().route(path, dashboard([createBreaker({ name: 'a' })]));

describe('a path that leads nowhere', () => {
  it.each([
    ['a line break', '/breakers/%0d%0aset-cookie:%20a=b/'],
    ['a line break of its own', '/breakers/%0A/'],
    ['an invalid character', '/breakers/%E0/'],
    ['a per cent sign alone', '/breakers/%/'],
    ['a NUL', '/breakers/%00/'],
    ['half a pair', '/breakers/%ED%A0%80/'],
    ['letters from elsewhere', '/breakers/%C3%BC%E2%9C%93/'],
    ['slashes written otherwise', '/breakers/%2F%2Fevil.example/'],
    ['slashes', `/breakers${'/'.repeat(60_000)}`],
    ['slashes before a word', `/breakers${'/'.repeat(60_000)}x`],
    ['60 kB of one word', `/breakers/${'a'.repeat(60_000)}`],
    ['60 kB of one word and a slash', `/breakers/${'a'.repeat(60_000)}/`],
    ['60 kB of words', `/breakers/${'a/'.repeat(30_000)}`],
    ['60 kB of what is written otherwise', `/breakers/${'%0d%0a'.repeat(10_000)}/`],
  ])('is not found, whatever it is made of: %s', async (_what, path) => {
    const answer = await mounted('/breakers').request(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([404, null]);
  });

  it.each(['/nowhere/', '/shop/nowhere/', '/breakers/nowhere/'])(
    'of the app around it is left to the app: %s',
    async (path) => {
      for (const at of ['/', '/breakers']) expect((await mounted(at).request(path)).status).toBe(404);
    },
  );
});

describe('the address of the page with a slash at its end', () => {
  it.each([
    ['/breakers', '/breakers/', '../breakers'],
    ['/ops/breakers', '/ops/breakers/', '../breakers'],
    ['/café', '/caf%C3%A9/', '../caf%C3%A9'],
    ['/:tenant/breakers', '/acme%0d%0a/breakers/', '../breakers'],
    ['/breakers/:tenant', '/breakers/acme%0d%0a/', '../acme%0d%0a'],
  ])('leads to the page, mounted at %s', async (at, path, location) => {
    const answer = await mounted(at).request(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([308, location]);
  });
});
