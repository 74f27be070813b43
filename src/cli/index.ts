/** The commands, in the order in which help lists them. */
import type { Command } from 'commander';
import { registerApi } from './api.ts';
import { registerCi } from './ci.ts';
import { registerConfiguration } from './configuration.ts';
import type { Run } from './flags.ts';
import { registerHistory } from './history.ts';
import { registerOperations } from './operations.ts';
import { registerService } from './service.ts';
import { registerWatch } from './watch.ts';
import { registerWebhooks } from './webhooks.ts';

export { type Flags, formatOf } from './flags.ts';

/** Adds every command to the program; `run` carries one out. */
export const registerCommands = (program: Command, run: Run): void => {
  registerConfiguration(program, run);
  registerHistory(program, run);
  registerCi(program, run);
  registerWatch(program, run);
  registerService(program, run);
  registerWebhooks(program, run);
  registerOperations(program, run);
  registerApi(program, run);
};
