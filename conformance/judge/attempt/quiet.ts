/**
 * Attempts run side by side, or alone: an attempt that is to run alone waits until no other runs, and those that come meanwhile
 * wait for it. Others go first, so that it does not hold them up.
 */
let running = 0;
let isAlone = false;
const waiting = new Set<() => void>();

/** Runs an attempt beside others. */
export async function besideOthers<T>(run: () => Promise<T>): Promise<T> {
  // No await lies between the check and what it allows.
  while (isAlone) await change();
  running++;
  return run().finally(() => {
    running--;
    wake();
  });
}

/** Runs an attempt while no other runs. */
export async function alone<T>(run: () => Promise<T>): Promise<T> {
  while (running > 0 || isAlone) await change();
  isAlone = true;
  return run().finally(() => {
    isAlone = false;
    wake();
  });
}

function change(): Promise<void> {
  return new Promise((resolve) => waiting.add(resolve));
}

function wake(): void {
  const all = [...waiting];
  waiting.clear();
  for (const resolve of all) resolve();
}
