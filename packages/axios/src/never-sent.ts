import { read, readText } from '@switchgear/core/adapter';
import type { InternalAxiosRequestConfig } from 'axios';
import type { AxiosCopy } from './axios-copy.ts';

/** What the errors have that axios and its clients make of the network's. */
const FIELDS_OF_NETWORK = ['isAxiosError', 'code', 'request', 'response'];

/**
 * Whether a request ended before anything was sent: parameters that cannot be serialised, credentials that are none. axios'
 * own adapters give such an error as it was thrown, and make one of their own of everything that the network does. Under
 * another adapter its address is made once more, to see whether that throws.
 */
export function neverSent(
  error: unknown,
  config: InternalAxiosRequestConfig,
  axios: AxiosCopy,
  isOwnAdapter: () => boolean,
): boolean {
  const isFromNetwork = FIELDS_OF_NETWORK.some((field) => read(error, field) !== undefined);
  return !isFromNetwork && (isOwnAdapter() || isThrownByAddress(error, config, axios));
}

function isThrownByAddress(error: unknown, config: InternalAxiosRequestConfig, axios: AxiosCopy): boolean {
  if (!config.params && !config.paramsSerializer) return false;
  try {
    axios.getUri(config);
    return false;
  } catch (thrown) {
    // Under http axios makes a new error of it, with the same words.
    return thrown === error || readText(thrown, 'message') === readText(error, 'message');
  }
}
