import type { Registry } from '@switchgear/core';
import { notify, requireMillis, requireOneOf } from '@switchgear/core/adapter';
import { loadText, requireLoadOptions } from '../load/load.ts';
import type { Settings } from '../load/settings.ts';
import { type Applied, applyOver, type Breakers } from './apply.ts';
import type { Difference } from './pair.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';
import { settingsRegistry } from './settings-registry.ts';
import type { Watch, WatchEvent, WatchOptions } from './watch-options.ts';
import { WatchedFile } from './watched-file.ts';

/**
 * Reads settings from a file, applies them, and applies them again whenever the file changes: a file that is written,
 * replaced by another, or reached by a symbolic link that moves, as in a ConfigMap of Kubernetes.
 *
 * A change is checked as a whole. If anything is wrong with it nothing changes, and `onEvent` receives every problem. Only
 * breakers whose settings differ are reconfigured; they keep their windows where they fit. No process is kept alive.
 *
 * @param to the breakers to change; without it, `registry` of the watch has a breaker for each name
 * @throws {SettingsError} if the file is wrong when the watch begins; whatever `readFileSync` throws if there is none
 * @example
 * ```ts
 * const { registry } = watchConfig('breakers.yaml', { onEvent: console.log });
 * const answer = await registry.get('payments').run(() => fetch('https://payments.example/health'));
 * ```
 */
export function watchConfig(file: string | URL, options?: WatchOptions): Watch;
export function watchConfig(file: string | URL, to: Registry | Breakers, options?: WatchOptions): Watch;
export function watchConfig(
  file: string | URL,
  second: Registry | Breakers | WatchOptions = {},
  third: WatchOptions = {},
): Watch {
  const to = Symbol.iterator in second ? second : undefined;
  const options = to ? third : (second as WatchOptions);
  requireLoadOptions('watchConfig', options, ...MORE);
  if (options.every !== undefined) requireMillis('every', options.every);
  if (options.removed !== undefined) requireOneOf('removed', options.removed, ['keep', 'delete']);
  return new ConfigWatch(file, to, options);
}

const MORE = ['every', 'onEvent', 'removed', 'candidate', 'base', 'max'];

class ConfigWatch implements Watch {
  readonly registry: Registry;
  readonly #to: Registry | Breakers;
  readonly #options: WatchOptions;
  readonly #files: readonly WatchedFile[];
  #settings: Settings;
  #candidate: Settings | undefined;
  #rehearsal: Rehearsal | undefined;

  constructor(file: string | URL, to: Registry | Breakers | undefined, options: WatchOptions) {
    this.#options = options;
    const main = new WatchedFile(
      file,
      options,
      (text, name) => this.#change(text, name),
      (event) => this.#tell(event),
    );
    this.#settings = this.#load(main.read(), main.name);
    this.registry = to && 'get' in to ? to : settingsRegistry(() => this.#settings, options);
    this.#to = to ?? this.registry;
    applyOver(undefined, this.#settings, this.#to);
    const { candidate } = options;
    const other =
      candidate &&
      new WatchedFile(
        candidate,
        options,
        (text, name) => this.#rehearse(text, name),
        (event) => {
          if (event.type === 'missing') this.#endRehearsal();
          else this.#tell(event);
        },
      );
    this.#files = other ? [main, other] : [main];
    if (other) other.check();
  }

  get settings(): Settings {
    return this.#settings;
  }

  get rehearsal(): Rehearsal | undefined {
    return this.#rehearsal;
  }

  check(): void {
    for (const file of this.#files) file.check();
  }

  close(): void {
    for (const file of this.#files) file.close();
    this.#endRehearsal();
  }

  #load(text: string, file: string): Settings {
    const { as, env, name } = this.#options;
    return loadText(text, { file, ...(as && { as }), ...(env && { env }), ...(name !== undefined && { name }) });
  }

  #change(text: string, name: string): void {
    const before = this.#settings;
    this.#settings = this.#load(text, name);
    const done = applyOver(before, this.#settings, this.#to);
    this.#forget(done);
    this.#tell({ type: 'applied', ...done });
    if (this.#candidate) this.#begin(this.#candidate);
  }

  #forget({ removed }: Applied): void {
    if (this.#options.removed === 'delete') for (const name of removed) this.registry.delete(name);
  }

  #rehearse(text: string, name: string): void {
    this.#begin(this.#load(text, name));
  }

  #begin(candidate: Settings): void {
    this.#endRehearsal();
    this.#candidate = candidate;
    const onDifference = (difference: Difference) => this.#tell({ type: 'rehearsed', ...difference });
    this.#rehearsal = rehearse(candidate, this.#settings, this.#to, { onDifference });
  }

  #endRehearsal(): void {
    this.#rehearsal?.close();
    this.#rehearsal = undefined;
    this.#candidate = undefined;
  }

  #tell(event: WatchEvent): void {
    notify('onEvent', { report: () => {} }, this.#options.onEvent, event);
  }
}
