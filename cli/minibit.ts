import { Command, CommanderError } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { UsageError } from '../impl/launch/usage-error.ts';
import { peerCommand } from '../impl/reference/peer-command.ts';
import { trackerCommand } from '../impl/reference/tracker-command.ts';
import { allCommand } from './all.ts';
import { benchCommand } from './bench.ts';
import { compareCommand } from './compare.ts';
import { conformCommand } from './conform.ts';
import { interopCommand } from './interop.ts';
import { reportCommand } from './report.ts';

const program = new Command('minibit')
  .description('Tells whether a MiniBit implementation is right, and how fast it is.')
  .version(packageFile.version)
  .addCommand(conformCommand())
  .addCommand(benchCommand())
  .addCommand(compareCommand())
  .addCommand(interopCommand())
  .addCommand(reportCommand())
  .addCommand(allCommand())
  .addCommand(trackerCommand())
  .addCommand(peerCommand());

for (const command of [program, ...program.commands]) {
  command.exitOverride().showHelpAfterError('(--help shows the options)');
}

// A reader that has seen enough, such as `head`, is no trouble.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(error.message);
    process.exitCode = 2;
  } else if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else throw error;
}

// A wait of something that was given up must not hold the command up.
process.exit();
