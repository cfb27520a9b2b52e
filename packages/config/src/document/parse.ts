import type { Account } from './account.ts';
import { parseProperties } from './parse-properties.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Place } from './place.ts';
import type { Environment } from './placeholders.ts';

/** Reads a text: YAML, JSON or Java properties. Returns a place for each of its documents. */
export function parse(text: string, account: Account, env: Environment | undefined): Place[] {
  const plain = text.replace(/^\uFEFF/, '');
  if (isProperties(plain, account.file)) return parseProperties(plain, env);
  const template = templateIn(plain);
  if (template) {
    const { line, column, found } = template;
    const what = `this is a template (${found}), not YAML yet: render it first, for example with helm template`;
    account.problem({ path: '', key: '' }, what, { line, column });
    return [];
  }
  return parseYaml(plain, account, env);
}

/** By the name of the file, or by its first line: a key with dots and an equals sign. */
function isProperties(text: string, file: string | undefined): boolean {
  if (file !== undefined && /\.(?:properties|ya?ml|json)$/i.test(file)) return /\.properties$/i.test(file);
  const first = text.split(/\r?\n/).find((line) => /^\s*[^\s#!]/.test(line)) ?? '';
  return /^\s*[\w[\]-]+(?:\.[\w[\]-]+)+\s*=/.test(first);
}

/** The first action of a Helm or Go template outside comments and quotes. */
function templateIn(text: string): { line: number; column: number; found: string } | undefined {
  for (const [index, line] of text.split('\n').entries()) {
    const action = /^(?:[^#'"]|(?<=\S)#)*?(\{\{-?\s*[^}]*\}\})/.exec(line)?.[1];
    if (action && /^\{\{-?\s*(?:[.$(/]|\w+[\s}-])/.test(action))
      return { line: index + 1, column: line.indexOf(action) + 1, found: action };
  }
  return undefined;
}
