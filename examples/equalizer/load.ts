import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { classBalance } from 'clusterlens';
import { parse } from 'csv-parse';
import { didYouMean } from '../../src/core/suggest.js';
import type { Corpus } from './corpus.js';

/** A file that cannot be used, said so that the reader knows what to change. */
export class CorpusFileError extends Error {}

function numberAt(path: string, text: string, line: number, column: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new CorpusFileError(
    `${path}: line ${line}, column ${column}: needs a number, got ${JSON.stringify(text)}; ` +
      "if the column holds the labels, name it 'label'",
  );
}

/** A CSV file with a header: numeric columns, and the label in the column 'label' or else in the last. */
async function loadCsv(path: string): Promise<Corpus> {
  const rows: Float64Array[] = [];
  const labels: string[] = [];
  let header: string[] | undefined;
  let labelAt = -1;
  const parser = parse(await readFile(path), { bom: true, skip_empty_lines: true, info: true });
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (header === undefined) {
        header = record;
        labelAt = header.indexOf('label') === -1 ? header.length - 1 : header.indexOf('label');
        if (header.length < 2) {
          throw new CorpusFileError(
            `${path}: needs at least one numeric column and a label, got ${header.length} column`,
          );
        }
        if (header.every((name) => name.trim() !== '' && Number.isFinite(Number(name)))) {
          throw new CorpusFileError(
            `${path}: line 1 needs the names of the columns, got only numbers; add a line such as f1,f2,label`,
          );
        }
        continue;
      }
      const names = header;
      if (record[labelAt]!.trim() === '') {
        throw new CorpusFileError(`${path}: line ${info.lines}, column ${names[labelAt]}: needs a label, got none`);
      }
      labels.push(record[labelAt]!);
      rows.push(
        Float64Array.from(
          record.flatMap((text, c) => (c === labelAt ? [] : [numberAt(path, text, info.lines, names[c]!)])),
        ),
      );
    }
  } catch (error) {
    // The parser tells the line of a row with too many or too few fields.
    if (error instanceof CorpusFileError) throw error;
    throw new CorpusFileError(`${path}: ${(error as Error).message}`);
  }
  if (rows.length === 0) throw new CorpusFileError(`${path}: needs rows below the header, got none`);
  const columns = header!.filter((_, c) => c !== labelAt);
  return { name: basename(path), synthetic: false, rows, labels, columns };
}

/** The corpus as it is published: a Parquet file with the columns `text` and `param_values`. */
async function loadParquet(path: string): Promise<Corpus> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  // What the reader cannot make sense of is the file's fault: damaged, another format, another compression.
  const unreadable = (error: Error): never => {
    throw new CorpusFileError(`${path}: needs Parquet, uncompressed or with Snappy, got: ${error.message}`);
  };
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch(unreadable);
  const present = parquetSchema(metadata).children.map(({ element }) => element.name);
  for (const needed of ['text', 'param_values']) {
    if (present.includes(needed)) continue;
    throw new CorpusFileError(
      `${path}: needs the columns text and param_values, got ${present.join(', ')}${didYouMean(needed, present)}`,
    );
  }
  const records = await parquetReadObjects({ file, columns: ['text', 'param_values'] }).catch(unreadable);
  const width = (records[0]?.param_values as ArrayLike<unknown> | null | undefined)?.length ?? 0;
  if (records.length === 0) throw new CorpusFileError(`${path}: needs rows, got none`);
  const rows = records.map(({ text, param_values: list }, i) => {
    if (typeof list !== 'object' || list === null) {
      throw new CorpusFileError(`${path}: row ${i}: param_values needs a list of numbers, got ${String(list)}`);
    }
    const values = Array.from(list as ArrayLike<unknown>);
    if (values.length !== width || width === 0) {
      throw new CorpusFileError(
        `${path}: row ${i}: param_values needs ${width || 'some'} numbers as in row 0, got ${values.length}`,
      );
    }
    const wrong = values.findIndex((value) => typeof value !== 'number' || !Number.isFinite(value));
    if (wrong >= 0) {
      throw new CorpusFileError(
        `${path}: row ${i}: value ${wrong} of param_values needs a number, got ${values[wrong]}`,
      );
    }
    if (typeof text !== 'string' || text === '') {
      throw new CorpusFileError(`${path}: row ${i}: text needs a word, got ${JSON.stringify(text)}`);
    }
    return Float64Array.from(values as number[]);
  });
  return {
    name: basename(path),
    synthetic: false,
    rows,
    labels: records.map(({ text }) => String(text)),
    columns: Array.from({ length: width }, (_, c) => `param_${c}`),
  };
}

/** Fewest rows of a term that the remedy keeps, and fewest such terms: with less there is nothing to tell apart. */
const ROWS = 10;
const TERMS = 2;

function requireTerms(path: string, corpus: Corpus): Corpus {
  const { classes } = classBalance(corpus.labels);
  const enough = classes.filter(({ count }) => count >= ROWS).length;
  if (enough >= TERMS) return corpus;
  const largest = classes.slice(0, 3).map(({ label, count }) => `${JSON.stringify(label)} ${count}`);
  throw new CorpusFileError(
    `${path}: needs at least ${TERMS} labels with ${ROWS} rows or more each, got ${enough} among ${classes.length} ` +
      `(largest: ${largest.join(', ')}); if another column holds the labels, name it 'label'`,
  );
}

/** Reads a corpus from a CSV or Parquet file. @throws CorpusFileError with the file, the place and the remedy. */
export async function loadCorpus(path: string): Promise<Corpus> {
  if (!existsSync(path)) throw new CorpusFileError(`${path}: no such file`);
  if (!statSync(path).isFile()) throw new CorpusFileError(`${path}: needs a file, got a folder`);
  const kind = extname(path).toLowerCase();
  if (kind !== '.csv' && kind !== '.parquet') {
    throw new CorpusFileError(`${path}: needs a .csv or a .parquet file, got '${kind}'`);
  }
  return kind === '.csv' ? loadCsv(path) : loadParquet(path);
}

/** The same, for training: enough rows of at least two labels. */
export async function loadTrainable(path: string): Promise<Corpus> {
  return requireTerms(path, await loadCorpus(path));
}
