import { expect } from 'chai';
import type { Answer, Failure, PeerEffect, PeerEvent } from './peer-events.ts';
import type { PeerOptions } from './peer-options.ts';
import { PeerCore } from './peer-core.ts';
import { seededRandom } from '../random.ts';
import { testPeerOptions } from '../test-support/peer-options.ts';
import type { Action, PeerRequest } from '../wire/requests.ts';
import { MisuseError } from './peer-states.ts';

type Send = PeerEffect & { type: 'send' };

/** A core driven by a test, which answers its requests. */
class DrivenPeer {
  readonly core: PeerCore;
  nowMs = 0;
  readonly effects: PeerEffect[] = [];

  constructor(options: Partial<PeerOptions> = {}) {
    this.core = new PeerCore(testPeerOptions(seededRandom(1), options));
    this.handle({ type: 'start' });
  }

  handle(event: PeerEvent): void {
    this.effects.push(...this.core.handle(event, this.nowMs));
  }

  advance(ms: number): void {
    this.nowMs += ms;
    this.handle({ type: 'timeout' });
  }

  /** Removes and returns the unanswered requests with this action. */
  takeSent(action: Action): Send[] {
    const sends = this.effects.filter((effect) => effect.type === 'send' && effect.request.action === action) as Send[];
    for (const send of sends) this.effects.splice(this.effects.indexOf(send), 1);
    return sends;
  }

  answer(action: Action, answer: Answer): void {
    for (const { requestId } of this.takeSent(action)) this.handle({ type: 'answer', requestId, answer });
  }

  fail(action: Action, failure: Failure): void {
    for (const { requestId } of this.takeSent(action))
      this.handle({ type: 'failure', requestId, failure, reason: failure });
  }

  receiveRequest(request: PeerRequest): void {
    this.effects.push(...this.core.handleRequest(request, this.nowMs).effects);
  }

  /** Registers. The only other peer, `holder`, has block 0, which is the only wanted one. */
  registerWithHolder(): void {
    const peers = [{ peer_id: 'holder', ip: '10.0.0.2', port: 2 }];
    this.answer('register', { action: 'register', peers, initialBlocks: [], ownedBlocks: [1, 2, 3] });
    this.answer('have_blocks_info', { action: 'have_blocks_info', blocks: [true, false, false, false] });
  }
}

