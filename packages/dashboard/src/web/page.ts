import { SCRIPT, STYLE } from './bundled.ts';

/** HTML escapes of special characters. */
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The page as one self-contained document. Its policy runs only what carries the nonce and connects only to this origin. */
export function pageOf(title: string): { readonly html: string; readonly policy: string } {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const name = title.replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${name}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<div id="app" data-title="${name}"></div>
<noscript>This page needs JavaScript to show live data. The same data is available as JSON at api/breakers.</noscript>
<script type="module" nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { html, policy };
}
