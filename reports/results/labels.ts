/** A name for each result: that of its implementation, followed by the path of its manifest where names are equal. */
export function labels(results: readonly { implementation: { name: string; manifest: string } }[]): string[] {
  const names = results.map(({ implementation }) => implementation.name);
  return results.map(({ implementation: { name, manifest } }) =>
    names.filter((other) => other === name).length > 1 ? `${name} (${manifest})` : name,
  );
}
