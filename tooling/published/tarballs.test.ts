import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, inject, it } from 'vitest';

const tarballs = Object.entries(inject('tarballs'));

describe.each(tarballs)('%s, as packed', (_folder, tarball) => {
  it('publint finds no problem', async () => {
    const bytes = readFileSync(tarball);
    const packed = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const { messages, pkg } = await publint({ pack: { tarball: packed }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it('its types resolve under node10, node16 in both kinds of file, and bundlers', async () => {
    const found = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
    expect(found.types).toBeTruthy();
    expect(found.types ? found.problems : []).toEqual([]);
  });
});
