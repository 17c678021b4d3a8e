import { expect } from 'chai';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { checkMessage, type MessageName } from '../../../../schemas/validate.ts';
import { encodeMessage, MessageError, parseMessage, type JsonObject } from './messages.ts';
import { asPeerRequest, asTrackerRequest } from './requests.ts';
import { asGetPeers, asHaveBlocksInfo, asRegister, checkStatus, Refused } from './responses.ts';

const trackerActions = ['register', 'get_peers', 'request_block_tracker', 'peer_offline'] as const;
const peerActions = ['request_block', 'have_blocks_info', 'announce_block'] as const;
const actions = [...trackerActions, ...peerActions];

/** Fields of extensions: invalid ones count as absent, since a peer without the extension ignores them too. */
const extensions = new Set([
  ...['keep_alive', 'encoding', 'initial_blocks_data', 'total_blocks', 'file_name', 'file_size', 'block_sha256'],
]);

function base(message: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(message).filter(([field]) => !extensions.has(field)));
}

/** Whether a server of these actions should accept the message. */
function isValidRequest(message: JsonObject, served: readonly (typeof actions)[number][]): boolean {
  return served.some((action) => checkMessage(`${action}.request`, base(message)).length === 0);
}

function accepts(check: (message: JsonObject) => unknown, message: JsonObject): boolean {
  try {
    check(message);
    return true;
  } catch (error) {
    if (error instanceof MessageError) return false;
    throw error;
  }
}

/** The example messages of a schema, except those that are not objects: they never pass the framer. */
function examples(name: MessageName): [file: string, message: JsonObject][] {
  return ['valid', 'invalid'].flatMap((kind) => {
    const folder = new URL(`../../../../schemas/examples/${kind}/${name}/`, import.meta.url);
    return readdirSync(folder).flatMap((file): [string, JsonObject][] => {
      const example = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as JsonObject;
      const message = kind === 'valid' ? example : example['message'];
      return file.startsWith('whole-') ? [] : [[`${kind}/${name}/${file}`, message as JsonObject]];
    });
  });
}

describe('requests', () => {
  it('are accepted exactly if the schemas accept them: the examples', () => {
    for (const [file, message] of actions.flatMap((action) => examples(`${action}.request`))) {
      // A negative index is answered like any other that is out of range.
      if (file.endsWith('block_index-negative.json')) continue;
      expect(accepts(asTrackerRequest, message), file).to.equal(isValidRequest(message, trackerActions));
      expect(accepts(asPeerRequest, message), file).to.equal(isValidRequest(message, peerActions));
    }
  });

  it('are accepted exactly if the schemas accept them: any fields', () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>('A', '', 'p é', 0, 1, 5000, 65535, 65536, 2.5, '3', true, null, [], {}, ['A'], { a: 1 }),
      fc.jsonValue(),
    );
    const fields = fc.record(
      {
        peer_id: value,
        listen_port: value,
        sender_id: value,
        dead_peer_id: value,
        block_index: value,
        keep_alive: value,
      },
      { requiredKeys: [] },
    );
    const action = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...actions) }, value);
    fc.assert(
      fc.property(fields, action, (others, action) => {
        const message: JsonObject = { ...others, action };
        const { block_index } = message;
        fc.pre(typeof block_index !== 'number' || (block_index >= 0 && block_index <= Number.MAX_SAFE_INTEGER));
        expect(accepts(asTrackerRequest, message)).to.equal(isValidRequest(message, trackerActions));
        expect(accepts(asPeerRequest, message)).to.equal(isValidRequest(message, peerActions));
      }),
      { numRuns: 1000 },
    );
  });

  it('may write integers as 2.0 and 1e1', () => {
    const request = parseMessage(Buffer.from('{"action":"request_block","sender_id":"A","block_index":1e1,"x":2.0}'));
    expect(asPeerRequest(request)).to.include({ block_index: 10 });
  });

  it('may not write as an integer what is none', () => {
    for (const index of ['1e-400', '3.0000000000000001', '18446744073709551617', '9007199254740993']) {
      const request = `{"action":"request_block","sender_id":"A","block_index":${index}}`;
      expect(() => asPeerRequest(parseMessage(Buffer.from(request))), index).to.throw(MessageError, 'block_index');
    }
  });

  it('are refused with a reason that names the field', () => {
    const request = { action: 'register', peer_id: 'A', listen_port: true };
    expect(() => asTrackerRequest(request)).to.throw(MessageError, 'listen_port');
    expect(() => asPeerRequest(request)).to.throw(MessageError, 'register is for a tracker');
    expect(() => asPeerRequest({ action: '__proto__' })).to.throw(MessageError, 'unknown action');
  });
});

