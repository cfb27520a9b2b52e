import type { Spec } from '../kit/spec.ts';
import { fetchAnswers } from './answers.ts';
import { fetchContext } from './async-context.ts';
import { fetchBodies } from './bodies.ts';
import { fetchHookContext } from './hook-context.ts';
import { fetchMistakes } from './mistakes.ts';
import { fetchNetwork } from './network.ts';
import { fetchUploads } from './uploads.ts';

/** What `@switchgear/fetch` promises. */
export const fetchSpecs: readonly Spec[] = [
  ...fetchAnswers,
  ...fetchNetwork,
  ...fetchBodies,
  ...fetchMistakes,
  ...fetchUploads,
  ...fetchContext,
  ...fetchHookContext,
];
