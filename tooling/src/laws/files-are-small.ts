import type { Law } from './law.ts';

/** More lines than this and a file holds two concepts. */
export const MOST_LINES = 150;

/** Files that hold one concept all the same, and why. */
export const longFiles: Readonly<Record<string, string>> = {};

/** Small files: one concept each, named as the file. */
export const filesAreSmall: Law = {
  name: `no source file is longer than ${MOST_LINES} lines`,
  *check(repository) {
    for (const [path, text] of repository) {
      if (!/^((packages|apps)\/[^/]+|tooling)\/src\/.*\.ts$/.test(path)) continue;
      const lines = text.trimEnd().split('\n').length;
      if (lines > MOST_LINES && !longFiles[path]) yield { where: path, what: `${lines} lines` };
      if (lines <= MOST_LINES && longFiles[path]) yield { where: path, what: 'short again: take it from longFiles' };
    }
  },
};
