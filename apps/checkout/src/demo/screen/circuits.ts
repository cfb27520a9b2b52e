import { styleText } from 'node:util';
import { explain } from '@switchgear/core';
import type { Move } from '../shops/side.ts';
import { cut, wrap } from './text.ts';

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
    .flatMap((name) => {
      const own = moves.filter(({ breaker }) => breaker === name);
      return wrap(lineOf(name, own, at), isShort ? Number.POSITIVE_INFINITY : width, INDENT);
    })
    .map((line) => coloured(cut(line, width)));
}

function lineOf(name: string, moves: readonly Move[], at: number): string {
  const last = moves.at(-1);
  const state = last?.to ?? 'closed';
  const head = `  ${MARKS[state]} ${name.padEnd(11)}  ${state}`;
  if (!last) return head;
  // Until it closes, what it opened for is the reason. That a probe failed, or a call arrived, only says that it goes on.
  const cause = state === 'closed' ? last : (moves.findLast(({ from }) => from === 'closed') ?? last);
  return `${head}: ${reasonOf(cause)}${nextAttempt(last, at)}`;
}

function nextAttempt({ to, at: movedAt, because: { at: decidedAt, nextAttemptAt } }: Move, at: number): string {
  if (to === 'half-open') return '; trying again';
  if (to !== 'open' || nextAttemptAt === undefined) return '';
  const left = movedAt + nextAttemptAt - decidedAt - at;
  return left > 0 ? `; next attempt in ${Math.ceil(left / 1_000)} s` : '; the next call is an attempt';
}

/** Why a circuit moved, without the time of the next attempt. */
export function reasonOf({ because: { nextAttemptAt: _, ...because } }: Pick<Move, 'because'>): string {
  const sentence = explain(because).replace(/\.$/, '');
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

/** Colours mark and state, which stand where no reason has them. */
function coloured(line: string): string {
  const [, before, mark, name, state, after] = /^( {2})([●◐○])( \S+ +)(closed|half-open|open)(.*)$/.exec(line) ?? [];
  if (state === undefined) return line;
  const colour = COLOURS[state as keyof typeof COLOURS];
  return `${before}${styleText(colour, `${mark}`)}${name}${styleText(colour, state)}${after}`;
}
