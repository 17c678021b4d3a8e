import { expect } from 'chai';
import { swarmCell, swarmSample } from '../test-support/example-swarm.ts';
import { countedSamples, relayCost, timedSamples, timesIncludeRelay } from './runs.ts';

describe('timing and counting runs', () => {
  const { samples } = swarmCell(3, 20, 2);

  it('give the times and the counts', () => {
    expect(timedSamples(samples).map(({ pass }) => pass)).to.deep.equal(['timing', 'timing']);
    expect(countedSamples(samples).map(({ pass }) => pass)).to.deep.equal(['counting']);
    expect(timesIncludeRelay(samples)).to.equal(false);
  });

  it('give times with the relay if there are only counting runs', () => {
    const counting = [swarmSample(3, 20, 'counting')];
    expect(timedSamples(counting)).to.deep.equal(counting);
    expect(timesIncludeRelay(counting)).to.equal(true);
    expect(relayCost(counting)).to.equal(undefined);
  });

  it('give the cost of the relay: median over median', () => {
    const windows = [
      ['timing', 100],
      ['timing', 300],
      ['timing', 200],
      ['counting', 260],
    ] as const;
    const made = windows.map(([pass, windowMs]) => ({ ...swarmSample(1, 1, pass), windowMs }));
    expect(relayCost(made)).to.equal(1.3);
    const failed = made.map(({ windowMs, ...sample }) => (sample.pass === 'timing' ? sample : { ...sample, windowMs }));
    expect(relayCost(failed)).to.equal(undefined);
  });
});
