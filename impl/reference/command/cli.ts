import { Command, CommanderError } from 'commander';
import { UsageError } from '../usage-error.ts';
import { packCommand } from './pack-command.ts';
import { peerCommand } from './peer-command.ts';
import { trackerCommand } from './tracker-command.ts';

// Exit codes: 0 complete, 1 failed, 2 wrong usage, 128 + n stopped by signal n.
const program = new Command('minibit').description('the reference implementation of MiniBit');
for (const command of [trackerCommand(), peerCommand(), packCommand()]) program.addCommand(command.exitOverride());
program.exitOverride();
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof UsageError) {
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = 2;
  } else throw error;
}
