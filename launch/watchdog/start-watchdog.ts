import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { packageRoot } from '../package-root.ts';
import type { ProcessMarker } from '../process/process-marker.ts';
import { cleanUpSession } from './clean-up-session.ts';

const script = join(packageRoot, 'dist/watchdog.js');
const finishDeadlineMs = 5_000;

type WatchdogProcess = ChildProcessByStdio<Writable, null, null>;

/** Starts the process of watchdog-process.ts. With `keep`, it does not delete the session's folder. */
export function startWatchdog(marker: ProcessMarker, keep: boolean): Watchdog {
  if (!existsSync(script)) {
    throw new Error(`${script} is missing: run "node build/bundle.js", or install the package again.`);
  }
  const child = spawn(process.execPath, [script, marker.cookie, marker.folder, keep ? 'keep' : 'delete'], {
    cwd: '/',
    detached: true,
    // Without NODE_OPTIONS, and without the cookie of a session around this one.
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined); // The watchdog was killed: close() does its work.
  child.unref();
  (child.stdin as Writable & { unref(): void }).unref();
  return new Watchdog(child, marker, keep);
}

/** The harness's side of its watchdog process. */
export class Watchdog {
  readonly #child: WatchdogProcess;
  readonly #marker: ProcessMarker;
  readonly #keep: boolean;
  readonly #groups = new Set<number>();

  constructor(child: WatchdogProcess, marker: ProcessMarker, keep: boolean) {
    this.#child = child;
    this.#marker = marker;
    this.#keep = keep;
  }

  /** Adds a process group, which must not outlive the harness. */
  watch(group: number): void {
    this.#groups.add(group);
    this.#child.stdin.write(`+${group};\n`);
  }

  /** Removes a process group that is empty: its id may be reused. */
  forget(group: number): void {
    if (this.#groups.delete(group)) this.#child.stdin.write(`-${group};\n`);
  }

  /** Lets the watchdog clean up the session and end. @throws Error that names the processes that cannot be killed */
  async close(): Promise<void> {
    this.#child.ref();
    const exited = this.#child.exitCode ?? this.#child.signalCode ?? once(this.#child, 'exit');
    this.#child.stdin.end();
    await Promise.race([exited, wait(finishDeadlineMs, undefined, { ref: false })]);
    this.#child.kill('SIGKILL');
    if (this.#child.exitCode !== 0) {
      await cleanUpSession({ marker: this.#marker, groups: this.#groups, keep: this.#keep });
    }
  }
}
