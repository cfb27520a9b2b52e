/** Signs reports and checks them. */
export interface Signature {
  sign(report: string): Promise<string>;

  /** @returns the report; undefined if it is not signed with this secret */
  verified(signed: string): Promise<string | undefined>;
}

const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' };
/** Characters of a signature: two for each of 32 bytes. */
const LENGTH = 64;

/** HMAC-SHA-256 by the runtime's own Web Crypto, beside the calls. The key is made at the first use. */
export function signature(secret: string): Signature {
  const encode = (text: string) => new TextEncoder().encode(text);
  let made: CryptoKey | undefined;
  // The key is kept and not its promise, because on Workers a promise belongs to a request.
  const key = async (): Promise<CryptoKey> => {
    made ??= await crypto.subtle.importKey('raw', encode(secret), ALGORITHM, false, ['sign', 'verify']);
    return made;
  };
  return {
    async sign(report) {
      const bytes = new Uint8Array(await crypto.subtle.sign(ALGORITHM, await key(), encode(report)));
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') + report;
    },
    async verified(signed) {
      const hex = signed.slice(0, LENGTH);
      const report = signed.slice(LENGTH);
      if (!/^[0-9a-f]{64}$/.test(hex)) return undefined;
      const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      return (await crypto.subtle.verify(ALGORITHM, await key(), bytes, encode(report))) ? report : undefined;
    },
  };
}
