/*
 * A new process inherits, until its exec, what this process has open for writing; and Linux refuses to execute a file that any
 * process has open for writing (ETXTBSY). So no process is created while files are copied, and no copy begins before the
 * processes that wait have been created.
 */

let copies = 0;
let waiting: (() => void)[] = [];
let open = Promise.resolve();
let reopen: (() => void) | undefined;

/** Writes files that may be executed; waits for the processes that are about to be created. */
export async function writeExecutables<T>(write: () => Promise<T>): Promise<T> {
  while (waiting.length > 0) await open;
  copies += 1;
  try {
    return await write();
  } finally {
    copies -= 1;
    if (copies === 0) createWaiting();
  }
}

/** Creates a process while nothing is written by `writeExecutables`. @param create creates it before it returns */
export async function createProcess<T>(create: () => T): Promise<T> {
  if (copies === 0) return create();
  if (waiting.length === 0) open = new Promise((resolve) => (reopen = resolve));
  return new Promise<T>((resolve, reject) => {
    waiting.push(() => {
      try {
        resolve(create());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}

function createWaiting(): void {
  const now = waiting;
  waiting = [];
  for (const create of now) create();
  reopen?.();
}
