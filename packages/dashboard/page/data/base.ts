/** Where this dashboard is mounted, without a slash at its end. */
export const BASE: string = withoutSlashes(location.pathname);

/** Counted, not matched: an expression that looks for slashes at the end looks again from each slash before it. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}
