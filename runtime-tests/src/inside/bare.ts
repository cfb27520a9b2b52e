/** Runs what core and the policies promise where there is nothing but the language. */
import { coreSpecs } from '../specs/core/core-specs.ts';
import { policiesSpecs } from '../specs/policies/policies-specs.ts';
import { runSpecs } from './run-specs.ts';

/** The report as JSON, once every job of the engine has run. */
export const report: Promise<string> = runSpecs([...coreSpecs, ...policiesSpecs], {}).then((found) =>
  JSON.stringify(found),
);
