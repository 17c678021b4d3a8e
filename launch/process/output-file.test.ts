import { expect } from 'chai';
import { statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../test-support/programs.ts';
import { maxOutputBytes, OutputFile, tailBytes } from './output-file.ts';

describe('OutputFile', () => {
  const folder = temporaryFolder();
  const pathOf = () => join(folder.path, 'stdout.txt');

  it('gives the end of what was written', () => {
    const output = new OutputFile(pathOf());
    expect(output.tail()).to.equal('');
    writeSync(output.fd, 'a'.repeat(tailBytes) + 'end');
    expect(output.tail()).to.equal('a'.repeat(tailBytes - 3) + 'end');
    output.close();
    expect(output.tail().slice(-4)).to.equal('aend');
  });

  it('empties a file that has grown too large, and keeps its end', () => {
    const output = new OutputFile(pathOf());
    writeSync(output.fd, Buffer.alloc(maxOutputBytes, 'a'));
    output.bound();
    expect(statSync(pathOf()).size).to.equal(maxOutputBytes);
    writeSync(output.fd, 'b');
    output.bound();
    expect(statSync(pathOf()).size).to.equal(0);
    writeSync(output.fd, 'c');
    expect(output.tail())
      .to.have.length(tailBytes)
      .and.match(/^a+bc$/);
    output.close();
  });

  it('does not need its name', () => {
    const output = new OutputFile(pathOf());
    unlinkSync(pathOf());
    writeSync(output.fd, 'still here');
    expect(output.tail()).to.equal('still here');
    output.close();
  });
});
