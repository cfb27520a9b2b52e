/** Values by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

const PLACEHOLDER = /\$\{([A-Za-z_][\w.-]*)(?::-?([^}]*))?\}/g;

/**
 * A scalar with its placeholders filled in: `${VAR}` and `${VAR:default}`. Without an environment, or if a name without a
 * default is not in it, the placeholder stays, and whoever reads the value complains.
 */
export function filledIn(value: unknown, env: Environment | undefined): unknown {
  if (typeof value !== 'string' || !env || !value.includes('${')) return value;
  const text = value.replace(PLACEHOLDER, (whole, name: string, byDefault: string | undefined) =>
    Object.hasOwn(env, name) ? (env[name] ?? byDefault ?? whole) : (byDefault ?? whole),
  );
  return scalarOf(text);
}

/** The first placeholder that is left in a value. */
export function placeholderIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value.match(PLACEHOLDER)?.[0] : undefined;
}

/** A text as the scalar that it would be in YAML. */
export function scalarOf(text: string): unknown {
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)) return Number(text);
  if (/^(?:true|false)$/i.test(text)) return /^t/i.test(text);
  return text;
}
