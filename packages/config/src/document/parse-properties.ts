import { type Place, type Position, pathTo } from './place.ts';
import { type Environment, filledIn, scalarOf } from './placeholders.ts';

/** A place that is still growing. */
interface Growing {
  value?: unknown;
  shown?: string | undefined;
  at?: Position;
  readonly entries: Map<string, Growing>;
}

/** Reads Java properties: `a.b.c = 1`. Dots make maps, `[0]` makes lists. */
export function parseProperties(text: string, env: Environment | undefined): Place[] {
  const root: Growing = { entries: new Map() };
  const lines = text.split(/\r\n|\n|\r/);
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    let whole = lines[index] as string;
    if (/^\s*(?:[#!]|$)/.test(whole)) continue;
    while (/(?:^|[^\\])(?:\\\\)*\\$/.test(whole) && index + 1 < lines.length) {
      whole = whole.slice(0, -1) + (lines[++index] as string).trimStart();
    }
    const [, indent = '', key = '', between = '', value = ''] =
      /^(\s*)((?:\\.|[^\\\s=:])+)(\s*[=:]?\s*)(.*)$/.exec(whole) ?? [];
    const raw = unescaped(value);
    const column = indent.length + key.length + between.length + 1;
    put(root, partsOf(unescaped(key)), { raw, filled: filledIn(raw, env), at: { line, column } });
  }
  return root.entries.size === 0 ? [] : [grown(root, '', '')];
}

interface Said {
  readonly raw: string;
  readonly filled: unknown;
  readonly at: Position;
}

function put(root: Growing, parts: readonly string[], { raw, filled, at }: Said): void {
  let place = root;
  for (const part of parts) {
    const next = place.entries.get(part) ?? { entries: new Map() };
    place.entries.set(part, next);
    place = next;
  }
  const value = typeof filled === 'string' ? scalarOf(filled) : filled;
  Object.assign(place, { value, at, shown: filled === raw ? undefined : raw });
}

/** `a.b[0].c` and `a[b.c]`, whose brackets hold one name. */
function partsOf(key: string): string[] {
  return [...key.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, bracketed, plain]) => bracketed ?? plain ?? '');
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_whole, code: string | undefined, one: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : ({ n: '\n', t: '\t', r: '\r', f: '\f' }[one] ?? one),
  );
}

function grown({ value, shown, at, entries }: Growing, path: string, key: string): Place {
  const names = [...entries.keys()];
  if (names.length === 0) return { path, key, at, keyAt: at, value, shown };
  const isList = names.every((name) => /^\d+$/.test(name));
  const parts = names.map((name) =>
    grown(entries.get(name) as Growing, isList ? `${path}[${name}]` : pathTo(path, name), name),
  );
  const first = parts[0]?.at;
  if (isList) return { path, key, at: first, keyAt: first, items: parts };
  return { path, key, at: first, keyAt: first, entries: new Map(parts.map((part) => [part.key, part])) };
}
