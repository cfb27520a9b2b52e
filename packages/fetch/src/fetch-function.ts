/**
 * A function that fetches: the platform's, or another that is called like it. Spelt without the names of the DOM, so that it
 * means what `fetch` means wherever it is compiled.
 */
export type FetchFunction = (...args: Parameters<typeof fetch>) => Promise<Response>;
