import { InputError, show } from '../core/errors.js';

/** Checks that a value is a diagnosis of a schema that this version knows, before anything is written. */
export function readDiagnosis(where: string, value: unknown): void {
  const { schema, findings, metrics, balance, input } = (value ?? {}) as Record<string, unknown>;
  if (schema !== undefined && schema !== 1) {
    throw new InputError(
      'out-of-range',
      `${where}: schema of the diagnosis must be 1, got ${show(schema)}; diagnose again`,
    );
  }
  const whole =
    Array.isArray(findings) && Array.isArray(metrics) && typeof balance === 'object' && typeof input === 'object';
  if (schema === 1 && whole && balance !== null && input !== null) return;
  throw new InputError('wrong-type', `${where}: needs the result of diagnose, got ${show(value)}`);
}
