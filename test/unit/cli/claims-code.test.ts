import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../src/cli/claims-code.js';
import { verifyClaims } from '../../../src/index.js';

const POINTS = [[0], [1], [5], [6], [20], [22], [23]];
const LABELS = [0, 0, 1, 1, 2, 2, 2];
const checksOf = (claims: Record<string, string>, strict = false) => verifyClaims(POINTS, LABELS, claims, { strict });
const [own] = checksOf({ silhouette: '0.5' });
const value = own!.recomputed!;
const macro = own!.conventions.find(({ name }) => name.startsWith('macro'))!;

describe('the exit code of claims', () => {
  it('is that of the settings given, of another convention, or of a number that nothing gives', () => {
    expect(codeOf(checksOf({ silhouette: value.toFixed(4) }))).toBe(0);
    expect(codeOf(checksOf({ silhouette: macro.value!.toFixed(4) }))).toBe(3);
    expect(codeOf(checksOf({ silhouette: '0.1234' }))).toBe(1);
  });

  it('of several claims is 1 before 2, 2 before 3, 3 before 0', () => {
    const [good] = checksOf({ silhouette: value.toFixed(4) });
    const [other] = checksOf({ silhouette: macro.value!.toFixed(4) });
    const [bad] = checksOf({ silhouette: '0.1234' });
    const open = { ...bad!, verdict: 'not-computable' as const };
    expect(codeOf([good!, other!, open, bad!])).toBe(1);
    expect(codeOf([good!, other!, open])).toBe(2);
    expect(codeOf([good!, other!])).toBe(3);
    expect(codeOf([])).toBe(0);
  });

  it('with strict what another convention gives is refuted, and named', () => {
    const [check] = checksOf({ silhouette: macro.value!.toFixed(4) }, true);
    expect([check!.verdict, check!.reproducedBy, check!.caution]).toEqual(['refuted', macro.name, undefined]);
    expect(codeOf([check!])).toBe(1);
    expect(codeOf(checksOf({ silhouette: value.toFixed(4) }, true))).toBe(0);
  });
});
