/** A project folder whose portal is a sandbox in this process, for commands that are run beside what happens there. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';
import { inFolder, type Stage, serviceOptions, stage } from './stage.ts';

export interface PortalStage {
  readonly dir: string;
  readonly sandbox: Sandbox;
  /** A new stage for each command; `confirm` answers its questions. */
  readonly open: (more?: Partial<Stage['terminal']>) => Stage;
  readonly options: ReturnType<typeof serviceOptions> & { readonly rate: number };
}

export const withPortal = (
  sandboxOptions: SandboxOptions,
  work: (portal: PortalStage) => Promise<void>,
  files: Readonly<Record<string, string>> = {},
): Promise<void> =>
  inFolder(async (dir) => {
    const sandbox = await startSandbox(sandboxOptions);
    try {
      const project = `version: 1\nportals:\n  local: { screenname: ${sandbox.screenname}, server: '${sandbox.url}', accounts_server: '${sandbox.url}' }\n`;
      await writeFile(join(dir, 'salesiq.yaml'), project);
      for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
      const open = (more: Partial<Stage['terminal']> = {}): Stage => {
        const opened = stage({ SALESIQ_ACCESS_TOKEN: sandbox.accessToken });
        return { ...opened, terminal: { ...opened.terminal, ...more } };
      };
      await work({ dir, sandbox, open, options: { ...serviceOptions(dir), rate: 0 } });
    } finally {
      await sandbox.close();
    }
  });
