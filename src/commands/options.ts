import type { Pool } from '../api/index.ts';
import type { Format } from './terminal.ts';

/** Flags that most commands share. */
export interface CommonOptions {
  /** The project folder. */
  readonly dir: string;
  readonly portal?: string;
  readonly strict: 'lenient' | 'strict';
  readonly format: Format;
}

/** Flags of what reads the service. */
export interface ServiceOptions extends CommonOptions {
  /** Requests a minute; absent: the default. */
  readonly rate?: number;
  readonly maxCalls?: number;
  /** What this portal shares with others of the command. */
  readonly pool?: Pool;
  readonly targets: readonly string[];
  readonly excludes: readonly string[];
  readonly showUnmanaged: 'names' | 'count';
  /** Exact counts that were agreed to. */
  readonly allowDeletes?: number;
  readonly allowUpdates?: number;
}
