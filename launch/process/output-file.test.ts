import { expect } from 'chai';
import { statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../test-support/files.ts';
import { maxOutputBytes, OutputFile, tailBytes } from './output-file.ts';

describe('OutputFile', () => {
  const folder = temporaryFolder();
  const pathOf = () => join(folder.path, 'stdout.txt');

  it('returns the tail of the output', () => {
    const output = new OutputFile(pathOf());
    expect(output.tail()).to.equal('');
    writeSync(output.fd, 'a'.repeat(tailBytes) + 'end');
    expect(output.tail()).to.equal('a'.repeat(tailBytes - 3) + 'end');
    output.close();
    expect(output.tail().slice(-4)).to.equal('aend');
  });

  it('truncates a file that has grown too large, and keeps its tail', () => {
    const output = new OutputFile(pathOf());
    writeSync(output.fd, Buffer.alloc(maxOutputBytes, 'a'));
    output.truncate();
    expect(statSync(pathOf()).size).to.equal(maxOutputBytes);
    writeSync(output.fd, 'b');
    output.truncate();
    expect(statSync(pathOf()).size).to.equal(0);
    writeSync(output.fd, 'c');
    expect(output.tail())
      .to.have.length(tailBytes)
      .and.match(/^a+bc$/);
    output.close();
  });

  it('works after the file was deleted', () => {
    const output = new OutputFile(pathOf());
    unlinkSync(pathOf());
    writeSync(output.fd, 'still here');
    expect(output.tail()).to.equal('still here');
    output.close();
  });
});
