/** Somebody that the suite registers with a tracker. */
export interface Registrant {
  readonly id: string;
  readonly port: number;
}

/** Those whom a case registers with the tracker under test. */
export interface Registrants {
  /** Registered before the case begins, unless its stage is bare. */
  readonly known: Registrant;
  /** The address that they register from; undefined if the tracker may see another one. */
  readonly sourceIp: string | undefined;
  /** The id that goes by this name in the case. */
  id(name: string): string;
  /** Whether an id is one of the case: others may use the same tracker. */
  owns(id: string): boolean;
  /** The party with this name, at a port of its own. */
  registrant(name: string): Promise<Registrant>;
  /** The case is over. */
  leave(): Promise<void>;
}

const firstPort = 20_000;

/** With a tracker that nobody else uses: ids are the names, and nobody listens on the ports. */
export class LaunchedTrackerRegistrants implements Registrants {
  readonly known = { id: 'suite', port: firstPort };
  readonly sourceIp = '127.0.0.1';
  readonly #ports = new Map<string, number>();

  id(name: string): string {
    return name;
  }

  owns(): boolean {
    return true;
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
