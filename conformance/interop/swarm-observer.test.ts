import { expect } from 'chai';
import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import { KnownBlocks } from './known-blocks.ts';
import { SwarmObserver } from './swarm-observer.ts';

const registered = { status: 'success', initial_blocks: [], peers: [] };
const announcement = { action: 'announce_block', sender_id: 'peer1', block_index: 0 };
const question = { action: 'have_blocks_info', sender_id: 'peer1' };
const answer = { status: 'success', peer_id: 'peer2', blocks_info: [false, false] };

describe('SwarmObserver', () => {
  let nowMs: number;
  let observer: SwarmObserver;

  beforeEach(() => {
    nowMs = 0;
    const file = new KnownBlocks(Buffer.from('ab'), 2);
    const interrupt = new AbortController().signal;
    observer = new SwarmObserver({ file, blocks: 2, patienceMs: 1_000, interrupt }, () => nowMs);
  });

  function ask(client: SwarmNode, server: SwarmNode, request: object) {
    nowMs += 100;
    const tap = observer.openTap(client, server);
    tap.request(Buffer.from(JSON.stringify(request)));
    return tap;
  }

  function exchange(client: SwarmNode, server: SwarmNode, request: object, response: object): void {
    const tap = ask(client, server, request);
    tap.response(Buffer.from(JSON.stringify(response)));
    tap.serverEnded('closed');
  }

  /** The client waits and closes; then the server closes, too. */
  function giveUp(client: SwarmNode, server: SwarmNode, request: object, afterMs: number): void {
    const tap = ask(client, server, request);
    nowMs += afterMs;
    tap.clientEnded('closed');
    tap.serverEnded('closed');
  }

  it('blames a silent server for the clause of the action, not for half-close, if its clients give up', () => {
    exchange(1, 'tracker', { action: 'register', peer_id: 'peer2', listen_port: 1 }, registered);
    for (let times = 1; times <= 4; times += 1) {
      giveUp(0, 1, announcement, 2_000);
      exchange(0, 1, question, answer);
      if (times < 3) expect(observer.breach).to.equal(undefined);
    }
    expect(observer.breach).to.include({ culprit: 1, clause: 'peer.announce.success' });
    expect(observer.breach?.sentence).to.equal('gave no answer to any of 4 announce_block, for 8.0 s in all');
  });

  it('expects a peer that is complete by now to have answered what came before', () => {
    exchange(1, 'tracker', { action: 'register', peer_id: 'peer2', listen_port: 1 }, registered);
    const give = (index: number): void => {
      const request = { action: 'request_block_tracker', sender_id: 'peer2', block_index: index };
      exchange(1, 'tracker', request, { status: 'success', block_index: index, block_data: 'ab'[index] });
    };
    give(0);
    const [before, closed] = [ask(0, 1, question), ask(0, 1, question)];
    give(1);
    const after = ask(0, 1, question);
    nowMs += 10_000;
    for (const tap of [after, before]) {
      expect(observer.breach).to.equal(undefined);
      closed.serverEnded('closed');
      tap.clientEnded('reset');
    }
    expect(observer.breach).to.include({ culprit: 1, clause: 'peer.have-blocks.shape' });
  });

  it('waits for an answer that is owed, up to the time limit, and blames the silence then', () => {
    exchange(1, 'tracker', { action: 'register', peer_id: 'peer2', listen_port: 1 }, registered);
    expect(observer.awaitsAnswer()).to.equal(false);
    const answered = ask(0, 1, question);
    expect(observer.awaitsAnswer()).to.equal(true);
    answered.response(Buffer.from(JSON.stringify(answer)));
    expect(observer.awaitsAnswer()).to.equal(false);
    ask(0, 1, announcement);
    nowMs += 9_900;
    expect(observer.awaitsAnswer()).to.equal(true);
    nowMs += 200;
    expect(observer.awaitsAnswer()).to.equal(false);
    observer.stopping();
    expect(observer.breach).to.include({ culprit: 1, clause: 'peer.announce.success' });
  });

  it('only suspects a server that answers nothing at all for a while, or answers later', () => {
    for (let times = 0; times < 4; times += 1) giveUp(0, 1, announcement, 2_000);
    expect(observer.breach).to.equal(undefined);
    expect(observer.suspicion).to.include({ culprit: 1 });
    for (let times = 0; times < 4; times += 1) exchange(0, 1, question, answer);
    exchange(0, 1, announcement, { status: 'success' });
    expect(observer.breach).to.equal(undefined);
  });

  it('tells a half-close that the server cannot stand from an action that it does not answer', () => {
    exchange(0, 1, question, answer);
    giveUp(0, 1, question, 10);
    expect(observer.breach).to.include({ culprit: 1, clause: 'wire.exchange.half-close' });
  });

  it('blames an action that is not answered if other clients that close their sending side get answers', () => {
    const tap = ask(0, 1, question);
    tap.clientEnded('closed');
    tap.response(Buffer.from(JSON.stringify(answer)));
    tap.serverEnded('closed');
    giveUp(0, 1, announcement, 10);
    expect(observer.breach).to.include({ culprit: 1, clause: 'peer.announce.success' });
  });

  it('names a silence that began before another breach', () => {
    const tap = ask(0, 1, question);
    exchange(1, 'tracker', { action: 'register', peer_id: 'peer2', listen_port: 1 }, { status: 'ok' });
    expect(observer.breach).to.include({ culprit: 'tracker', clause: 'wire.response.status' });
    nowMs += 20_000;
    tap.clientEnded('reset');
    expect(observer.breach).to.include({ culprit: 1, clause: 'peer.have-blocks.shape' });
  });

  it('keeps the last twenty messages of a program, shortened, and its goodbye', () => {
    for (let times = 0; times < 15; times += 1) exchange(0, 1, { ...question, padding: '-'.repeat(1_000) }, answer);
    exchange(0, 2, question, answer);
    const last = observer.lastMessages([1]);
    expect(last).to.have.length(20);
    expect(last.at(-2)).to.deep.include({ from: 0, to: 1, connection: 15, atMs: 1_400 });
    expect(last.at(-2)?.text).to.have.length(301);
    expect(observer.lastMessages([1], 150)).to.have.length(4);
    exchange(0, 'tracker', { action: 'peer_offline', sender_id: 'peer1', dead_peer_id: 'peer1' }, registered);
    expect([observer.saidGoodbye(0), observer.saidGoodbye(1)]).to.deep.equal([true, false]);
  });
});
