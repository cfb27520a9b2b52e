/** A number from 0 up to but not including 1, as `Math.random` gives. */
export type Random = () => number;

/**
 * A stream of chance that is the same for the same seed and name, and unlike that of any other name (sfc32). Each part
 * of a simulation has its own, so that what one policy does never changes what another part draws.
 */
export function randomStream(seed: number, name: string): Random {
  let a = mix(seed, 0x9e3779b9);
  let b = mix(seed / 2 ** 32, 0x85ebca6b);
  let c = 0;
  for (let i = 0; i < name.length; i++) c = mix(c ^ name.charCodeAt(i), 0xc2b2ae35);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

function mix(value: number, constant: number): number {
  let mixed = (Math.trunc(value) ^ constant) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return Math.imul(mixed ^ (mixed >>> 13), constant | 1) ^ (mixed >>> 15);
}

/** A draw from the exponential distribution of mean 1. */
export function exponentialDraw(random: Random): number {
  return -Math.log(1 - random());
}
