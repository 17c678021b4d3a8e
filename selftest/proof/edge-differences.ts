import type { EdgeCounts, MessageCounter } from '../../bench/relay/message-counter.ts';

/** Where the relay's counts and those of a capture of the same swarm differ: one line per edge and figure. */
export function edgeDifferences(relay: MessageCounter, capture: MessageCounter): string[] {
  const [seen, captured] = [figuresOf(relay), figuresOf(capture)];
  return [...new Set([...seen.keys(), ...captured.keys()])]
    .filter((name) => (seen.get(name) ?? 0) !== (captured.get(name) ?? 0))
    .map((name) => `${name}: ${seen.get(name) ?? 0} by the relay, ${captured.get(name) ?? 0} in the capture`);
}

function figuresOf(counter: MessageCounter): Map<string, number> {
  const figures = new Map<string, number>();
  for (const edge of counter.edges) {
    const { requests, refused, connections, requestBytes, responseBytes } = edge;
    const add = (what: string, count: number): unknown => figures.set(`${nameOf(edge)}, ${what}`, count);
    for (const [action, count] of Object.entries(requests)) add(action, count);
    for (const [action, count] of Object.entries(refused)) add(`${action} refused`, count);
    for (const [what, count] of Object.entries({ connections, requestBytes, responseBytes })) add(what, count);
  }
  for (const { to, from, block } of counter.transfers()) {
    const name = `${nameOf({ from: to, to: from })}, block ${block}`;
    figures.set(name, (figures.get(name) ?? 0) + 1);
  }
  return figures;
}

function nameOf({ from, to }: Pick<EdgeCounts, 'from' | 'to'>): string {
  const [asks, serves] = [from, to].map((party) => (party === 'tracker' ? 'tracker' : `peer ${party + 1}`));
  return `${asks} to ${serves}`;
}
