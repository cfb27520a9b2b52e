/**
 * Makes an error that captures no stack: what a timer or a full bulkhead throws was caused by nobody on the stack, and an
 * outage throws many. In a frozen realm the stack is captured, and nothing else changes.
 */
export function withoutStack<Made>(make: () => Made): Made {
  const errors = Error as { stackTraceLimit?: number | undefined };
  const before = errors.stackTraceLimit;
  limitFrames(errors, 0);
  try {
    return make();
  } finally {
    limitFrames(errors, before);
  }
}

function limitFrames(errors: { stackTraceLimit?: number | undefined }, limit: number | undefined): void {
  try {
    errors.stackTraceLimit = limit;
  } catch {
    // Frozen.
  }
}
