import type { Label } from '../../core/types.js';
import { metricAsText } from '../../distance/metric-text.js';
import type { Context } from './context.js';

/** A value as source text, strings in single quotes. */
export function source(value: unknown): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(source).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{ ${entries.map(([name, inner]) => `${name}: ${source(inner)}`).join(', ')} }`;
}

function optionsText(options: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(options).flatMap(([name, value]) =>
    // A function of the user's own goes by the name of the option.
    value === undefined ? [] : [typeof value === 'function' ? name : `${name}: ${source(value)}`],
  );
  return parts.length === 0 ? '' : `, { ${parts.join(', ')} }`;
}

/**
 * A call of `name` with points, labels and the user's choice of metric, scaling and seed. `noise` says
 * how the rows of the noise label are left out: functions that have no such option get rows without them.
 */
export function callOf(
  { metric, standardized, noiseLabel, seed }: Context,
  name: string,
  options: Readonly<Record<string, unknown>> = {},
  noise: 'option' | 'filter' = 'option',
): string {
  const filter = noise === 'filter' && noiseLabel !== undefined;
  const kept = `.filter((_, i) => labels[i] !== ${source(noiseLabel)})`;
  return `${name}(${filter ? `points${kept}, labels${kept}` : 'points, labels'}${optionsText({
    metric: metric === 'euclidean' ? undefined : metric,
    standardize: standardized || undefined,
    noiseLabel: noise === 'option' ? noiseLabel : undefined,
    seed: seed === 0 ? undefined : seed,
    ...options,
  })})`;
}

/** `diagnose` with the same input and other options. */
export function diagnoseCall(context: Context, options: Readonly<Record<string, unknown>>): string {
  return callOf(context, 'diagnose', options).replace('(points, labels', '({ points, labels }');
}

/** `diagnose` with the labels of each group replaced by its first one. */
export function mergedCall(context: Context, groups: ReadonlyArray<readonly Label[]>): string {
  const pairs = groups.flatMap(([first, ...others]) => others.map((label) => `[${source(label)}, ${source(first)}]`));
  const merged = `labels.map((label) => new Map([${pairs.join(', ')}]).get(label) ?? label)`;
  return diagnoseCall(context, {}).replace('labels }', `labels: ${merged} }`);
}

/** A word of a shell command. */
export function shellWord(value: unknown): string {
  const text = String(value);
  return /^[\w.-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}

/** A command with the user's choice of metric, scaling, noise and seed; DATA stands for the file. */
export function commandOf({ metric, standardized, noiseLabel, seed }: Context, command: string): string {
  const asked = metricAsText(metric);
  return [
    command,
    asked !== undefined && asked !== 'euclidean' && !command.includes('--metric') ? `--metric ${asked}` : '',
    standardized ? '--standardize' : '',
    noiseLabel === undefined ? '' : `--noise-label ${shellWord(noiseLabel)}`,
    seed === 0 ? '' : `--seed ${seed}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The command that writes the groups of the points beside the labels, row by row. */
export function groupsCommand(context: Context): string {
  return `${commandOf(context, 'clusterlens diagnose DATA')} --groups groups.csv`;
}

/** The call that gives the group of each row, found without the labels. */
export function otherGroupsCall(context: Context): string {
  const { alpha } = context;
  return `${callOf(context, 'otherGroups', { alpha: alpha === 0.05 ? undefined : alpha })}.groupOf`;
}
