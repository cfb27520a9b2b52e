import { styleText } from 'node:util';
import { explain } from '@switchgear/core';
import type { Move } from '../shops/side.ts';
import { cut, wrap } from './text.ts';

/** One circuit as the screen shows it. */
interface Standing {
  readonly name: string;
  readonly move: Move | undefined;
}

const COLOURS = { closed: 'green', 'half-open': 'yellow', open: 'red' } as const;
const MARKS = { closed: '●', 'half-open': '◐', open: '○' } as const;

/** Where the reason begins. */
const INDENT = ' '.repeat(17);

/**
 * The state of each circuit and why, at most `width` columns wide. While one is open, the time to the next attempt counts down.
 *
 * @param at now, in milliseconds since 1970
 * @param isShort whether each circuit may take one line only
 */
export function circuitLines(
  names: readonly string[],
  moves: readonly Move[],
  { at, width, isShort }: { readonly at: number; readonly width: number; readonly isShort: boolean },
): string[] {
  return names
    .map((name) => ({ name, move: moves.findLast(({ breaker }) => breaker === name) }))
    .flatMap((standing) => linesOf(standing, at, isShort ? Number.POSITIVE_INFINITY : width))
    .map((line) => coloured(cut(line, width)));
}

function linesOf({ name, move }: Standing, at: number, width: number): string[] {
  const state = move?.to ?? 'closed';
  const head = `  ${markOf(state)} ${name.padEnd(11)}  ${state}`;
  if (!move) return [head];
  return wrap(`${head}: ${reasonOf(move)}${countdown(move, at)}`, width, INDENT);
}

function countdown({ to, at: movedAt, because }: Move, at: number): string {
  const { nextAttemptAt } = because;
  if (to !== 'open' || !Number.isFinite(nextAttemptAt)) return '';
  const left = movedAt + (nextAttemptAt as number) - because.at - at;
  return left > 0 ? `; next attempt in ${Math.ceil(left / 1_000)} s` : '; the next call is the next attempt';
}

/** Why a circuit moved, without the time of the next attempt. */
export function reasonOf({ because: { nextAttemptAt: _, ...because } }: Move): string {
  const sentence = explain(because).replace(/\.$/, '');
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function markOf(state: string): string {
  return MARKS[state as keyof typeof MARKS] ?? '?';
}

/** Colours mark and state, which stand where no reason has them. */
function coloured(line: string): string {
  const [, before, mark, name, state, after] = /^( {2})([●◐○])( \S+ +)(closed|half-open|open)(.*)$/.exec(line) ?? [];
  if (state === undefined) return line;
  const colour = COLOURS[state as keyof typeof COLOURS];
  return `${before}${styleText(colour, `${mark}`)}${name}${styleText(colour, state)}${after}`;
}
