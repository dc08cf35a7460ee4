import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnosis } from 'clusterlens';
import type { ConfigurationReport, Outcome, Report } from './report.js';

/** What must be equal for a run to go on where another one was interrupted. */
export type RunKey = Pick<Report, 'schema' | 'clusterlens' | 'seed' | 'quick' | 'node' | 'corpusSha256'>;

export interface UnfinishedRun {
  /** Where the files of the run are made. */
  readonly folder: string;
  /** Configurations that an interrupted run with the same key had finished. */
  readonly finished: readonly Outcome[];
  /** Moves all files to the output folder, the report last. */
  complete(): void;
}

function outcomesOf(folder: string, key: RunKey): Outcome[] {
  const path = join(folder, 'report.json');
  if (!existsSync(path)) return [];
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  const same = (Object.keys(key) as (keyof RunKey)[]).every((name) => report[name] === key[name]);
  if (!same) return [];
  return report.configurations.map((configuration: ConfigurationReport) => ({
    report: configuration,
    diagnosis: JSON.parse(readFileSync(join(folder, `${configuration.name}-diagnosis.json`), 'utf8')) as Diagnosis,
  }));
}

/** The folder holds what another corpus gave, which is not replaced without a word. */
export class OtherOutputError extends Error {}

function requireOwn(out: string, key: RunKey): void {
  const path = join(out, 'report.json');
  if (!existsSync(path)) return;
  const { corpus, corpusSha256 } = JSON.parse(readFileSync(path, 'utf8')) as Report;
  if (corpusSha256 === key.corpusSha256) return;
  throw new OtherOutputError(
    `${out} holds the output of other data (${corpus?.name ?? 'unknown'}), which would be lost; give another folder with --out, or --force`,
  );
}

/**
 * Files are made in `<out>/unfinished` and moved to `out` when the last one is there. So the files of
 * the last finished run stay together until then, and a run that was interrupted is taken up again
 * when the same is asked for: rows, seed, kind of run and versions. Anything else in `unfinished` is
 * thrown away.
 */
export function openRun(out: string, key: RunKey, force = false): UnfinishedRun {
  if (!force) requireOwn(out, key);
  const folder = join(out, 'unfinished');
  const finished = outcomesOf(folder, key);
  if (finished.length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return {
    folder,
    finished,
    complete() {
      const names = readdirSync(folder).filter((name) => name !== 'report.json' && !name.endsWith('.part'));
      // A report never stands beside files that it was not made from.
      rmSync(join(out, 'report.json'), { force: true });
      for (const name of [...names, 'report.json']) renameSync(join(folder, name), join(out, name));
      rmSync(folder, { recursive: true });
    },
  };
}
