import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FaultProxy, faultProxy } from '../src/faults/fault-proxy.ts';

/** Sends back what it receives. */
let echo: Server;
let proxy: FaultProxy;

beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  proxy = await faultProxy({ port: (echo.address() as AddressInfo).port });
});

afterEach(async () => {
  await proxy.close();
  await once(echo.close(), 'close');
});

/** A connection that records what it received and how it ended. */
function caller() {
  const socket: Socket = dial(proxy.port, proxy.host);
  const heard = { text: '', end: undefined as string | undefined };
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard.text += text;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    heard.end = error.code;
  });
  socket.on('close', () => {
    heard.end ??= 'closed';
  });
  const hears = (text: string) => vi.waitFor(() => expect(heard.text).toBe(text));
  const ends = (end: string) => vi.waitFor(() => expect(heard.end).toBe(end));
  return { socket, heard, hears, ends };
}

describe('a fault proxy', () => {
  it('passes both ways and counts connections', async () => {
    const { socket, hears, ends } = caller();
    socket.write('hello');
    await hears('hello');
    expect(proxy.connections).toBe(1);
    socket.end();
    await ends('closed');
  });

  it('refuses, resets what was open, and listens again on the same port', async () => {
    const before = caller();
    before.socket.write('hello');
    await before.hears('hello');
    await proxy.become('refuse');
    await before.ends('ECONNRESET');
    await caller().ends('ECONNREFUSED');
    await proxy.become('pass');
    const after = caller();
    after.socket.write('again');
    await after.hears('again');
    expect(proxy.connections).toBe(2);
  });

  it('accepts and resets', async () => {
    await proxy.become('reset');
    await caller().ends('ECONNRESET');
    expect(proxy.connections).toBe(1);
  });

  it('accepts and closes without a byte', async () => {
    await proxy.become('close');
    const { ends, heard } = caller();
    await ends('closed');
    expect(heard.text).toBe('');
  });

  it('closes what was open, too', async () => {
    const { socket, hears, ends } = caller();
    socket.write('hello');
    await hears('hello');
    await proxy.become('close');
    await ends('closed');
  });

  it('swallows nothing in a black hole: what was said arrives when it ends', async () => {
    const before = caller();
    before.socket.write('one ');
    await before.hears('one ');
    await proxy.become('black-hole');
    before.socket.write('two');
    const during = caller();
    during.socket.write('three');
    await vi.waitFor(() => expect(proxy.connections).toBe(2));
    await proxy.become('pass');
    await before.hears('one two');
    await during.hears('three');
  });

  it('cuts each connection after a number of bytes of the answer', async () => {
    await proxy.become({ cut: 3 });
    const { socket, heard, ends } = caller();
    socket.write('hello');
    await ends('closed');
    expect(heard.text).toBe('hel');
  });

  it('trickles', async () => {
    await proxy.become({ trickle: { bytes: 2, every: 1 } });
    const { socket, hears } = caller();
    const pieces: string[] = [];
    socket.on('data', (text: string) => pieces.push(text));
    socket.write('hello');
    await hears('hello');
    expect(pieces.length).toBeGreaterThan(1);
  });

  it('delays', async () => {
    await proxy.become({ delay: 30 });
    const { socket, hears } = caller();
    const began = performance.now();
    socket.write('hello');
    await hears('hello');
    expect(performance.now() - began).toBeGreaterThan(29);
  });
});
