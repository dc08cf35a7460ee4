import { share } from '../../parallel/share.js';
import type { ClaimCheck } from '../../studies/claims/claim-types.js';
import type { Claims, VerifyClaimsOptions } from '../../studies/claims/verify-claims.js';
import type { LoadedData } from '../load-data.js';
import type { Terminal } from '../terminal.js';
import { perform } from './calls.js';
import { poolFor } from './pool-for.js';

/** Conventions under which a claim is tried, about, and the rows from which on it is sampled. */
const CONVENTIONS = 10;
const EXACT_ROWS = 10_000;

/** `verifyClaims`, one claim beside the other where there are threads. */
export async function verifyInThreads(
  { points, labels, places }: Pick<LoadedData, 'points' | 'labels' | 'places'>,
  claims: Claims,
  options: VerifyClaimsOptions,
  progress: Terminal['progress'],
  threads: number | undefined,
): Promise<ClaimCheck[]> {
  const names = Object.keys(claims);
  const { rows, columns } = points;
  const work = CONVENTIONS * rows * Math.min(rows, EXACT_ROWS) * columns;
  const pool = names.length === 1 ? undefined : poolFor(threads, work);
  const data = pool === undefined ? { points, labels, places } : share({ points, labels, places });
  const left = new Set(names);
  const tell = () =>
    progress(
      `recomputing ${pool === undefined ? [...left][0] : [...left].join(', ')}`,
      names.length - left.size,
      names.length,
    );
  const check = async (name: string): Promise<ClaimCheck[]> => {
    const input = [data, { [name]: claims[name]! }, options] as const;
    tell();
    const checks = pool === undefined ? perform({ kind: 'claims', input }) : await pool.run('claims', input);
    left.delete(name);
    return checks;
  };
  try {
    return (await Promise.all(names.map(check))).flat();
  } finally {
    pool?.end();
  }
}
