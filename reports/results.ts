import type { BenchmarkResult, ConformanceResult, InteropResult } from '../schemas/types.ts';

/** What a report is made of. */
export interface Results {
  readonly conformance: readonly ConformanceResult[];
  readonly benchmarks: readonly BenchmarkResult[];
  readonly interop?: readonly InteropResult[];
}

/** A name for each result: that of its implementation, with the path of the manifest where others have the same. */
export function labels(results: readonly { implementation: { name: string; manifest: string } }[]): string[] {
  const names = results.map(({ implementation }) => implementation.name);
  return results.map(({ implementation: { name, manifest } }) =>
    names.filter((other) => other === name).length > 1 ? `${name} (${manifest})` : name,
  );
}
