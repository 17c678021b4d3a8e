/** A loopback address besides the usual one: on Linux a client can use it without any configuration. */
export const otherLoopback = '127.0.0.2';

export const unlessLinux = (): string | undefined =>
  process.platform === 'linux' ? undefined : 'only Linux lets a client choose among loopback addresses';
