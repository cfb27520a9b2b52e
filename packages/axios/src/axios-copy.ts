import axios, { type AxiosInstance, type AxiosStatic } from 'axios';

/** What we use of the copy of axios that an instance belongs to. */
export type AxiosCopy = Pick<AxiosStatic, 'AxiosError' | 'CanceledError' | 'getAdapter' | 'getUri' | 'defaults'>;

/** There may be two copies of axios, one for `import` and one for `require`; `axios` itself knows its own. */
export function copyOf(instance: AxiosInstance): AxiosCopy {
  return 'AxiosError' in instance ? (instance as AxiosStatic) : axios;
}
