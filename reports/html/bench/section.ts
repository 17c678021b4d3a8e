import { html } from 'ghtml';
import type { BenchmarkCell, BenchmarkResult } from '../../../schemas/types.ts';
import { benchTable, type BenchTable } from '../../bench/table.ts';
import { benchProblems } from '../../bench/problems.ts';
import { plural, size } from '../../figures.ts';
import { fullSpeedSentences } from '../../bench/full-speed.ts';
import { largeSwarmSentences, missingReplaySentences } from '../../bench/large-swarms.ts';
import { machineLoad } from '../../bench/machine-load.ts';
import { deviationSentence } from '../../bench/paper-deviation.ts';
import { actionChart } from './action-chart.ts';
import { actionTable } from './action-table.ts';
import { benchCard } from './card.ts';
import { benchChart } from './peer-times-chart.ts';
import { chartCard } from '../chart.ts';
import { maxTransfers, swarmToReplay } from '../replay/swarm-to-replay.ts';
import { replaySection } from '../replay/section.ts';
import { resourceChart } from './resource-chart.ts';
import { swarmsCard, trafficCard } from './traffic-card.ts';
import { windowChart } from './window-chart.ts';

/** The benchmark's part of the page. */
export function benchSection(result: BenchmarkResult, id: string): string {
  const cells = result.cells.filter(({ samples }) => samples.length > 0);
  const tables = cells.map((cell) => benchTable(cell, result.options.profile));
  const swarms = cells.map(swarmToReplay);
  const cards = cells.map((cell, at) => benchCard(cell, tables[at] ?? benchTable(cell, 'full-speed'), swarms[at]));
  const sentence = deviationSentence(result);
  return html`<section id="${id}">
    <h2>Benchmark</h2>
    !${banner(result)}
    <p class="muted">${setting(result)}</p>
    !${windowChart(cells)} !${sentence === undefined ? '' : html`<p class="card">${sentence}</p>`}
    !${fullSpeedSentences(result).map((line) => html`<p class="muted">${line}</p>`)}
    <div class="cards">!${cards}</div>
    !${peerChart(cells, tables)}
    !${replaySection(
      swarms.filter((swarm) => swarm !== undefined),
      id,
    )}
    !${missingReplaySentences(cells, maxTransfers).map((sentence) => html`<p class="muted">${sentence}</p>`)}
    !${cells.length === 0 ? '' : wire(cells)}
    <h2>Machine</h2>
    !${resourceChart(cells)} !${swarmsCard(cells)}
    <p>${machineLoad(result)}</p>
    <p class="muted">${versions(result)}</p>
  </section>`;
}

function wire(cells: readonly BenchmarkCell[]): string {
  return html`<h2>Messages by action</h2>
    !${actionChart(cells)} !${actionTable(cells)}
    <h2>Bytes, connections, blocks</h2>
    !${trafficCard(cells)}`;
}

function versions({ implementation }: BenchmarkResult): string {
  const { name, version, runtime, git } = implementation;
  const parts = [
    `${name}${version === undefined ? '' : ` ${version}`}`,
    ...(runtime === undefined ? [] : [runtime]),
    ...(git === undefined ? [] : [`commit ${git.commit.slice(0, 12)}${git.dirty ? ', with changes' : ''}`]),
  ];
  return `${parts.join(' · ')}.`;
}

function banner(result: BenchmarkResult): string {
  const { verdict, interruptedBy, cells, implementation } = result;
  const swarms = cells.reduce((sum, { samples }) => sum + samples.length, 0);
  const good = verdict === 'complete';
  const troubles = benchProblems(result).map(
    ({ where, what, stderr }) =>
      html`<p><b>${where}</b>: ${what}</p>
        !${stderr === undefined ? '' : html`<pre>${stderr}</pre>`}`,
  );
  const interrupted = interruptedBy === undefined ? '' : html`<p>The run was interrupted by ${interruptedBy}.</p>`;
  return html`<div class="card banner verdict ${good ? 'good' : 'bad'}">
    <strong class="${good ? 'good' : 'bad'}">${good ? 'Complete' : 'Incomplete'}</strong>
    <p>
      ${implementation.name}: ${plural(swarms, 'swarm')} of real processes.
      ${good ? 'Every peer left the original file, byte for byte.' : ''}
    </p>
    !${interrupted}!${troubles}
  </div>`;
}

function setting(result: BenchmarkResult): string {
  const { options, timing, roles } = result;
  const { file, window, links } = options;
  const parts = [
    `${size(file.sizeBytes)} shared (${file.name}; in the report about 11 KB), ${plural(window, 'request')} in flight.`,
    `Peers recompute who is unchoked every ${timing.unchokeMs} ms and wait ${timing.blockMs} ms between blocks; the report's waited 3 s.`,
    'Tempo runs from the start of a peer’s process to its complete, verified file; until all peers were complete: from the first request to the last verified file.',
    'Messages are counted by a relay between all programs. Times are those of swarms without it, except where it says otherwise.',
    ...(links === undefined ? [] : [shape(links)]),
    ...largeSwarmSentences(result),
  ];
  if (roles.tracker !== roles.peer) parts.push(`Tracker: ${roles.tracker}; peers: ${roles.peer}.`);
  return parts.join(' ');
}

function shape({ latencyMs, bytesPerSecond }: NonNullable<BenchmarkResult['options']['links']>): string {
  const parts = [
    ...(latencyMs === undefined ? [] : [`delays each byte by ${latencyMs} ms`]),
    ...(bytesPerSecond === undefined ? [] : [`lets ${size(bytesPerSecond)} pass per second and direction`]),
  ];
  return `The relay ${parts.join(' and ')} on every connection.`;
}

/** The peers' times beside the report's, where it has such swarms. */
function peerChart(cells: readonly BenchmarkCell[], tables: readonly BenchTable[]): string {
  const shown = cells.filter((_cell, at) => tables[at]?.isInPaper === true);
  const theirTables = tables.filter(({ isInPaper: inReport }) => inReport);
  if (shown.length === 0 || theirTables.every(({ measured }) => measured.seconds === undefined)) return '';
  const hasFactor = theirTables.some((table) => table.factor !== undefined);
  const legend = html`<span><i class="dot" style="background: var(--accent)"></i>measured peers</span>
    <span><i class="dot" style="border: 1.5px solid var(--report)"></i>the report’s peers</span>
    !${hasFactor ? html`<span>×n: how many times faster than the report</span>` : ''}`;
  return chartCard(
    'Time to the complete file of each peer, beside the report’s',
    (isNarrow) => (isNarrow ? benchChart(shown, theirTables, 350, 300) : benchChart(shown, theirTables, 1000, 340)),
    legend,
  );
}
