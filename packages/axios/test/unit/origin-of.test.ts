import { afterEach, describe, expect, it, vi } from 'vitest';
import { originOf } from '../../src/index.ts';

afterEach(() => vi.unstubAllGlobals());

describe('originOf', () => {
  it.each<[rule: string, config: Parameters<typeof originOf>[0], origin: string]>([
    ['an absolute address has its own', { url: 'https://a.example:8443/x?y#z' }, 'https://a.example:8443'],
    ['a default port is not written', { url: 'https://A.example:443/x' }, 'https://a.example'],
    ['credentials are no part of it', { url: 'http://me:secret@a.example/' }, 'http://a.example'],
    ['a relative address has that of its base', { url: '/x', baseURL: 'https://b.example/v1' }, 'https://b.example'],
    ['no address has that of its base', { baseURL: 'https://b.example/v1' }, 'https://b.example'],
    [
      'an absolute one overrides its base',
      { url: 'http://a.example/', baseURL: 'https://b.example' },
      'http://a.example',
    ],
    [
      'unless absolute ones are not allowed',
      { url: 'http://a.example/', baseURL: 'https://b.example', allowAbsoluteUrls: false },
      'https://b.example',
    ],
    ['an address that does not parse has none', { url: 'http://[::1:/' }, 'null'],
    ['a relative address without a base has none outside a page', { url: '/x' }, 'null'],
    ['a data: address has none', { url: 'data:text/plain,hi' }, 'null'],
    ['an empty request has none', {}, 'null'],
  ])('%s', (_rule, config, origin) => {
    expect(originOf(config)).toBe(origin);
  });

  it('in a page a relative address is the page’s own', () => {
    vi.stubGlobal('location', { href: 'https://page.example/app/' });
    expect(originOf({ url: '/x' })).toBe('https://page.example');
    expect(originOf({ url: '//c.example/x' })).toBe('https://c.example');
    expect(originOf({ url: 'x', baseURL: '/api' })).toBe('https://page.example');
  });
});
