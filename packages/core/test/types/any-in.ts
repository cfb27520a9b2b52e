/** The path to an `any` in a type; `never` if there is none. Looks eight levels deep. */
export type AnyIn<T, Path extends string, Depth extends number = 8> =
  IsAny<T> extends true
    ? Path
    : Depth extends 0
      ? never
      : T extends Whole
        ? never
        : T extends PromiseLike<infer Value>
          ? AnyIn<Value, `${Path} resolved`, Less[Depth]>
          : T extends readonly (infer Item)[]
            ? AnyIn<Item, `${Path}[]`, Less[Depth]>
            : T extends (...args: infer Args) => infer Result
              ? AnyIn<Args, `${Path} takes`, Less[Depth]> | AnyIn<Result, `${Path}()`, Less[Depth]>
              : { [Key in OwnKey<T>]: AnyIn<T[Key], `${Path}.${Key}`, Less[Depth]> }[OwnKey<T>];

type IsAny<T> = 0 extends 1 & T ? true : false;

/** The language's own, which is not looked into. */
type Whole = string | number | boolean | bigint | symbol | null | undefined | RegExp;

/** What an error class inherits from the engine is not ours. */
type OwnKey<T> = Exclude<keyof T & string, Exclude<keyof ErrorConstructor, 'prototype'>>;

/** One less, by position. */
type Less = [never, 0, 1, 2, 3, 4, 5, 6, 7];
