/** Runs the specs of core and the policies where there is only the language. */
import { coreSpecs } from '../specs/core/core-specs.ts';
import { policiesSpecs } from '../specs/policies/policies-specs.ts';
import { runSpecs } from './run-specs.ts';

/** The report as JSON, once every job of the engine has run. */
export const report: Promise<string> = runSpecs([...coreSpecs, ...policiesSpecs], {}).then((found) =>
  JSON.stringify(found),
);
