import { Command, CommanderError } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { errorMessage } from '../launch/error-message.ts';
import { printable } from '../launch/printable.ts';
import { UsageError } from '../launch/usage-error.ts';
import { exitCodeMeanings, exitCodes } from '../schemas/exit-codes.ts';
import { peerCommand } from '../impl/reference/command/peer-command.ts';
import { trackerCommand } from '../impl/reference/command/tracker-command.ts';
import { allCommand } from './all.ts';
import { benchCommand } from './bench.ts';
import { compareCommand } from './compare.ts';
import { conformCommand } from './conform.ts';
import { interopCommand } from './interop.ts';
import { exitCodeOf, surviveFullStreams } from './output/output-problems.ts';
import { reportCommand } from './report.ts';

const program = new Command('minibit')
  .description('Tells whether a MiniBit implementation is correct, and how fast it is.')
  .version(packageFile.version)
  .addHelpText('after', `\nExit codes:\n${exitCodeHelp()}`)
  .addCommand(conformCommand())
  .addCommand(benchCommand())
  .addCommand(compareCommand())
  .addCommand(interopCommand())
  .addCommand(reportCommand())
  .addCommand(allCommand())
  // For the help: `bin/minibit.js` starts these without the harness.
  .addCommand(trackerCommand())
  .addCommand(peerCommand());

for (const command of [program, ...program.commands]) {
  command.exitOverride().showHelpAfterError('(--help shows the options)');
}

function exitCodeHelp(): string {
  return exitCodeMeanings.map(([codes, meaning]) => `  ${codes.padEnd(15)}${meaning}`).join('\n');
}

surviveFullStreams();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(printable(error.message));
    process.exitCode = exitCodes.usage;
  } else if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
  } else {
    console.error(printable(`The harness failed: ${errorMessage(error)}`));
    process.exitCode = exitCodes.noVerdict;
  }
}

// A timer or socket of abandoned work must not delay the end.
process.exit(await exitCodeOf(Number(process.exitCode ?? exitCodes.success)));
