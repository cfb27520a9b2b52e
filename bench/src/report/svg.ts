/** Readable on white and on dark pages alike. */
export const OURS = '#2f81f7';
export const OTHERS = '#8b949e';

/** The accessible title and the size of a picture. */
export interface Canvas {
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

/** An SVG document whose text follows the colour scheme of the page. */
export function svg({ title, width, height }: Canvas, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="${escaped(title)}">
<style>text { fill: #24292f } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }</style>
${body}
</svg>
`;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
