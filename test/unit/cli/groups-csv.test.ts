import { describe, expect, it } from 'vitest';
import { groupsCsv } from '../../../src/cli/print/groups-csv.js';

describe('groupsCsv', () => {
  it('has a line for every row of the file, empty where a row was left out', () => {
    const groups = { fileRows: [0, 2], labels: ['a', 'b, c'], subLabels: ['a', 'b, c (2)'], groupOf: [2, 1] };
    expect(groupsCsv(groups, 4)).toBe('data_row,label,sublabel,group\n1,a,a,2\n2,,,\n3,"b, c","b, c (2)",1\n4,,,\n');
  });
});
