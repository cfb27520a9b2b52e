import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, inject, it } from 'vitest';

const tarballs = Object.entries(inject('tarballs'));
const attw = join(import.meta.dirname, '../node_modules/.bin/attw');

describe.each(tarballs)('%s, as packed', (_folder, tarball) => {
  it('publint has no complaint', async () => {
    const bytes = readFileSync(tarball);
    const packed = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const { messages, pkg } = await publint({ pack: { tarball: packed }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it('its types resolve wherever modules do', () => {
    expect(() =>
      execFileSync(attw, [tarball, '--profile', 'esm-only'], { stdio: 'pipe', encoding: 'utf8' }),
    ).not.toThrow();
  });
});
