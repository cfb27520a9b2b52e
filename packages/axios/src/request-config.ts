import type { Breaker } from '@switchgear/core';

declare module 'axios' {
  // No type parameters: their number differs between versions of axios, and all of them have defaults.
  interface AxiosRequestConfig {
    /**
     * The breaker for this request in place of the instance's own, or `false` for none. Read where {@link protectAxios}
     * has been called; nothing else looks at it.
     */
    breaker?: Breaker | false | undefined;
  }
}
