import type { Word } from './report.ts';

/** Whether a word of an operator is later than another: the one with the higher count, then that of the greater life. */
export function isLater(word: Word | undefined, than: Word | undefined): boolean {
  if (!word || !than) return word !== undefined;
  return word.count > than.count || (word.count === than.count && word.life > than.life);
}