describe('responses', () => {
  const checks: [MessageName, (message: JsonObject) => unknown][] = [
    ['register.response', (message) => asRegister(message, 1000)],
    ['get_peers.response', asGetPeers],
    ['announce_block.response', checkStatus],
    ['peer_offline.response', checkStatus],
  ];

  for (const [name, check] of checks) {
    it(`to ${name.replace('.response', '')} are accepted exactly if the schema accepts them`, () => {
      for (const [file, message] of examples(name)) {
        // A repeated index has no effect, and what is no peer is left out of the list.
        if (file.includes('/initial_blocks-repeated')) continue;
        if (/\/peers-/.test(file) && Array.isArray(message['peers'])) {
          expect(accepts(check, message), file).to.equal(true);
          continue;
        }
        if (message['status'] === 'error') expect(() => check(message), file).to.throw(Refused);
        else expect(accepts(check, message), file).to.equal(checkMessage(name, base(message)).length === 0);
      }
    });
  }

  it('leave out what is no peer, and say how many entries those were', () => {
    const good = [
      { peer_id: 'A', ip: '127.0.0.1', port: 1 },
      { peer_id: 'B', ip: '::1', port: 65535 },
    ];
    const [one] = good;
    const bad = [null, 7, 'x', [], {}, { ...one, port: 0 }, { ...one, ip: '' }, { ...one, peer_id: '' }];
    const message = { status: 'success', initial_blocks: [], peers: [good[0], ...bad, good[1]] };
    expect(asGetPeers(message)).to.deep.equal({ peers: good, leftOut: bad.length });
    expect(asRegister(message, 1)).to.deep.include({ peers: good, leftOut: bad.length });
  });

  it('to have_blocks_info must be N booleans', () => {
    for (const [file, message] of examples('have_blocks_info.response')) {
      if (message['status'] === 'error') continue;
      const valid = checkMessage('have_blocks_info.response', base(message)).length === 0;
      const length = valid ? (message['blocks_info'] as []).length : 3;
      expect(
        accepts((each) => asHaveBlocksInfo(each, length), message),
        file,
      ).to.equal(valid);
      expect(
        accepts((each) => asHaveBlocksInfo(each, length + 1), message),
        file,
      ).to.equal(false);
    }
  });

  it('with invalid extension fields count as without them', () => {
    const plain = { status: 'success', initial_blocks: [1], peers: [] };
    const odd = { total_blocks: '3', file_name: 1, file_size: -1, block_sha256: ['x'], initial_blocks_data: { 1: 2 } };
    expect(asRegister({ ...plain, ...odd }, 3)).to.deep.equal({ ...plain, leftOut: 0 });
  });

  it('give hashes in lower case', () => {
    const registered = asRegister(
      { status: 'success', initial_blocks: [], peers: [], block_sha256: ['AB'.repeat(32)] },
      1,
    );
    expect(registered.block_sha256).to.deep.equal(['ab'.repeat(32)]);
  });
});

describe('parsing', () => {
  it('refuses what is not UTF-8 and what is not JSON', () => {
    for (const bytes of [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), Buffer.from('{a}'), Buffer.from('{"a":1,}')]) {
      expect(() => parseMessage(bytes)).to.throw(MessageError);
    }
  });

  it('survives duplicate keys, lone surrogates, __proto__, and deep nesting', () => {
    expect(parseMessage(Buffer.from('{"a":1,"a":2}'))).to.deep.equal({ a: 2 });
    expect(parseMessage(Buffer.from('{"a":"\\ud800"}'))).to.deep.equal({ a: '\ud800' });
    expect(parseMessage(Buffer.from('{"__proto__":{"action":"register"}}'))['action']).to.equal(undefined);
    expect(() => parseMessage(Buffer.from(`{"a":${'['.repeat(60)}${']'.repeat(60)}}`))).not.to.throw();
  });

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ noUnicodeString: false })), (message) => {
        expect(parseMessage(encodeMessage(message))).to.deep.equal(JSON.parse(JSON.stringify(message)));
      }),
    );
  });
});
