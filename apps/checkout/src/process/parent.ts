/**
 * Ties this process to the one that started it: it ends when the channel between them closes, which happens however the
 * parent ended. Started by hand, without a parent, it runs until it is interrupted.
 */
export function endWithParent(): void {
  if (!process.send) return;
  process.once('disconnect', () => process.exit(0));
  // A terminal interrupts every process of the group at once; the parent decides in which order they stop.
  process.on('SIGINT', () => undefined);
}

/** Says something to the parent, if there is one. Plain data only. */
export function tellParent(message: object): void {
  if (process.connected) process.send?.(message, undefined, {}, () => undefined);
}
