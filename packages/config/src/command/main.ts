import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Problem, SettingsError } from '../document/settings-error.ts';
import { explainSettings } from '../explain/explain-settings.ts';
import { type ExportTarget, exportTo } from '../export/export-to.ts';
import { loadText } from '../load/load.ts';
import type { Settings } from '../load/settings.ts';
import { convertedText, problemsText, summaryText } from './texts.ts';

const USAGE = `usage: npx @switchgear/config check FILE… | convert FILE --to TARGET | explain FILE…

  check     reads the files and says what is wrong, and what was not taken over exactly
  convert   writes the file for switchgear, envoy, istio or resilience4j; notes go to the error output
  explain   says what each breaker does, in sentences

  --to TARGET   switchgear, envoy, istio, resilience4j
  --as KIND     the kind of file it is, if its keys do not say it: resilience4j, envoy, istio, polly, hystrix,
                circuit_breaker, opossum, circuit-breaker-js, undici, fastify, switchgear
  --name NAME   the name of the breaker, if the file has none
  --strict      a file that is not taken over exactly is an error too
  --json        the same as JSON

Placeholders such as \${HOST:localhost} are filled in from the environment.
Exit code: 0 all is well, 1 something is wrong with a file, 2 the command is not one.`;

/** Where the command writes, and what it reads; its own process by default. */
export interface CommandOutput {
  out(text: string): void;
  error(text: string): void;
}

const OWN: CommandOutput = {
  out: (text) => writeFileSync(1, `${text}\n`),
  error: (text) => writeFileSync(2, `${text}\n`),
};

/** Runs the command. Returns its exit code. */
export function runConfigCommand(args: readonly string[], output: CommandOutput = OWN): number {
  let command: Command;
  try {
    command = commandIn(args);
  } catch (error) {
    output.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (command.help) {
    output.out(USAGE);
    return 0;
  }
  return run(command, output);
}

interface Command {
  readonly help: boolean;
  readonly verb: string;
  readonly files: readonly string[];
  readonly to: ExportTarget;
  readonly as: string | undefined;
  readonly name: string | undefined;
  readonly strict: boolean;
  readonly json: boolean;
}

const VERBS = ['check', 'convert', 'explain'];
const TARGETS = ['switchgear', 'envoy', 'istio', 'resilience4j'];

function commandIn(args: readonly string[]): Command {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { to: text, as: text, name: text, strict: flag, json: flag, help: { ...flag, short: 'h' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [verb = '', ...files] = positionals;
  const { to, as, name, strict, json, help } = values;
  if (!help && !VERBS.includes(verb)) throw new Error(verb === '' ? 'no command' : `there is no command ${verb}`);
  if (!help && files.length === 0) throw new Error(`${verb} needs a file`);
  if (verb === 'convert' && files.length > 1) throw new Error('convert takes one file');
  if (verb === 'convert' && !TARGETS.includes(to ?? '')) throw new Error(`--to must be one of ${TARGETS.join(', ')}`);
  return { help, verb, files, to: to as ExportTarget, as, name, strict, json };
}

/** What became of one file. */
interface Read {
  readonly file: string;
  readonly settings?: Settings;
  readonly problems: readonly Problem[];
}

function run(command: Command, output: CommandOutput): number {
  const read = command.files.map((file) => readOne(file, command));
  const isWrong = read.some(({ problems }) => problems.length > 0);
  const isInexact = command.strict && read.some(({ settings }) => (settings?.notes.length ?? 0) > 0);
  const wrong = read.flatMap(({ problems }) => problems);
  if (command.json)
    output.out(
      JSON.stringify(
        read.map((each) => ({ ...jsonOf(each, command) })),
        undefined,
        2,
      ),
    );
  else {
    if (wrong.length > 0) output.error(problemsText(wrong));
    for (const { file, settings } of read) if (settings) print(file, settings, command, output);
  }
  return isWrong || isInexact ? 1 : 0;
}

function readOne(file: string, { as, name }: Command): Read {
  try {
    const options = { file, env: process.env, ...(as && { as: as as never }), ...(name !== undefined && { name }) };
    return { file, settings: loadText(readFileSync(file, 'utf8'), options), problems: [] };
  } catch (error) {
    if (error instanceof SettingsError) return { file, problems: error.problems };
    return { file, problems: [{ file, path: '', what: (error as Error).message }] };
  }
}

function print(file: string, settings: Settings, { verb, to }: Command, output: CommandOutput): void {
  if (verb === 'check') output.out(summaryText(file, settings));
  else if (verb === 'explain') {
    for (const [name, sentences] of explainSettings(settings))
      output.out(`${name}\n${sentences.map((each) => `  ${each}`).join('\n')}`);
  } else {
    const { text, notes } = exportTo(to, settings);
    output.out(text.trimEnd());
    const lost = convertedText(file, settings, notes);
    if (lost !== '') output.error(lost);
  }
}

function jsonOf({ file, settings, problems }: Read, { verb, to }: Command): object {
  const found = {
    file,
    problems,
    ...(settings && { dialect: settings.dialect, notes: settings.notes, carried: settings.carried }),
  };
  if (!settings) return found;
  if (verb === 'explain') return { ...found, breakers: Object.fromEntries(explainSettings(settings)) };
  return verb === 'convert' ? { ...found, converted: exportTo(to, settings) } : { ...found, settings: settings.data };
}
