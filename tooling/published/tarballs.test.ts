import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, inject, it } from 'vitest';

const tarballs = Object.entries(inject('tarballs'));

/** Resolutions that packages with only ESM do not support: attw's profile `esm-only`. */
const NOT_PROMISED = ['node10', 'node16-cjs'];

describe.each(tarballs)('%s, as packed', (_folder, tarball) => {
  it('publint finds no problem', async () => {
    const bytes = readFileSync(tarball);
    const packed = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const { messages, pkg } = await publint({ pack: { tarball: packed }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it('its types resolve wherever modules do', async () => {
    const found = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
    expect(found.types).toBeTruthy();
    const problems = found.types ? found.problems : [];
    const promised = problems.filter(
      (each) => !('resolutionKind' in each && NOT_PROMISED.includes(each.resolutionKind)),
    );
    expect(promised).toEqual([]);
  });
});
