import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Program } from '../../launch/process/program.ts';
import type { Session } from '../../launch/session.ts';
import type { PackMember } from '../../launch/workspace/program-settings.ts';
import { peerName, type Launcher, type Rank } from './launcher.ts';
import type { Address } from '../../launch/ports/address.ts';

const host = '127.0.0.1';

/** Starts every rank of one swarm on this machine, each at a leased port. */
export class LocalLauncher implements Launcher {
  readonly #session: Session;
  readonly #ports = new Map<number, number>();

  constructor(session: Session) {
    this.#session = session;
  }

  async addressOf(rank: number): Promise<Address> {
    const port = this.#ports.get(rank) ?? (await this.#session.leasePort());
    this.#ports.set(rank, port);
    return { host, port };
  }

  async start(
    implementation: Implementation,
    ranks: readonly [Rank, ...Rank[]],
    settings: Parameters<Launcher['start']>[2],
  ): Promise<Program> {
    const [{ rank, rankZero }, ...others] = ranks;
    const member = await this.#member(rank);
    if (rankZero === undefined)
      return this.#session.launch(implementation, 'tracker', { ...settings, port: member.port });
    const peerSettings = { ...settings, tracker: rankZero };
    if (others.length === 0) return this.#session.launch(implementation, 'peer', { ...peerSettings, ...member });
    const pack: [PackMember, ...PackMember[]] = [member];
    for (const other of others) pack.push(await this.#member(other.rank));
    return this.#session.launch(implementation, 'peer', { ...peerSettings, pack });
  }

  close(): void {
    for (const port of this.#ports.values()) this.#session.releasePort(port);
  }

  async #member(rank: number): Promise<PackMember> {
    return { peerId: peerName(rank), port: (await this.addressOf(rank)).port };
  }
}
