import type { Note } from '../document/account.ts';
import { lineOf, type Problem } from '../document/settings-error.ts';
import type { ExportNote } from '../export/export-notes.ts';
import type { Settings } from '../load/settings.ts';

/** Problems, one a line. */
export function problemsText(problems: readonly Problem[]): string {
  return `${problems.map(lineOf).join('\n')}\n${plural(problems.length, 'problem')}`;
}

/** What a file holds and what became of it. Values that share a reason share a line. */
export function summaryText(file: string, { dialect, breakers, notes, carried }: Settings): string {
  const names = [...breakers.keys()];
  const shown = names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
  const head = `${file}: ${plural(names.length, 'breaker')} (${shown}), read as ${dialect}`;
  const counts = `${plural(carried.length, 'value')} carried, ${plural(notes.length, 'note')}`;
  return [head, ...noteLines(file, notes), counts].join('\n');
}

/** What a conversion has lost on its way in and on its way out. */
export function convertedText(file: string, { notes }: Settings, lost: readonly ExportNote[]): string {
  const outs = lost.map(({ path, said, why }) => `${path}: ${said}: ${why}`);
  return [...noteLines(file, notes), ...outs].join('\n');
}

function noteLines(file: string, notes: readonly Note[]): string[] {
  const byReason = new Map<string, Note[]>();
  for (const note of notes) {
    const reason = `${note.said}: ${note.why}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), note]);
  }
  return [...byReason].map(([reason, [first, ...others]]) => {
    const { line, column, path } = first as Note;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `${[file, line, column].filter((part) => part !== undefined).join(':')}: ${path || 'the file'}${more}: ${reason}`;
  });
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
