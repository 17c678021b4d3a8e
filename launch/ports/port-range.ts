import { readFileSync } from 'node:fs';

/** Inclusive at both ends. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Well-known services use the ports below. */
const lowest = 10_240;
const enoughPorts = 1_000;

/**
 * The ports to lease from: below the ephemeral range, else above it, so that no outgoing connection takes a leased port.
 * @param ephemeral the text of ip_local_port_range, two numbers
 */
export function portRange(ephemeral: string): PortRange {
  const [from = Number.NaN, to = Number.NaN] = ephemeral.trim().split(/\s+/).map(Number);
  if (from - lowest >= enoughPorts) return { first: lowest, last: from - 1 };
  if (65_535 - to >= enoughPorts) return { first: to + 1, last: 65_535 };
  return { first: lowest, last: 32_767 };
}

/** The ports to lease from on this machine. */
export function machinePortRange(): PortRange {
  try {
    return portRange(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'));
  } catch {
    return portRange('32768 65535');
  }
}
