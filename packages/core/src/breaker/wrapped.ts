/** Any function, whatever it takes and returns. */
export type AnyFunction = (this: never, ...args: never) => unknown;

/**
 * The signatures of an overloaded function behind a breaker: the last four, which is as many as are asked for here.
 * Where there are fewer the compiler repeats the first, so a function with one signature shows itself by first and last
 * being the same; it is `never` here, because only a signature inferred by itself keeps its type parameters.
 *
 * Written out, for what has a name would have to be exported: users' own declarations could not name it otherwise.
 */
export type WrappedOverloads<F> = F extends {
  (this: infer T1, ...args: infer A1): infer V1;
  (this: infer T2, ...args: infer A2): infer V2;
  (this: infer T3, ...args: infer A3): infer V3;
  (this: infer T4, ...args: infer A4): infer V4;
}
  ? Same<[T1, A1, V1], [T4, A4, V4]> extends true
    ? never
    : ((this: T1, ...args: A1) => Promise<Awaited<V1>>) &
        ((this: T2, ...args: A2) => Promise<Awaited<V2>>) &
        ((this: T3, ...args: A3) => Promise<Awaited<V3>>) &
        ((this: T4, ...args: A4) => Promise<Awaited<V4>>)
  : never;

/** Anything if the function is overloaded, so that it passes; else `never`, which no function is. */
export type Overloaded<F> = [WrappedOverloads<F>] extends [never] ? never : unknown;

/** Two types that the compiler takes for one. Assignability would not do: `any` is assignable to everything. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
