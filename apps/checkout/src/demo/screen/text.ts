/** The width that everything printed keeps to. */
export const WIDTH = 80;

/** Breaks a text into lines of at most `width` characters; a longer word is cut. `indent` begins all lines but the first. */
export function wrap(text: string, width: number = WIDTH, indent: string = ''): string[] {
  const lines: string[] = [];
  let line = '';
  // Each word with the spaces before it: where no line ends they stay as they are. A number keeps its unit.
  for (const [word] of text.matchAll(/ *\(?[\d.,]+ (?:s|ms|%)(?![a-z])[^ ]*| *[^ ]+/g)) {
    if (line !== '' && line.length + word.length > width) {
      lines.push(line);
      line = `${indent}${word.trimStart()}`;
    } else line += word;
  }
  return [...lines, line].map((each) => cut(each, width));
}

/** The text, or its beginning and an ellipsis if it is wider. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** `1,298` */
export function count(value: number): string {
  return value.toLocaleString('en');
}

/** `0.05 s`, `1.3 s`, `12 s`; the unit is the same at all lengths, so that two of them compare at a glance. */
export function seconds(ms: number): string {
  const digits = ms < 995 ? 2 : ms < 9_950 ? 1 : 0;
  return `${(ms / 1_000).toFixed(digits)} s`;
}