describe('a peer whose requests fail', () => {
  it('waits a limited time for the blocks of a new peer before it requests blocks that nobody has from the tracker', () => {
    const peer = new DrivenPeer();
    const peers = [{ peer_id: 'slow', ip: '10.0.0.2', port: 2 }];
    peer.answer('register', { action: 'register', peers, initialBlocks: [], ownedBlocks: [] });
    expect(peer.takeSent('request_block_tracker')).to.deep.equal([]);
    peer.advance(1999);
    expect(peer.takeSent('request_block_tracker')).to.deep.equal([]);
    peer.advance(1);
    expect(peer.takeSent('request_block_tracker')).to.have.length(1);
  });

  it('requests its initial blocks at once', () => {
    const peer = new DrivenPeer();
    const peers = [{ peer_id: 'slow', ip: '10.0.0.2', port: 2 }];
    peer.answer('register', { action: 'register', peers, initialBlocks: [3], ownedBlocks: [] });
    expect(peer.takeSent('request_block_tracker').map(({ request }) => request)).to.deep.equal([
      { action: 'request_block_tracker', sender_id: 'me', block_index: 3, encoding: 'base64' },
    ]);
  });

  for (const failure of ['refused', 'silent', 'wrong'] as const) {
    it(`asks the tracker at once when the answer of the only holder is ${failure}`, () => {
      const peer = new DrivenPeer();
      peer.registerWithHolder();
      expect(peer.takeSent('request_block_tracker')).to.deep.equal([]);
      peer.fail('request_block', failure);
      expect(peer.takeSent('request_block_tracker')).to.have.length(1);
    });
  }

  it('asks a holder that refused again after the next recomputation of choking, not before', () => {
    const peer = new DrivenPeer();
    peer.registerWithHolder();
    peer.fail('request_block', 'refused');
    peer.fail('request_block_tracker', 'refused');
    peer.advance(9999);
    expect(peer.takeSent('request_block')).to.deep.equal([]);
    peer.advance(1);
    expect(peer.takeSent('request_block')).to.have.length(1);
  });

  it('first asks holders that have refused nothing in this interval', () => {
    const peer = new DrivenPeer();
    const peers = [2, 3].map((port) => ({ peer_id: `p${port}`, ip: '10.0.0.2', port }));
    peer.answer('register', { action: 'register', peers, initialBlocks: [], ownedBlocks: [] });
    peer.answer('have_blocks_info', { action: 'have_blocks_info', blocks: [true, true, true, true] });
    const [refused] = peer.takeSent('request_block');
    if (refused === undefined) throw new Error('No block was requested.');
    peer.handle({ type: 'failure', requestId: refused.requestId, failure: 'refused', reason: 'choked' });
    for (let block = 0; block < 4; block++) {
      const [send] = peer.takeSent('request_block');
      if (send === undefined) throw new Error(`Block ${block} was not requested.`);
      expect(send.to).to.not.deep.equal(refused.to);
      peer.handle({ type: 'answer', requestId: send.requestId, answer: { action: 'request_block' } });
    }
  });

  it('backs off from a holder with wrong answers for longer each time', () => {
    const peer = new DrivenPeer({ giveUpMs: 1_000_000 });
    peer.registerWithHolder();
    const asked: number[] = [];
    while (peer.nowMs < 150_000) {
      const sends = peer.takeSent('request_block');
      if (sends.length > 0) asked.push(peer.nowMs);
      for (const { requestId } of sends) peer.handle({ type: 'failure', requestId, failure: 'wrong', reason: '' });
      peer.fail('request_block_tracker', 'refused');
      peer.advance(1000);
    }
    expect(asked).to.deep.equal([0, 10_000, 30_000, 70_000]);
  });

  it('drops and reports an unreachable peer, and adds it again when a later list contains it', () => {
    const peer = new DrivenPeer();
    peer.registerWithHolder();
    peer.fail('request_block', 'unreachable');
    expect(peer.takeSent('peer_offline').map(({ request }) => request)).to.deep.equal([
      { action: 'peer_offline', dead_peer_id: 'holder', sender_id: 'me' },
    ]);
    expect(peer.takeSent('request_block_tracker')).to.have.length(1);
    peer.advance(3000);
    peer.answer('get_peers', { action: 'get_peers', peers: [{ peer_id: 'holder', ip: '10.0.0.2', port: 2 }] });
    expect(peer.takeSent('have_blocks_info')).to.have.length(1);
  });

  it('sends get_peers at once when an unknown peer sends a request, and again only after a moment', () => {
    const peer = new DrivenPeer();
    peer.registerWithHolder();
    const request: PeerRequest = { action: 'have_blocks_info', sender_id: 'unknown' };
    peer.receiveRequest(request);
    peer.answer('get_peers', { action: 'get_peers', peers: [] });
    peer.receiveRequest(request);
    peer.advance(249);
    expect(peer.takeSent('get_peers')).to.have.length(0);
    peer.advance(1);
    expect(peer.takeSent('get_peers')).to.have.length(1);
  });

  it('registers again when get_peers is refused', () => {
    const peer = new DrivenPeer();
    peer.registerWithHolder();
    peer.advance(3000);
    peer.fail('get_peers', 'refused');
    expect(peer.takeSent('register')).to.have.length(1);
  });

  it('says goodbye when it is stopped while it registers', () => {
    const peer = new DrivenPeer();
    peer.handle({ type: 'stop' });
    expect(peer.takeSent('register')).to.have.length(1);
    peer.answer('peer_offline', { action: 'peer_offline' });
    expect(peer.effects.at(-1)).to.include({ type: 'finish', outcome: 'stopped' });
  });

  it('survives an answer to register after it was stopped', () => {
    const peer = new DrivenPeer();
    peer.handle({ type: 'stop' });
    peer.answer('register', { action: 'register', peers: [], initialBlocks: [0], ownedBlocks: [] });
    peer.fail('peer_offline', 'silent');
    expect(peer.effects.at(-1)).to.include({ type: 'finish', outcome: 'stopped' });
  });

  it('throws a MisuseError when the caller breaks its contract', () => {
    const peer = new DrivenPeer();
    expect(() => peer.core.handle({ type: 'start' }, 0)).to.throw(MisuseError);
    expect(() => peer.core.handle({ type: 'failure', requestId: 99, failure: 'wrong', reason: '' }, 0)).to.throw(
      MisuseError,
    );
    expect(() => peer.core.handle({ type: 'rebuilt' }, 0)).to.throw(MisuseError);
  });
});
