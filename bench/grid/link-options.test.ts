import { expect } from 'chai';
import { UsageError } from '../../launch/usage-error.ts';
import { parseBandwidth, parseDuration } from './link-options.ts';

describe('parseDuration', () => {
  for (const [text, ms] of [
    ['5ms', 5],
    ['1.5s', 1500],
    ['0.25 ms', 0.25],
    ['2 S', 2000],
  ] as const) {
    it(`reads ${text}`, () => expect(parseDuration(text)).to.equal(ms));
  }

  for (const text of ['', '5', 'ms', '0ms', '-5ms', '5 m s', '1e3ms', '5min', '1..2s']) {
    it(`refuses ${JSON.stringify(text)}`, () =>
      expect(() => parseDuration(text)).to.throw(UsageError, /^--latency: .* must be a number above 0 with ms or s/));
  }
});

describe('parseDuration of a long time', () => {
  it('refuses more than a minute, in whatever unit', () => {
    for (const text of ['61s', '60001ms', '99999999999999s'])
      expect(() => parseDuration(text)).to.throw(UsageError, `"${text}" must be at most 60s`);
    expect(parseDuration('60s')).to.equal(60_000);
  });
});

describe('parseBandwidth', () => {
  for (const [text, bytesPerSecond] of [
    ['10MB/s', 10_000_000],
    ['1.5 MiB/s', 1_572_864],
    ['300kB / s', 300_000],
    ['7B/s', 7],
  ] as const) {
    it(`reads ${text}`, () => expect(parseBandwidth(text)).to.equal(bytesPerSecond));
  }

  for (const [text, bytes] of [
    ['10Mb/s', '1.25MB/s'],
    ['10mbps', '1.25MB/s'],
    ['8 Mbit/s', '1MB/s'],
    ['100kb / s', '12.5KB/s'],
    ['16Kib/s', '2KiB/s'],
    ['80 bits/s', '10B/s'],
  ] as const) {
    it(`refuses bits and converts them: ${text}`, () =>
      expect(() => parseBandwidth(text)).to.throw(UsageError, `is in bits: write ${bytes}, or `));
  }

  for (const text of ['', '10MB', '10/s', '/s', '0B/s', '-1MB/s', '10MB/m', '10MBps', '10MB/s/s']) {
    it(`refuses ${JSON.stringify(text)}`, () =>
      expect(() => parseBandwidth(text)).to.throw(UsageError, 'must be a number above 0 with B/s'));
  }
});
