import { createBreaker, type KeyedOptions, type Mode } from '@switchgear/core';
import { requireOneOf, requireOptions } from '@switchgear/core/adapter';
import { dialectOf, dialects } from '../dialects/detect.ts';
import type { Dialect, DialectName } from '../dialects/dialect.ts';
import { Account } from '../document/account.ts';
import { placeOf } from '../document/from-object.ts';
import { parse } from '../document/parse.ts';
import { below, type Place } from '../document/place.ts';
import type { Environment } from '../document/placeholders.ts';
import { buildOptions, buildWhole } from '../own/build.ts';
import { type BreakerData, type FileData, laidOver } from '../own/data.ts';
import { type PolicySettings, policiesOf } from '../own/policies.ts';
import { regExpOf } from './pattern.ts';
import type { Settings } from './settings.ts';

/** Options of {@link load}. */
export interface LoadOptions {
  /**
   * The kind of file it is.
   *
   * @default what its keys say
   */
  readonly as?: DialectName;

  /**
   * Values for placeholders `${NAME}` and `${NAME:default}`, such as `process.env`. Secrets get into settings by this way only.
   *
   * @default undefined a placeholder that is needed is an error
   */
  readonly env?: Environment;

  /**
   * The name of the breaker whose settings have no name, such as opossum's options or a `circuit_breaker` block. They are the
   * defaults of all other names too.
   *
   * @default 'default'
   */
  readonly name?: string;

  /**
   * What the text is called in errors.
   *
   * @default undefined
   */
  readonly file?: string;
}

/** The options of {@link load}, checked. */
export function requireLoadOptions(of: string, options: LoadOptions, ...more: readonly string[]): LoadOptions {
  requireOptions(of, options, ['as', 'env', 'name', 'file', ...more]);
  if (options.as !== undefined)
    requireOneOf(
      'as',
      options.as,
      dialects().map(({ name }) => name),
    );
  return options;
}

/**
 * Reads settings from a text, or from an object such as the options of another library: checks all of it, and changes
 * nothing.
 *
 * @throws {SettingsError} with every problem, at its line and column
 */
export function loadText(source: string | object, options: LoadOptions = {}): Settings {
  const { as, env, name = 'default', file } = options;
  const account = new Account(file);
  const documents = typeof source === 'string' ? parse(source, account, env) : [placeOf(source)];
  const dialect = dialectOf(documents, as, account);
  account.requireSound();
  const settings = dialect && readDialect(dialect, documents, account, name);
  account.requireSound();
  return settings as Settings;
}

function readDialect(
  dialect: Dialect,
  documents: readonly Place[],
  account: Account,
  name: string,
): Settings | undefined {
  const own = documents.filter((root) => documents.length === 1 || dialect.fits(root));
  const data = dialect.read(own, account, { name });
  if (account.problems > 0) return undefined;
  const built = buildAll(data, account, documents[0]);
  for (const root of documents) account.note(root, 'not carried', besideOf(root, dialect, own.includes(root)));
  const notes = account.notes();
  return {
    file: account.file,
    dialect: dialect.name,
    ...built,
    notes: notes.filter(({ said }) => said !== 'carried'),
    carried: notes.filter(({ said }) => said === 'carried'),
    data,
  };
}

function besideOf(root: Place, { title, beside }: Dialect, isRead: boolean): string {
  const kind = root.entries?.get('kind')?.value;
  if (!isRead) return kind === undefined ? `not ${title}` : `a ${kind} is skipped: ${title} are read here`;
  return beside ?? `not part of the ${title}`;
}

type Built = Pick<Settings, 'breakers' | 'policies' | 'modes' | 'options' | 'entryFor'>;

/** Makes everything once, so that what does not go together is known now and not at the first call. */
function buildAll({ defaults = {}, breakers: named }: FileData, account: Account, root: Place | undefined): Built {
  const breakers = new Map<string, KeyedOptions>();
  const whole = new Map<string, KeyedOptions>();
  const policies = new Map<string, PolicySettings>();
  const modes = new Map<string, Mode>();
  const patterns: (readonly [RegExp, string])[] = [];
  const add = (name: string, own: BreakerData, place: Place | undefined) => {
    const data = laidOver(defaults, own);
    attempt(account, place, () => {
      const pattern = regExpOf(name);
      if (pattern) patterns.push([pattern, name]);
      whole.set(name, buildWhole(data));
      breakers.set(name, buildOptions(data));
      createBreaker({ ...whole.get(name), name: name || 'default' });
      const around = policiesOf(name, data);
      if (around) policies.set(name, around);
      if (data.mode) modes.set(name, data.mode);
    });
  };
  const places = new Map(below(breakersIn(root)).map((place) => [place.key, place]));
  for (const [name, own] of Object.entries(named)) add(name, own, places.get(name) ?? root);
  let rest: KeyedOptions = {};
  attempt(account, root?.entries?.get('defaults') ?? root, () => {
    rest = buildWhole(defaults);
    createBreaker({ ...rest, name: 'defaults' });
  });
  const entryFor = (key: string) =>
    named[key] && Object.hasOwn(named, key) ? key : patterns.find(([pattern]) => pattern.test(key))?.[1];
  const options = (key: string) => ({ ...(whole.get(entryFor(key) ?? '') ?? rest), name: key });
  return { breakers, policies, modes, options, entryFor };
}

function breakersIn(root: Place | undefined): Place {
  return root?.entries?.get('breakers') ?? root ?? { path: '', key: '' };
}

/** Core's own complaints, at the place of the breaker. */
function attempt(account: Account, place: Place | undefined, make: () => void): void {
  try {
    make();
  } catch (error) {
    const at = place ?? { path: '', key: '' };
    const what = (error as Error).message.replace(/^Switchgear: /, '');
    account.problem(at, at.path === '' ? what : `${at.key}: ${what}`, at.keyAt ?? at.at);
  }
}
