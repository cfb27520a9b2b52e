/** A colour of the style sheet as it is now, light or dark: canvases cannot read variables. */
export function colour(name: string): string {
  const drop = document.getElementById('app') as HTMLElement;
  drop.style.outlineColor = `var(${name})`;
  const is = getComputedStyle(drop).outlineColor;
  drop.style.outlineColor = '';
  return is;
}
