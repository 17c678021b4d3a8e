import { expect } from 'chai';
import { fieldTable } from './field-table.ts';

describe('fieldTable', () => {
  it('gives type, presence and meaning of each field, in columns of equal width', () => {
    const table = fieldTable({
      properties: {
        action: { const: 'greet', description: 'The name.' },
        peer: { $ref: 'common.json#/$defs/peerId', description: 'Who greets.' },
        port: { type: 'integer', minimum: 1, maximum: 9, description: 'Where.' },
        index: { type: 'integer', minimum: 0, description: 'Which.' },
        count: { type: 'integer', description: 'How often.' },
        flags: { type: 'array', items: { type: 'boolean' }, description: 'Extension `flags`: more.' },
        texts: { type: 'object', additionalProperties: { type: 'string' }, description: 'What.' },
      },
      required: ['action', 'peer'],
    });
    expect(table.split('\n')).to.deep.equal([
      '| Field    | Type              | Presence          | Meaning     |',
      '| -------- | ----------------- | ----------------- | ----------- |',
      '| `action` | `"greet"`         | required          | The name.   |',
      '| `peer`   | string, not empty | required          | Who greets. |',
      '| `port`   | int, 1 to 9       | optional          | Where.      |',
      '| `index`  | int, 0 or more    | optional          | Which.      |',
      '| `count`  | int               | optional          | How often.  |',
      '| `flags`  | list of booleans  | extension `flags` | More.       |',
      '| `texts`  | object of strings | optional          | What.       |',
    ]);
  });
});
