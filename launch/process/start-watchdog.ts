import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { clearAway } from './clear-away.ts';
import type { Mark } from './leftovers.ts';
import { packageRoot } from '../package-root.ts';

const script = join(packageRoot, 'dist/watchdog.js');
const finishDeadlineMs = 5_000;

/** The harness's end of its watchdog: see watchdog.ts. */
export class Watchdog {
  readonly #child: ChildProcessByStdio<Writable, null, null>;
  readonly #groups = new Set<number>();
  readonly #mark: Mark;
  readonly #keep: boolean;

  constructor(mark: Mark, keep: boolean) {
    if (!existsSync(script))
      throw new Error(`${script} is missing: run "node build.js", or install the package again.`);
    this.#mark = mark;
    this.#keep = keep;
    // An environment of its own: neither options for Node nor the cookie of a run around this one are for it.
    this.#child = spawn(process.execPath, [script, mark.cookie, mark.folder, keep ? 'keep' : 'delete'], {
      cwd: '/',
      detached: true,
      env: { PATH: process.env['PATH'] },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#child.on('error', () => undefined);
    this.#child.stdin.on('error', () => undefined); // It was killed: close() does its work.
    this.#child.unref();
    (this.#child.stdin as Writable & { unref(): void }).unref();
  }

  /** A process group that must not outlive the harness. */
  watch(group: number): void {
    this.#groups.add(group);
    this.#child.stdin.write(`+${group};\n`);
  }

  /** Nothing is left of the group: its number may belong to others now. */
  forget(group: number): void {
    if (this.#groups.delete(group)) this.#child.stdin.write(`-${group};\n`);
  }

  /** Has everything of the run cleared away, and ends the watchdog. @throws Error that says what is still there */
  async close(): Promise<void> {
    this.#child.ref();
    const exited = this.#child.exitCode ?? this.#child.signalCode ?? once(this.#child, 'exit');
    this.#child.stdin.end();
    await Promise.race([exited, wait(finishDeadlineMs, undefined, { ref: false })]);
    this.#child.kill('SIGKILL');
    if (this.#child.exitCode !== 0) await clearAway({ mark: this.#mark, groups: this.#groups, keep: this.#keep });
  }
}
