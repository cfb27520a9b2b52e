/** Any method, called as it was called. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts a method in front of another on one object. Nobody who looks at the object's own properties, or at the method's
 * name and length, sees a difference.
 *
 * @param make given the method it stands in front of, looked up at each call: prototypes may be patched later
 * @returns takes it away again, and says whether it could: not where somebody has put theirs in front of ours
 */
export function replaceMethod(object: object, name: string, make: (original: () => Method) => Method): () => boolean {
  const own = Object.getOwnPropertyDescriptor(object, name);
  const original = (): Method => own?.value ?? Reflect.get(Object.getPrototypeOf(object), name, object);
  const method = make(original);
  for (const trait of ['name', 'length'] as const) {
    Object.defineProperty(method, trait, { value: original()[trait], configurable: true });
  }
  const enumerable = own?.enumerable ?? false;
  Object.defineProperty(object, name, { value: method, writable: true, configurable: true, enumerable });
  return () => {
    if (Reflect.get(object, name) !== method) return false;
    if (own) Object.defineProperty(object, name, own);
    else Reflect.deleteProperty(object, name);
    return true;
  };
}
