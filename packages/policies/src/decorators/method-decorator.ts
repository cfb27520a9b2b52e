import { isObject } from '@switchgear/core/adapter';
import { composed, type DecoratedLayer, type Method } from './composition.ts';

/** A method that a policy may surround: it returns a promise. */
export type PromisingMethod = (this: never, ...args: never[]) => PromiseLike<unknown>;

/** What the standard says of a method: the part that is used of `ClassMethodDecoratorContext`. */
export interface MethodContext {
  readonly kind: 'method';
  readonly name: string | symbol;
  readonly private: boolean;
}

/** Decorates a method, in both modes of TypeScript: by the standard, and with `experimentalDecorators`. */
export interface PolicyDecorator {
  /** By the standard. */
  <M extends PromisingMethod>(method: M, context: MethodContext): M;

  /** With `experimentalDecorators`. */
  <M extends PromisingMethod>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): TypedPropertyDescriptor<M>;
}

/** Makes a decorator that adds these layers to a method. */
export function layerDecorator(...layers: readonly DecoratedLayer[]): PolicyDecorator {
  const decorator = layers[0]?.decorator;
  const decorate = (method: unknown, key: PropertyKey): Method =>
    layers.reduce<Method>((inner, layer) => composed(inner, layer, String(key)), method as Method);

  return ((target: unknown, context: unknown, descriptor: unknown): unknown => {
    if (isObject(context) && 'kind' in context) {
      const { kind, name, private: isPrivate } = context as MethodContext;
      if (kind !== 'method' || isPrivate) throw notAMethod(decorator, name, isPrivate ? 'private' : `a ${kind}`);
      return decorate(target, name);
    }
    const key = context as PropertyKey;
    const given = Object(descriptor) as PropertyDescriptor;
    if (typeof given.value !== 'function')
      throw notAMethod(decorator, key, descriptor ? 'an accessor' : 'not a method');
    return { ...given, value: decorate(given.value, key) };
  }) as PolicyDecorator;
}

function notAMethod(decorator: string | undefined, name: PropertyKey, what: string): TypeError {
  return new TypeError(`Switchgear: @${decorator} decorates public methods only; ${String(name)} is ${what}`);
}
