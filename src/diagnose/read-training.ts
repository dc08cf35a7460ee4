import { InputError, inTable, ShapeError, show } from '../core/errors.js';
import type { TrainingRecord } from '../core/training-record.js';
import { checkOptions } from '../data/options.js';
import { type PointTable, readPoints } from '../data/points.js';
import { readPositiveCounts } from '../studies/positives/observed-positives.js';
import type { CheckedTraining } from './findings/context.js';

const NAMES = ['record', 'lossSpace', 'measuredSpace', 'targets', 'outputs', 'outputRange', 'unitRange'];

function readRecord(where: string, value: unknown): TrainingRecord | undefined {
  if (value === undefined) return undefined;
  const record = value as Partial<TrainingRecord> | null;
  if (
    typeof record !== 'object' ||
    record === null ||
    !Array.isArray(record.epochs) ||
    !Array.isArray(record.objective)
  ) {
    throw new InputError(
      'wrong-type',
      `${where}: training.record must be a record as train returns it, got ${show(value)}`,
    );
  }
  if (record.positives != null) readPositiveCounts(where, 'training.record.positives', record.positives);
  return record as TrainingRecord;
}

function readName(where: string, name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new InputError('wrong-type', `${where}: training.${name} must be the name of a space, got ${show(value)}`);
}

function readBound(where: string, name: string, value: unknown): number | null {
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw new InputError(
    'wrong-type',
    `${where}: training.${name} must hold numbers, or null for no bound, got ${show(value)}`,
  );
}

function readPair(where: string, name: string, value: unknown): readonly [number | null, number | null] {
  if (!Array.isArray(value) || value.length !== 2) {
    throw new InputError('wrong-type', `${where}: training.${name} must be a pair [low, high], got ${show(value)}`);
  }
  const pair = [readBound(where, name, value[0]), readBound(where, name, value[1])] as const;
  if (pair[0] !== null && pair[1] !== null && pair[0] > pair[1]) {
    throw new InputError(
      'out-of-range',
      `${where}: training.${name} must have low <= high, got ${pair[0]} and ${pair[1]}`,
    );
  }
  return pair;
}

function readTable(where: string, name: string, value: unknown): PointTable | undefined {
  return value === undefined
    ? undefined
    : inTable(`training.${name}`, () => readPoints(`${where} (training.${name})`, value));
}

/** Checks what is known of the training. */
export function readTraining(where: string, value: unknown): CheckedTraining | null {
  if (value === undefined) return null;
  const given = checkOptions(`${where} (training)`, value, NAMES);
  const targets = readTable(where, 'targets', given.targets);
  const outputs = readTable(where, 'outputs', given.outputs);
  if (targets !== undefined && outputs !== undefined && (targets.n !== outputs.n || targets.d !== outputs.d)) {
    throw new ShapeError(
      'shape-mismatch',
      `${where}: training.outputs must have the shape of training.targets, got ${outputs.n} x ${outputs.d} and ${targets.n} x ${targets.d}`,
    );
  }
  if (given.outputRange !== undefined && !Array.isArray(given.outputRange)) {
    throw new InputError(
      'wrong-type',
      `${where}: training.outputRange must be an array of pairs, got ${show(given.outputRange)}`,
    );
  }
  const outputRange = (given.outputRange as unknown[] | undefined)?.map((pair, c) =>
    readPair(where, `outputRange[${c}]`, pair),
  );
  const unit = given.unitRange === undefined ? undefined : readPair(where, 'unitRange', given.unitRange);
  if (unit !== undefined && (unit[0] === null || unit[1] === null)) {
    throw new InputError('wrong-type', `${where}: training.unitRange must have two numbers, got null`);
  }
  return {
    record: readRecord(where, given.record),
    lossSpace: readName(where, 'lossSpace', given.lossSpace),
    measuredSpace: readName(where, 'measuredSpace', given.measuredSpace),
    targets,
    outputs,
    outputRange,
    unitRange: unit as readonly [number, number] | undefined,
  };
}
