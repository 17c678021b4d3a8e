import { expect } from 'chai';
import { benchmarkCsv, conformanceCsv } from './csv.ts';
import { caseOf, conformanceOf, failingCase, hostileResult } from '../test-support/example-conformance.ts';
import { benchmarkOf, cellOf, completeRow } from '../test-support/example-results.ts';
import { swarmCell } from '../test-support/example-swarm.ts';

describe('conformanceCsv', () => {
  it('has a line per implementation, and a column per clause with its worst case', () => {
    const csv = conformanceCsv([
      conformanceOf('x', caseOf('a/1'), failingCase('a/2'), failingCase('b/1', { known: 'k' })),
      conformanceOf('y', caseOf('b/1'), caseOf('c/1', { verdict: 'not-applicable' })),
    ]);
    expect(csv.split('\r\n')).to.deep.equal([
      'implementation,manifest,verdict,pass,fail,warn,info,not-applicable,error,a,b,c',
      'x,/x/minibit.json,not-conforming,1,2,0,0,0,0,fail,known,',
      'y,/y/minibit.json,conforming,1,0,0,0,1,0,,pass,not-applicable',
      '',
    ]);
  });

  it('distinguishes implementations with the same name', () => {
    const results = ['one', 'two'].map((folder) => {
      const result = conformanceOf('x', caseOf('a/1'));
      return { ...result, implementation: { ...result.implementation, manifest: folder } };
    });
    expect(conformanceCsv(results)).to.contain('\r\nx (one),one').and.contain('\r\nx (two),two');
  });

  it('escapes untrusted text that looks like a formula or the end of a field', () => {
    const csv = conformanceCsv([hostileResult()]);
    const [name = ''] =
      csv
        .split('\r\n')
        .slice(1)
        .join('\r\n')
        .match(/^"(?:[^"]|"")*"/) ?? [];
    expect(name)
      .to.match(/^"'=1\+1/)
      .and.contain('""')
      .and.match(/é"$/);
  });
});

describe('benchmarkCsv', () => {
  it('has a line per peer of every sample, with empty fields for what was not measured', () => {
    const dead = { peerId: 'peer1', outcome: 'exited' as const, exit: { code: 1 } };
    const csv = benchmarkCsv([benchmarkOf(cellOf(1, 20, [completeRow('peer1', 500, 40, 70)], [dead]))]);
    expect(csv.split('\r\n').slice(1)).to.deep.equal([
      'example,1,20,1,peer1,complete,500,250,40,70,counting,,,,,,,,,',
      'example,1,20,2,peer1,exited,,,,,counting,,,,,,,,,',
      '',
    ]);
  });

  it('shows what each kind of run measures', () => {
    expect(benchmarkCsv([benchmarkOf(swarmCell(1, 20, 1))]).split('\r\n')).to.deep.equal([
      'implementation,peers,blocks,sample,peer,outcome,startToCompleteMs,registrationToCompleteMs,sent,received,' +
        'pass,windowMs,cpuMs,peakMemoryBytes,' +
        'bytesSent,bytesReceived,connectionsOpened,blocksReceivedTwice,blocksFromTracker,requestsRefused',
      'example,1,20,1,peer1,complete,213,106.5,,,timing,63,130,52000000,,,,,,',
      'example,1,20,2,peer1,complete,297,148.5,60,80,counting,147,130,52000000,18000,22000,80,0,7,3',
      '',
    ]);
  });
});
