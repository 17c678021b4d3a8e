import { expect } from 'chai';
import { UsageError } from '../../launch/usage-error.ts';
import { hostPort } from './host-port.ts';

describe('hostPort', () => {
  for (const [text, host, port] of [
    ['127.0.0.1:5000', '127.0.0.1', 5_000],
    ['localhost:1', 'localhost', 1],
    ['[::1]:65535', '::1', 65_535],
    ['tracker-1.example.org:80', 'tracker-1.example.org', 80],
  ] as const) {
    it(`reads ${text}`, () => expect(hostPort('--tracker')(text)).to.deep.equal({ host, port }));
  }

  for (const text of ['', '5000', 'localhost', 'localhost:', ':5000', '::1:5000', '[::1]', 'a:0', 'a:65536', 'a b:1']) {
    it(`refuses ${JSON.stringify(text)}, naming the option`, () => {
      expect(() => hostPort('--peer')(text)).to.throw(UsageError, '--peer');
    });
  }
});
