/** Runs the specs in a page, when asked to. */
import { allSpecs } from '../specs/all-specs.ts';
import type { Surroundings } from '../specs/kit/capability.ts';
import { runSpecs } from './run-specs.ts';

function startFellow(number: number): () => unknown {
  const tab = open(`/fellow?number=${number}`, `fellow ${number}`);
  return () => tab?.close();
}

Object.assign(globalThis, { runAllSpecs: (around: Surroundings) => runSpecs(allSpecs, { ...around, startFellow }) });
