import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type LoadOptions, loadText, requireLoadOptions } from './load.ts';
import type { Settings } from './settings.ts';

/**
 * Reads settings from a file, a text or an object, and checks all of it. Nothing is applied: pass `settings.options` to
 * `createRegistry`, or use `apply` or `watchConfig`.
 *
 * @param source the path or the URL of a file, a text, or an object such as the options of another library. A string is a path
 *   if it has neither a line break nor a brace nor a colon followed by a space nor an equals sign
 * @throws {SettingsError} with every problem, at its line and column; whatever `readFileSync` throws if there is no such file
 * @example
 * ```ts
 * const settings = load('breakers.yaml');
 * const registry = createRegistry({ options: settings.options });
 * ```
 */
export function load(source: string | URL | object, options: LoadOptions = {}): Settings {
  requireLoadOptions('load', options);
  const path = pathOf(source);
  if (path === undefined) return loadText(source, options);
  return loadText(readFileSync(path, 'utf8'), { file: path, ...options });
}

function pathOf(source: string | URL | object): string | undefined {
  if (source instanceof URL) return fileURLToPath(source);
  if (typeof source !== 'string') return undefined;
  return source === '' || /[\n\r{}=]|:\s/.test(source) ? undefined : source;
}
