import { expect } from 'chai';
import type { Answer, Failure, PeerEffect, PeerEvent } from './peer-events.ts';
import type { PeerOptions } from './peer-options.ts';
import { PeerCore } from './peer.ts';
import { seededRandom } from '../random.ts';
import type { Action } from '../wire/requests.ts';
import { MisuseError } from './peer-states.ts';

type Send = PeerEffect & { type: 'send' };

/** A core in the hands of a test, which plays everybody else. */
class Played {
  readonly core: PeerCore;
  nowMs = 0;
  readonly effects: PeerEffect[] = [];

  constructor(options: Partial<PeerOptions> = {}) {
    this.core = new PeerCore({
      peerId: 'me',
      listenPort: 1,
      totalBlocks: 4,
      window: 1,
      unchokeMs: 10_000,
      infoMs: 15_000,
      peersMs: 3000,
      paceMs: 0,
      startDelayMs: 0,
      requestTimeoutMs: 5000,
      giveUpMs: 60_000,
      stay: false,
      random: seededRandom(1),
      ...options,
    });
    this.happen({ type: 'start' });
  }

  happen(event: PeerEvent): void {
    this.effects.push(...this.core.handle(event, this.nowMs));
  }

  pass(ms: number): void {
    this.nowMs += ms;
    this.happen({ type: 'timeout' });
  }

  /** Takes out the requests of that kind that are not answered yet. */
  asked(action: Action): Send[] {
    const sends = this.effects.filter((effect) => effect.type === 'send' && effect.request.action === action) as Send[];
    for (const send of sends) this.effects.splice(this.effects.indexOf(send), 1);
    return sends;
  }

  answer(action: Action, answer: Answer): void {
    for (const { requestId } of this.asked(action)) this.happen({ type: 'answer', requestId, answer });
  }

  fail(action: Action, failure: Failure): void {
    for (const { requestId } of this.asked(action))
      this.happen({ type: 'failure', requestId, failure, reason: failure });
  }

  /** Registers; `holder`, the only other peer, has the block 0. */
  meetHolder(): void {
    const peers = [{ peer_id: 'holder', ip: '10.0.0.2', port: 2 }];
    this.answer('register', { action: 'register', peers, initialBlocks: [], ownedBlocks: [1, 2, 3] });
    this.answer('have_blocks_info', { action: 'have_blocks_info', blocks: [true, false, false, false] });
  }
}

