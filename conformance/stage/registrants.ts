/** A peer that the suite registers with the tracker under test. */
export interface Registrant {
  readonly id: string;
  readonly port: number;
}

/** The peers that a case registers with the tracker under test. */
export interface Registrants {
  /** Registered before the case begins, unless its setup is `startOnly`. */
  readonly known: Registrant;
  /** The address that they register from; undefined if the tracker may see another. */
  readonly sourceIp: string | undefined;
  /** The id of the peer with this name in the case. */
  id(name: string): string;
  /** Whether an id belongs to the case: others may use the same tracker. */
  owns(id: string): boolean;
  /** The peer with this name, with a port of its own. */
  registrant(name: string): Promise<Registrant>;
  /** Takes them off the tracker when the case is over. */
  leave(): Promise<void>;
}

const firstPort = 20_000;

/** The names of peers that are registered for company begin with it: they do not belong to the case. */
export const companyPrefix = 'company-';

/** For a tracker launched for the case, with no other users: ids are the names, and no server listens on the ports. */
export class LaunchedTrackerRegistrants implements Registrants {
  readonly known = { id: 'suite', port: firstPort };
  readonly sourceIp = '127.0.0.1';
  readonly #ports = new Map<string, number>();

  id(name: string): string {
    return name;
  }

  owns(id: string): boolean {
    return !id.startsWith(companyPrefix);
  }

  registrant(name: string): Promise<Registrant> {
    const port = this.#ports.get(name) ?? firstPort + 1 + this.#ports.size;
    this.#ports.set(name, port);
    return Promise.resolve({ id: name, port });
  }

  leave(): Promise<void> {
    return Promise.resolve();
  }
}
