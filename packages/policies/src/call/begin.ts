import type { Call, CallContext } from './call-options.ts';

/** Makes a call; what it throws is a rejection. */
export function begin<T>(call: Call<T>, context: CallContext): Promise<T> {
  try {
    return Promise.resolve(call(context));
  } catch (error) {
    return Promise.reject(error);
  }
}
