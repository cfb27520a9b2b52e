/**
 * A page with its code and its comments replaced by spaces, because they may contain what looks like a link or a heading.
 *
 * @param spans whether to blank out code within a line, too
 */
export function withoutCode(page: string, spans = true): string {
  const text = page.replace(/^(```+)[\s\S]*?^\1\s*$/gm, blank).replace(/<!--[\s\S]*?-->/g, blank);
  return spans ? text.replace(/`[^`\n]*`/g, blank) : text;
}

function blank(code: string): string {
  return code.replace(/[^\n]/g, ' ');
}
