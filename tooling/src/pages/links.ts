import { posix } from 'node:path';
import { withoutCode } from './without-code.ts';

/** A link of a page to something of this repository. */
export interface Link {
  /** `docs/README.md:12` */
  readonly where: string;
  /** The path from the root that it leads to, with no `/` at its end. */
  readonly path: string;
  /** The part after `#`, or an empty string. */
  readonly anchor: string;
}

/** A link or a picture, `[text](target)`, a definition, `[name]: target`, and what HTML has for them. */
const TARGETS = [/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g, /^\[[^\]]+\]:\s+(\S+)/gm, /\s(?:href|src)="([^"]+)"/g];

/** The links of a page that lead to this repository rather than to the web. */
export function linksIn(path: string, page: string): Link[] {
  const text = withoutCode(page);
  return TARGETS.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ 1: target = '', index }) => {
      if (/^[a-z][a-z+.-]*:/i.test(target)) return [];
      const [to = '', anchor = ''] = target.split('#');
      const line = text.slice(0, index).split('\n').length;
      const resolved = to === '' ? path : posix.join(posix.dirname(path), decodeURI(to));
      return [{ where: `${path}:${line}`, path: resolved.replace(/\/$/, ''), anchor }];
    }),
  );
}

/** The anchors of a page: its headings as GitHub names them, and the ids of its HTML. */
export function anchorsIn(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCode(page, false).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const name = slug(heading);
    let anchor = name;
    for (let again = 1; anchors.has(anchor); again++) anchor = `${name}-${again}`;
    anchors.add(anchor);
  }
  for (const [, id = ''] of page.matchAll(/\s(?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}

/** The broken links, each as a sentence. `exists` says whether a file or folder is on disk. */
export function brokenLinks(pages: ReadonlyMap<string, string>, exists: (path: string) => boolean): string[] {
  const broken: string[] = [];
  for (const [from, page] of pages) {
    for (const { where, path, anchor } of linksIn(from, page)) {
      if (path.startsWith('..') || !exists(path)) broken.push(`${where}  ${path} does not exist`);
      else if (anchor !== '' && path.endsWith('.md') && !anchorsIn(pages.get(path) ?? '').has(anchor))
        broken.push(`${where}  ${path} has no #${anchor}`);
    }
  }
  return broken;
}

/** A heading's name in addresses: its letters and digits in lower case, with hyphens for spaces. */
function slug(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
