import { expect } from 'chai';
import { checkDocument, checkMessage } from './validate.ts';

const sentence = ({ path, message }: { path: string; message: string }): string => `${path} ${message}`;

describe('checkMessage', () => {
  it('names the field and what is expected there', () => {
    const answer = { status: 'success', peers: [{ peer_id: 'a', ip: 'localhost', port: 1 }] };
    expect(checkMessage('get_peers.response', answer).map(sentence)).to.deep.equal([
      '/peers/0/ip must be an IPv4 or IPv6 address',
    ]);
    expect(checkMessage('get_peers.request', { action: 'get_peers' }).map(sentence)).to.deep.equal([
      '/peer_id is required',
    ]);
    expect(checkMessage('announce_block.response', { status: 'ok' }).map(sentence)).to.deep.equal([
      '/status must be one of "success", "error"',
    ]);
  });

  it('stops at the first of many problems', () => {
    const answer = { status: 'success', peer_id: 'a', blocks_info: new Array(100_000).fill(1) };
    expect(checkMessage('have_blocks_info.response', answer)).to.have.lengthOf(1);
  });

  it('accepts 10,000 blocks and a block of 16 MiB', () => {
    const info = { status: 'success', peer_id: 'a', blocks_info: new Array(10_000).fill(true) };
    expect(checkMessage('have_blocks_info.response', info)).to.deep.equal([]);
    const registered = { status: 'success', peers: [], initial_blocks: Array.from({ length: 10_000 }, (_, i) => i) };
    expect(checkMessage('register.response', registered)).to.deep.equal([]);
    const block = { status: 'success', block_index: 0, block_data: 'x'.repeat(16 * 1024 * 1024) };
    expect(checkMessage('request_block.response', block)).to.deep.equal([]);
  });

  it('treats field names and ids as data', () => {
    const message = JSON.parse('{"action":"get_peers","peer_id":"__proto__","__proto__":{"action":1}}') as unknown;
    expect(checkMessage('get_peers.request', message)).to.deep.equal([]);
  });
});

describe('checkDocument', () => {
  it('reports all problems of a manifest at once, each with its field', () => {
    const manifest = { name: '', tracer: {}, peer: { command: ['./p'], output: '../o' }, env: { 'a/b': '' } };
    expect(checkDocument('manifest', manifest).map(sentence)).to.have.members([
      '/name must not be empty',
      '/tracer is an unknown field; known fields: name, language, version, workspace, tracker, peer, extensions, timing, env',
      '/peer/output must be a relative path inside the workspace, with forward slashes and without ".."',
      '/env/a~1b must be the name of an environment variable',
    ]);
  });

  it('requires one of the two roles', () => {
    expect(checkDocument('manifest', { name: 'x' }).map(sentence)).to.deep.equal([
      ' must have at least one of "tracker", "peer"',
    ]);
  });

  for (const kind of [
    'manifest',
    'conformance-result',
    'benchmark-result',
    'interop-result',
    'known-failures',
  ] as const) {
    it(`knows the schema of a ${kind}`, () => expect(checkDocument(kind, {})).to.not.be.empty);
  }
});
