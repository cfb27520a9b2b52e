/**
 * A required setting.
 *
 * @throws {Error} naming the variable if it is absent or empty
 */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
}

/**
 * A setting that is a number.
 *
 * @throws {Error} naming the variable and its value when it is not a finite number
 */
export function numeric(name: string, otherwise: number): number {
  const text = process.env[name];
  const value = text ? Number(text) : otherwise;
  if (!Number.isFinite(value)) throw new Error(`The environment variable ${name} must be a number, got ${text}`);
  return value;
}

/**
 * A setting that is `on` or `off`.
 *
 * @throws {Error} naming the variable and its value when it is anything else
 */
export function switched(name: string, otherwise: 'on' | 'off'): boolean {
  const value = process.env[name] || otherwise;
  if (value !== 'on' && value !== 'off')
    throw new Error(`The environment variable ${name} must be on or off, got ${value}`);
  return value === 'on';
}

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

/** Sends a message of plain data to the parent, if there is one. */
export function tellParent(message: object): void {
  if (process.connected) process.send?.(message, undefined, {}, () => undefined);
}
