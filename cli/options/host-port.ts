import { UsageError } from '../../launch/usage-error.ts';

/** A parser for an option that takes HOST:PORT, with an IPv6 address in brackets, as in `[::1]:5000`. */
export function hostPort(option: string): (text: string) => { host: string; port: number } {
  return (text) => {
    const match = /^(?:\[([\da-f:.%\w]+)\]|([^\s:[\]]+)):(\d{1,5})$/i.exec(text);
    const [host, port] = [match?.[1] ?? match?.[2], Number(match?.[3])];
    if (host !== undefined && port >= 1 && port <= 65_535) return { host, port };
    throw new UsageError(
      `${option}: ${JSON.stringify(text)} must be HOST:PORT, such as 127.0.0.1:5000, localhost:5000 or [::1]:5000.`,
    );
  };
}
