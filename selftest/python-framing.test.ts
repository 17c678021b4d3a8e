import { expect } from 'chai';
import { execa } from 'execa';

/** Runs Python with the wire modules of the Python implementation. @returns what it prints */
async function python(script: string): Promise<string> {
  return (await execa('python3', ['-c', script], { cwd: 'impl/python' })).stdout;
}

describe('the framing of the Python implementation', () => {
  it('reads past a number of thousands of digits in a field that it ignores', async () => {
    const script = `
from wire.framing import decode
print(decode(b'{"x":' + b'9' * 5000 + b',"block_index":3}')['block_index'])`;
    expect(await python(script)).to.equal('3');
  });

  it('finds the end of a block of escapes in few steps', async () => {
    const script = `
import sys
from wire import framing
class Counting:
    steps = 0
    def search(self, *arguments):
        Counting.steps += 1
        return pattern.search(*arguments)
pattern, framing._INSIDE_STRING = framing._INSIDE_STRING, Counting()
block = rb'\\u0000\\"' * 200000
framer = framing.ObjectFramer(2 ** 30)
message = b'{"block_data":"' + block + b'"}'
end = None
for at in range(0, len(message), 65537):
    end = framer.feed(message[at:at + 65537])
print(len(end) == len(message), Counting.steps < 2000)`;
    expect(await python(script)).to.equal('True True');
  });
});
