import type { Spec } from '../spec.ts';
import { fetchAnswers } from './answers.ts';
import { fetchNetwork } from './network.ts';

/** What `@switchgear/fetch` promises. */
export const fetchSpecs: readonly Spec[] = [...fetchAnswers, ...fetchNetwork];
