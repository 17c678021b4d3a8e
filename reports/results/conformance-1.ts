/**
 * Converts `minibit-conformance-1` to `minibit-conformance-2`: the older format said whether the session was interrupted,
 * but not by which signal.
 */
export function fromConformance1({ interrupted, ...stored }: Record<string, unknown>): unknown {
  return {
    ...stored,
    format: 'minibit-conformance-2',
    ...(interrupted === true && { interruptedBy: 'a signal' }),
  };
}
