import type { Breaker, OptionChanges } from '@switchgear/core';
import { type LoadOptions, loadText } from '../load/load.ts';
import type { Settings } from '../load/settings.ts';
import { dataFor } from './data-for.ts';

/** What {@link apply} has done. */
export interface Applied {
  /** The settings that are in force now. */
  readonly settings: Settings;

  /** The breakers that were reconfigured, or whose mode was changed. */
  readonly changed: readonly string[];

  /** Breakers that were in the settings before and are not in them now. They keep what they had. */
  readonly removed: readonly string[];
}

/** Breakers to apply settings to: a registry, or any list of them. */
export type Breakers = Iterable<Breaker>;

/** What was applied last to each list of breakers, so that only what differs is changed. */
const applied = new WeakMap<Breakers, Settings>();

/**
 * Applies settings to breakers by their names: each whose settings differ from those applied before is reconfigured, and
 * keeps its window where it fits. All of the text is checked first; if anything is wrong nothing is changed.
 *
 * Breakers that are made later get their settings from `settings.options`.
 *
 * @param source a text, an object, or settings that were loaded
 * @throws {SettingsError} with every problem, at its line and column
 */
export function apply(source: string | object | Settings, to: Breakers, options: LoadOptions = {}): Applied {
  const settings = isSettings(source) ? source : loadText(source, options);
  const before = applied.get(to);
  applied.set(to, settings);
  return applyOver(before, settings, to);
}

/** Applies settings where others are in force. */
export function applyOver(before: Settings | undefined, settings: Settings, to: Breakers): Applied {
  const changed: string[] = [];
  const removed: string[] = [];
  for (const breaker of to) {
    const { name } = breaker;
    if (before?.entryFor(name) !== undefined && settings.entryFor(name) === undefined) removed.push(name);
    else if (reconfigured(breaker, before, settings)) changed.push(name);
  }
  return { settings, changed, removed };
}

function reconfigured(breaker: Breaker, before: Settings | undefined, settings: Settings): boolean {
  const { name } = breaker;
  const [was, is] = [before && dataFor(before, name), dataFor(settings, name)];
  if (JSON.stringify(was) === JSON.stringify(is)) return false;
  const { name: _same, ...options } = settings.options(name);
  // A classifier of the program's own stays, unless the file has one or had one.
  const changes: OptionChanges = was?.errors && !is.errors ? { ...options, classify: undefined } : options;
  breaker.reconfigure(changes);
  // A mode that an operator has set by hand stays until the file says another.
  if (was?.mode !== is.mode && (was?.mode ?? is.mode) !== undefined) breaker.setMode(is.mode ?? 'active');
  return true;
}

function isSettings(source: string | object): source is Settings {
  return typeof source === 'object' && 'entryFor' in source && 'dialect' in source;
}