describe('a peer in trouble', () => {
  it('waits for the blocks of a new peer before it takes from the tracker what nobody has, but not for long', () => {
    const played = new Played();
    const peers = [{ peer_id: 'slow', ip: '10.0.0.2', port: 2 }];
    played.answer('register', { action: 'register', peers, initialBlocks: [], ownedBlocks: [] });
    expect(played.asked('request_block_tracker')).to.deep.equal([]);
    played.pass(1999);
    expect(played.asked('request_block_tracker')).to.deep.equal([]);
    played.pass(1);
    expect(played.asked('request_block_tracker')).to.have.length(1);
  });

  it('fetches its initial blocks at once', () => {
    const played = new Played();
    const peers = [{ peer_id: 'slow', ip: '10.0.0.2', port: 2 }];
    played.answer('register', { action: 'register', peers, initialBlocks: [3], ownedBlocks: [] });
    expect(played.asked('request_block_tracker').map(({ request }) => request)).to.deep.equal([
      { action: 'request_block_tracker', sender_id: 'me', block_index: 3, encoding: 'base64' },
    ]);
  });

  for (const failure of ['refused', 'silent', 'wrong'] as const) {
    it(`goes to the tracker at once when the only holder's answer is ${failure}`, () => {
      const played = new Played();
      played.meetHolder();
      expect(played.asked('request_block_tracker')).to.deep.equal([]);
      played.fail('request_block', failure);
      expect(played.asked('request_block_tracker')).to.have.length(1);
    });
  }

  it('asks a holder that has refused again after the next recomputation, not before', () => {
    const played = new Played();
    played.meetHolder();
    played.fail('request_block', 'refused');
    played.fail('request_block_tracker', 'refused');
    played.pass(9999);
    expect(played.asked('request_block')).to.deep.equal([]);
    played.pass(1);
    expect(played.asked('request_block')).to.have.length(1);
  });

  it('asks holders that have refused nothing in this interval first', () => {
    const played = new Played();
    const peers = [2, 3].map((port) => ({ peer_id: `p${port}`, ip: '10.0.0.2', port }));
    played.answer('register', { action: 'register', peers, initialBlocks: [], ownedBlocks: [] });
    played.answer('have_blocks_info', { action: 'have_blocks_info', blocks: [true, true, true, true] });
    const [refused] = played.asked('request_block');
    if (refused === undefined) throw new Error('Nobody was asked.');
    played.happen({ type: 'failure', requestId: refused.requestId, failure: 'refused', reason: 'choked' });
    for (let block = 0; block < 4; block++) {
      const [send] = played.asked('request_block');
      if (send === undefined) throw new Error(`Nobody was asked for block ${block}.`);
      expect(send.to).to.not.deep.equal(refused.to);
      played.happen({ type: 'answer', requestId: send.requestId, answer: { action: 'request_block' } });
    }
  });

  it('leaves a holder that answers wrong alone for longer each time', () => {
    const played = new Played({ giveUpMs: 1_000_000 });
    played.meetHolder();
    const asked: number[] = [];
    while (played.nowMs < 150_000) {
      const sends = played.asked('request_block');
      if (sends.length > 0) asked.push(played.nowMs);
      for (const { requestId } of sends) played.happen({ type: 'failure', requestId, failure: 'wrong', reason: '' });
      played.fail('request_block_tracker', 'refused');
      played.pass(1000);
    }
    expect(asked).to.deep.equal([0, 10_000, 30_000, 70_000]);
  });

  it('drops and reports a peer that cannot be connected to, and learns it again from a later list', () => {
    const played = new Played();
    played.meetHolder();
    played.fail('request_block', 'unreachable');
    expect(played.asked('peer_offline').map(({ request }) => request)).to.deep.equal([
      { action: 'peer_offline', dead_peer_id: 'holder', sender_id: 'me' },
    ]);
    expect(played.asked('request_block_tracker')).to.have.length(1);
    played.pass(3000);
    played.answer('get_peers', { action: 'get_peers', peers: [{ peer_id: 'holder', ip: '10.0.0.2', port: 2 }] });
    expect(played.asked('have_blocks_info')).to.have.length(1);
  });

  it('asks the tracker for peers at once when a stranger asks, and again only after a moment', () => {
    const played = new Played();
    played.meetHolder();
    const stranger: PeerEvent = { type: 'request', request: { action: 'have_blocks_info', sender_id: 'stranger' } };
    played.happen(stranger);
    played.answer('get_peers', { action: 'get_peers', peers: [] });
    played.happen(stranger);
    played.pass(249);
    expect(played.asked('get_peers')).to.have.length(0);
    played.pass(1);
    expect(played.asked('get_peers')).to.have.length(1);
  });

  it('registers again when the tracker does not know it any more', () => {
    const played = new Played();
    played.meetHolder();
    played.pass(3000);
    played.fail('get_peers', 'refused');
    expect(played.asked('register')).to.have.length(1);
  });

  it('says goodbye also when it is stopped while it registers', () => {
    const played = new Played();
    played.happen({ type: 'stop' });
    expect(played.asked('register')).to.have.length(1);
    played.answer('peer_offline', { action: 'peer_offline' });
    expect(played.effects.at(-1)).to.include({ type: 'finish', outcome: 'stopped' });
  });

  it('survives a registration that ends after it was stopped', () => {
    const played = new Played();
    played.happen({ type: 'stop' });
    played.answer('register', { action: 'register', peers: [], initialBlocks: [0], ownedBlocks: [] });
    played.fail('peer_offline', 'silent');
    expect(played.effects.at(-1)).to.include({ type: 'finish', outcome: 'stopped' });
  });

  it('refuses to be used wrongly', () => {
    const played = new Played();
    expect(() => played.core.handle({ type: 'start' }, 0)).to.throw(MisuseError);
    expect(() => played.core.handle({ type: 'failure', requestId: 99, failure: 'wrong', reason: '' }, 0)).to.throw(
      MisuseError,
    );
    expect(() => played.core.handle({ type: 'rebuilt' }, 0)).to.throw(MisuseError);
  });
});
