import type { ConformanceResult } from '../../schemas/types.ts';

/** A sentence for each period of the peer that is not the one that it should have, by the first case that saw it. */
export function offPeriodSentences({ cases }: ConformanceResult): string[] {
  const off = cases.flatMap(({ offPeriods = [] }) => offPeriods);
  const first = off.filter((one, at) => off.findIndex(({ request }) => request === one.request) === at);
  return first.map(({ request, expectedMs, source, seenMs }) => {
    const name = `timing.${request === 'get_peers' ? 'peersMs' : 'infoMs'}`;
    const expected = {
      told: `it was told ${expectedMs} ms`,
      stated: `${name} states ${expectedMs} ms`,
      paper: `the paper's ${expectedMs} ms were expected, as the manifest has no ${name}`,
    }[source];
    return `The peer sends ${request} every ${seenMs} ms, but ${expected}. It was judged by what was seen.`;
  });
}
