import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as core from '@switchgear/core';
import type { Policy } from './policy.ts';
import { switchgear } from './switchgear.ts';

/**
 * Adaptive mode of another build of core, to compare this one with on the same requests and random numbers.
 *
 * @param directory the built package, with its `dist`
 */
export async function otherBuild(directory: string): Promise<Policy> {
  const entry = pathToFileURL(join(resolve(directory), 'dist/index.js')).href;
  const { adaptive, createBreaker } = (await import(entry)) as typeof core;
  return switchgear('other build', `adaptive() of ${directory}`, adaptive(), createBreaker);
}
