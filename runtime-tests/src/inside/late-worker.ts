/** A Worker whose first request evaluates core's module and all it makes, inside the handler. */

// biome-ignore lint/style/noDefaultExport: a Worker is the default export of its module.
export default {
  async fetch(request: Request): Promise<Response> {
    const { answer } = await import('./keeper.ts');
    return answer(request);
  },
};
