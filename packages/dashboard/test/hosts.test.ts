import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { createBreaker } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { hostOf, isLoopback } from '../src/node/hosts.ts';
import { type ServeOptions, serveDashboard } from '../src/node/index.ts';

/** The answer to a request that gives this host. `fetch` would not let us. */
function asking(
  port: string,
  host: string,
  hostname = '127.0.0.1',
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    request({ port, hostname, headers: { host } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (more: string) => {
        text += more;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    })
      .on('error', reject)
      .end();
  });
}

async function serving(options: ServeOptions): Promise<{ port: string; url: string } & AsyncDisposable> {
  const { url, close } = await serveDashboard([createBreaker({ name: 'a' })], options);
  return { url, port: new URL(url).port, [Symbol.asyncDispose]: close };
}

/** Not every machine that runs tests has IPv6. */
const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

const LOOPBACK = [
  ...['127.0.0.1', '127.0.0.2', '127.255.255.254', '127.1', '127.0.0.1.', '0x7f.0.0.1', '2130706433'],
  ...['::1', '[::1]', '0:0:0:0:0:0:0:1', '::0001', '::1%lo', '::ffff:127.0.0.1', '[::FFFF:127.0.0.1]', '::ffff:7f00:1'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'LocalHost.', 'shop.localhost', 'A.B.LOCALHOST.'],
];

const ELSEWHERE = [
  ...['0.0.0.0', '::', '128.0.0.1', '::2', '::ffff:128.0.0.1', 'fe80::1%lo', '10.127.0.1', '1.127.0.0'],
  ...[
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'notlocalhost',
    'localhost-',
    'xn--localhost',
    'evil.example',
  ],
];

describe('this machine and no other', () => {
  it.each(LOOPBACK)('is meant by %s', (host) => {
    expect(isLoopback(hostOf(host) ?? '')).toBe(true);
  });

  it.each(ELSEWHERE)('is not meant by %s', (host) => {
    expect(isLoopback(hostOf(host) ?? '')).toBe(false);
  });

  it.each([
    '',
    ' ',
    'a b',
    'http://localhost',
    'localhost:80',
    '[::1]:80',
    'localhost/',
    'user@localhost',
    '[::1',
    '::1]',
  ])('%j is not a host', (text) => {
    expect(hostOf(text)).toBeUndefined();
  });
});

describe('a dashboard on an address of this machine', () => {
  it.each(
    [
      '127.0.0.1',
      '127.0.0.2',
      '127.1',
      '::1',
      '[::1]',
      '::ffff:127.0.0.1',
      'LOCALHOST',
      'localhost.',
      'shop.localhost',
    ].filter((hostname) => hasIPv6 || !hostname.includes(':')),
  )('listens on %s, says a URL that leads there, and answers to names of this machine alone', async (hostname) => {
    await using served = await serving({ hostname });
    const { hostname: at, port } = new URL(served.url);
    expect(isLoopback(at)).toBe(true);
    // No name server is asked for names below it.
    const to = at.endsWith('.localhost') ? 'localhost' : at.replace(/^\[|\]$/g, '');
    for (const host of [
      'localhost',
      '127.0.0.1',
      '127.9.9.9',
      '[::1]',
      '[::ffff:127.0.0.1]',
      'LOCALHOST',
      'shop.localhost',
    ]) {
      expect((await asking(port, `${host}:${port}`, to)).status, host).toBe(200);
    }
    for (const host of ['rebound.example', 'localhost.evil.example', '0.0.0.0', '10.0.0.1']) {
      const { status, text } = await asking(port, `${host}:${port}`, to);
      expect([status, text], host).toEqual([421, expect.stringContaining(`the host ${host}`)]);
    }
  });

  it('answers to further hosts that it is told of, however they are written, and says how to add one', async () => {
    await using served = await serving({ hosts: ['ops.example', 'Dash.Internal.', '10.0.0.7', 'fd00::7'] });
    const { port } = served;
    for (const host of [
      'ops.example',
      `OPS.example:${port}`,
      'dash.internal',
      '10.0.0.7',
      '[fd00::7]:8080',
      'localhost',
    ]) {
      expect((await asking(port, host)).status, host).toBe(200);
    }
    const { status, text } = await asking(port, 'x.ops.example');
    expect([status, text]).toEqual([421, expect.stringContaining('the option hosts')]);
  });

  it.each([
    [
      { hosts: ['https://ops.example'] },
      "hosts[0] must be a host without a port: 'ops.example', '::1', got 'https://ops.example'",
    ],
    [
      { hosts: ['ops.example:80'] },
      "hosts[0] must be a host without a port: 'ops.example', '::1', got 'ops.example:80'",
    ],
    [{ hosts: 'ops.example' }, "hosts must be a list of strings, got 'ops.example'"],
    [{ hostname: 'a b' }, "hostname must be a host without a port: 'ops.example', '::1', got 'a b'"],
    [{ hostname: 7 }, "hostname must be a host without a port: 'ops.example', '::1', got 7"],
    [{ port: 65_536 }, 'port must be a whole number from 0 to 65535, got 65536'],
    [{ port: '80' }, "port must be a whole number from 0 to 65535, got '80'"],
    [{ host: 'localhost' }, "dashboard has no option 'host'"],
  ])('refuses %o with the option, the rule and the value', async (options, says) => {
    await expect(serveDashboard([], options as never)).rejects.toThrow(says);
  });
});

describe('a dashboard on every address', () => {
  it('answers to any name, and says a URL that leads there', async () => {
    await using served = await serving({ hostname: '0.0.0.0' });
    expect(new URL(served.url).hostname).toBe('localhost');
    expect((await asking(served.port, 'anything.example')).status).toBe(200);
  });

  it('answers to names of this machine and to those it is told of, where it is told of some', async () => {
    await using served = await serving({ hostname: '0.0.0.0', hosts: ['ops.example'] });
    expect((await asking(served.port, 'ops.example')).status).toBe(200);
    expect((await asking(served.port, 'localhost')).status).toBe(200);
    expect((await asking(served.port, 'anything.example')).status).toBe(421);
  });
});
