import { describe, expect, it } from 'vitest';
import { rowsCsv } from '../../../src/cli/print/rows-csv.js';

describe('rowsCsv', () => {
  it('counts rows of data from 1 and quotes labels that CSV would tear apart', () => {
    const rows = [
      { row: 0, label: 'a, "b"', nearer: 'two\nlines', width: -0.5, reason: 'border', weight: 0.25 },
      { row: 41, label: ' lead', nearer: null, width: null, reason: 'outlier', weight: 0.9 },
    ] as const;
    expect(rowsCsv(rows)).toBe(
      'data_row,label,nearer,reason,weight,width\n1,"a, ""b""","two\nlines",border,0.25,-0.5\n42," lead",,outlier,0.9,\n',
    );
  });
});
