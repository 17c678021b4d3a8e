import { expect } from 'chai';
import type { BenchmarkResult, ConformanceResult, Manifest, RegisterRequest, RegisterResponse } from './types.ts';

// The compiler checks these; an expected error that does not occur is an error.
describe('the generated types', () => {
  it('distinguish success and error by the status', () => {
    const addresses = (response: RegisterResponse): string[] => {
      // @ts-expect-error an error has no peers
      const unproved: unknown = response.peers;
      expect(unproved === undefined).to.equal(response.status === 'error');
      return response.status === 'success' ? response.peers.map(({ ip, port }) => `${ip}:${port}`) : [];
    };
    const peers = [{ peer_id: 'a', ip: '127.0.0.1', port: 5001 }];
    expect(addresses({ status: 'success', initial_blocks: [], peers })).to.deep.equal(['127.0.0.1:5001']);
    expect(addresses({ status: 'error' })).to.deep.equal([]);
  });

  it('know exactly the fields of the schemas', () => {
    const request: RegisterRequest = { action: 'register', peer_id: 'a', listen_port: 1, keep_alive: true };
    // @ts-expect-error not a field of a request
    expect(request.port).to.equal(undefined);
    // @ts-expect-error a command is never empty
    const manifest: Manifest = { name: 'x', peer: { command: [] } };
    expect(manifest.tracker).to.equal(undefined);
  });

  it('include the results', () => {
    const verdict = (result: ConformanceResult | BenchmarkResult): string => result.implementation.name;
    expect(verdict).to.be.a('function');
  });
});
