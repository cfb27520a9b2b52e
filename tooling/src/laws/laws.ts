import { adaptersHaveAnOutcomeTable } from './adapters-have-an-outcome-table.ts';
import { coreAwaitsNothing } from './core-awaits-nothing.ts';
import { coreIsBareEcmascript } from './core-is-bare-ecmascript.ts';
import { everyNameIsDocumented } from './every-name-is-documented.ts';
import { importsGoDown } from './imports-go-down.ts';
import type { Law } from './law.ts';
import { noImportCycles } from './no-import-cycles.ts';
import { nothingHappensAtImport } from './nothing-happens-at-import.ts';
import { numbersFromTheFirst } from './numbers-from-the-first.ts';
import { oneMeaningPerVerb } from './one-meaning-per-verb.ts';
import { oneWordPerIdea } from './one-word-per-idea.ts';
import { packagesHaveOneShape } from './packages-have-one-shape.ts';
import { packagesMeetAtTheDoor } from './packages-meet-at-the-door.ts';
import { testsStateRules } from './tests-state-rules.ts';
import { theIndexIsAList } from './the-index-is-a-list.ts';
import { timeAndChanceAreArguments } from './time-and-chance-are-arguments.ts';
import { workflowsRunWhatExists } from './workflows-run-what-exists.ts';

/** Every law that is checked on the text of this repository. */
export const laws: readonly Law[] = [
  importsGoDown,
  noImportCycles,
  packagesMeetAtTheDoor,
  coreIsBareEcmascript,
  timeAndChanceAreArguments,
  nothingHappensAtImport,
  coreAwaitsNothing,
  theIndexIsAList,
  everyNameIsDocumented,
  oneWordPerIdea,
  numbersFromTheFirst,
  oneMeaningPerVerb,
  testsStateRules,
  adaptersHaveAnOutcomeTable,
  packagesHaveOneShape,
  workflowsRunWhatExists,
];
