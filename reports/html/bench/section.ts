import { html } from 'ghtml';
import type { BenchmarkCell, BenchmarkResult } from '../../../schemas/types.ts';
import { benchTable } from '../../bench/table.ts';
import { fullSpeedSentences } from '../../bench/full-speed.ts';
import { missingReplaySentences } from '../../bench/large-swarms.ts';
import { machineLoad } from '../../bench/machine-load.ts';
import { deviationSentence } from '../../bench/paper-deviation.ts';
import { maxTransfers, swarmToReplay } from '../replay/swarm-to-replay.ts';
import { replaySection } from '../replay/section.ts';
import { actionChart } from './action-chart.ts';
import { actionTable } from './action-table.ts';
import { benchBanner } from './banner.ts';
import { benchCard } from './card.ts';
import { peerTimesChart } from './peer-times-chart.ts';
import { resourceChart } from './resource-chart.ts';
import { settingsText, versionText } from './settings.ts';
import { swarmsCard } from './swarms-card.ts';
import { trafficCard } from './traffic-card.ts';
import { windowChart } from './window-chart.ts';

/** One benchmark on the page. */
export function benchSection(result: BenchmarkResult, id: string): string {
  const cells = result.cells.filter(({ samples }) => samples.length > 0);
  const tables = cells.map((cell) => benchTable(cell, result.options.profile));
  const swarms = cells.map(swarmToReplay);
  const cards = cells.map((cell, at) => benchCard(cell, tables[at] ?? benchTable(cell, 'full-speed'), swarms[at]));
  const deviation = deviationSentence(result);
  return html`<section id="${id}">
    <h2>Benchmark</h2>
    !${benchBanner(result)}
    <p class="muted">${settingsText(result)}</p>
    !${windowChart(cells)} !${deviation === undefined ? '' : html`<p class="card">${deviation}</p>`}
    !${mutedLines(fullSpeedSentences(result))}
    <div class="cards">!${cards}</div>
    !${peerTimesChart(cells, tables)}
    !${replaySection(
      swarms.filter((swarm) => swarm !== undefined),
      id,
    )}
    !${mutedLines(missingReplaySentences(cells, maxTransfers))} !${cells.length === 0 ? '' : countedParts(cells)}
    <h2>Machine</h2>
    !${resourceChart(cells)} !${swarmsCard(cells)}
    <p>${machineLoad(result)}</p>
    <p class="muted">${versionText(result)}</p>
  </section>`;
}

function countedParts(cells: readonly BenchmarkCell[]): string {
  return html`<h2>Messages by action</h2>
    !${actionChart(cells)} !${actionTable(cells)}
    <h2>Bytes, connections, blocks</h2>
    !${trafficCard(cells)}`;
}

function mutedLines(lines: readonly string[]): string[] {
  return lines.map((line) => html`<p class="muted">${line}</p>`);
}
