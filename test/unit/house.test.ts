import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../src', import.meta.url));

const BELOW_STUDIES = ['core', 'kernels', 'statistics', 'data', 'distance', 'metrics', 'imbalance', 'signatures'];

const roomsOnOneFloor = (rooms: readonly string[], below: readonly string[]) =>
  Object.fromEntries(rooms.map((room) => [room, below]));

/**
 * The rooms of src that a room may import from, itself aside. Rooms on one floor stand apart.
 * `index` is the table of contents; `nn` is a side wing that knows the readers of the door.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  kernels: ['core'],
  statistics: ['core', 'kernels'],
  data: ['core', 'kernels', 'statistics'],
  distance: ['core', 'kernels', 'statistics', 'data'],
  ...roomsOnOneFloor(['metrics', 'imbalance', 'signatures'], ['core', 'kernels', 'statistics', 'data', 'distance']),
  studies: [...BELOW_STUDIES],
  ...roomsOnOneFloor(['diagnose', 'parallel'], [...BELOW_STUDIES, 'studies']),
  ...roomsOnOneFloor(['plot', 'report'], [...BELOW_STUDIES, 'studies', 'diagnose']),
  nn: ['core', 'kernels', 'statistics', 'data'],
  read: [...BELOW_STUDIES, 'studies'],
  index: [...BELOW_STUDIES, 'studies', 'diagnose'],
  cli: [...BELOW_STUDIES, 'studies', 'diagnose', 'parallel', 'plot', 'report', 'nn', 'read', 'index'],
};

/** What the side wings may take from a room: these files (nn: the readers of the door), and types of any. */
const ONLY_FILES: Readonly<Record<string, readonly string[]>> = {
  'nn -> data': ['data/options.ts', 'data/labels.ts', 'data/named-label.ts', 'data/points.ts', 'data/dataset.ts'],
  'diagnose -> nn': [],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    // AssemblyScript is compiled apart and imports nothing of src.
    if (entry.isDirectory()) return entry.name === 'assembly' ? [] : filesUnder(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** Comments out, so that an example in one is no import. */
const uncommented = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

function importsOf(file: string, source: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    if (!specifier.startsWith('.') || specifier.endsWith('.json')) return;
    const to = join(dirname(file), specifier).replace(/\.js$/, '.ts');
    found.push({ from: file, to, typeOnly });
  };
  const text = uncommented(source);
  for (const [, keyword, clause, specifier] of text.matchAll(
    /^\s*(import|export)\s+([^'";]*?)\s*from\s*['"]([^'"]+)['"]/gm,
  )) {
    const names = /\{([\s\S]*)\}/
      .exec(clause!)?.[1]
      ?.split(',')
      .map((name) => name.trim());
    const allTypes =
      names !== undefined && !/^\w/.test(clause!) && names.every((name) => name === '' || name.startsWith('type '));
    add(specifier!, /^type\b/.test(clause!) || allTypes);
    expect(keyword).toBeDefined();
  }
  for (const [, specifier] of text.matchAll(/^\s*import\s+['"]([^'"]+)['"]/gm)) add(specifier!, false);
  for (const [, specifier] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) add(specifier!, false);
  return found;
}

/** The room of a file: its folder in src, or its own name for files that stand in src itself. */
const roomOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.ts$/, ''));

/** Both sides of an import as they stand in the folder that holds both: a file of it, or a folder in it. */
function inSharedFolder({ from, to }: Import): Import {
  const [a, b] = [from.split('/'), to.split('/')];
  const shared = a.findIndex((name, i) => name !== b[i]);
  const cut = (path: readonly string[]) => path.slice(0, shared + 1).join('/');
  return { from: cut(a), to: cut(b), typeOnly: false };
}

function trespasses(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to, typeOnly }) => {
    const [a, b] = [roomOf(from), roomOf(to)];
    if (a === b) return [];
    const files = ONLY_FILES[`${a} -> ${b}`];
    if (files !== undefined) return typeOnly || files.includes(to) ? [] : [`${from} imports ${to} (types only)`];
    return MAY_IMPORT[a]?.includes(b) ? [] : [`${from} imports ${to}`];
  });
}

/** One cycle of files, as a path that ends where it begins. Types are gone when the program runs, and do not count. */
function cycleOf(imports: readonly Import[]): string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const to of next.get(file) ?? []) {
      const cycle = visit(to, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

const sources = filesUnder(ROOT).map((path) => ({
  file: relative(ROOT, path).replaceAll('\\', '/'),
  source: readFileSync(path, 'utf8'),
}));
const imports = sources.flatMap(({ file, source }) => importsOf(file, source));
const files = new Set(sources.map(({ file }) => file));

describe('the house', () => {
  it('is read whole: every import of a source file leads to a source file', () => {
    expect(imports.length).toBeGreaterThan(files.size);
    expect(imports.filter(({ to }) => !files.has(to))).toEqual([]);
  });

  it('has only the rooms of the table', () => {
    const rooms = [...new Set([...files].map(roomOf))];
    expect(rooms.filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it('imports go down only, and not between rooms of one floor', () => {
    expect(trespasses(imports)).toEqual([]);
  });

  it('no file imports itself by way of others', () => {
    expect(cycleOf(imports)).toBeUndefined();
  });

  it('no folder imports another by way of others, however deep it lies, types counted', () => {
    expect(cycleOf(imports.map(inSharedFolder))).toBeUndefined();
  });

  it('nothing calls Math.random', () => {
    expect(sources.filter(({ source }) => uncommented(source).includes('Math.random')).map(({ file }) => file)).toEqual(
      [],
    );
  });

  it('numbers are written for people in one place', () => {
    const writing = sources.filter(({ source }) =>
      /\.toLocaleString\(|\.toExponential\(|toFixed\(\d*\)\}%/.test(uncommented(source)),
    );
    expect(writing.map(({ file }) => file)).toEqual(['core/words.ts']);
  });

  it('only the command and the threads know node: modules', () => {
    const using = sources.filter(({ file, source }) => {
      return !['cli', 'parallel'].includes(roomOf(file)) && /from 'node:/.test(uncommented(source));
    });
    expect(using.map(({ file }) => file)).toEqual([]);
  });
});

describe('time', () => {
  const CLOCKS = /performance\.(now|mark|timeOrigin)|Date\.now|new Date\(\)|hrtime/;

  it('is read by one file of the library, which tests can set', () => {
    const reading = sources.filter(({ source }) => CLOCKS.test(uncommented(source))).map(({ file }) => file);
    expect(reading).toEqual(['core/clock.ts']);
  });

  it('is nothing that a test rests on: no clock, no timer, no limit of its own', () => {
    const WAITS = /setTimeout|setInterval|AbortSignal\.timeout|Promise\.race|expect\.poll|vi\.wait|useFakeTimers/;
    const LIMITS = /(t|T)imeout: *[1-9]|^ *\}, *[1-9][\d_]{3,}\);$/m;
    const OTHERS = /memoryUsage|availableParallelism|hardwareConcurrency|cpus\(/;
    const folder = fileURLToPath(new URL('..', import.meta.url));
    const resting = filesUnder(folder)
      .filter((path) => path !== fileURLToPath(import.meta.url))
      .filter((path) =>
        [CLOCKS, WAITS, LIMITS, OTHERS].some((kind) => kind.test(uncommented(readFileSync(path, 'utf8')))),
      )
      .map((path) => relative(folder, path));
    expect(resting).toEqual([]);
  });
});

describe('the reader of imports', () => {
  it('sees imports, re-exports, types, side effects and dynamic imports, and no comments', () => {
    const source = [
      "import { a } from '../core/a.js';",
      "import type { B } from '../core/b.js';",
      "import {\n  type C,\n  type D,\n} from './c.js';",
      "import { type E, e } from './e.js';",
      "export { f } from './f.js';",
      "export * from './g.js';",
      "import './h.js';",
      "const i = await import('./i.js');",
      "// import { no } from './no.js';",
      "/** import { no } from './no.js'; */",
      "import { other } from 'ml-distance';",
    ].join('\n');
    expect(importsOf('data/x.ts', source).map(({ to, typeOnly }) => [to, typeOnly])).toEqual([
      ['core/a.ts', false],
      ['core/b.ts', true],
      ['data/c.ts', true],
      ['data/e.ts', false],
      ['data/f.ts', false],
      ['data/g.ts', false],
      ['data/h.ts', false],
      ['data/i.ts', false],
    ]);
  });

  it('finds an upward import, a sideways import, a value through a types-only door, and a cycle', () => {
    const one = (from: string, to: string, typeOnly = false) => ({ from, to, typeOnly });
    expect(trespasses([one('core/a.ts', 'data/b.ts')])).toHaveLength(1);
    expect(trespasses([one('metrics/a.ts', 'signatures/b.ts', true)])).toHaveLength(1);
    expect(trespasses([one('nn/a.ts', 'data/x.ts')])).toHaveLength(1);
    expect(trespasses([one('nn/a.ts', 'data/x.ts', true), one('nn/a.ts', 'data/options.ts')])).toEqual([]);
    expect(trespasses([one('diagnose/a.ts', 'nn/b.ts')])).toHaveLength(1);
    expect(cycleOf([one('a.ts', 'b.ts'), one('b.ts', 'c.ts'), one('c.ts', 'a.ts')])).toEqual([
      'a.ts',
      'b.ts',
      'c.ts',
      'a.ts',
    ]);
    expect(cycleOf([one('a.ts', 'b.ts'), one('a.ts', 'c.ts'), one('b.ts', 'c.ts')])).toBeUndefined();
    expect(cycleOf([one('a.ts', 'b.ts'), one('b.ts', 'a.ts', true)])).toBeUndefined();
    const deep = [one('nn/a/b/c.ts', 'nn/a/d/e.ts', true), one('nn/a/d/f.ts', 'nn/a/b/g.ts')].map(inSharedFolder);
    expect(cycleOf(deep)).toEqual(['nn/a/b', 'nn/a/d', 'nn/a/b']);
    expect(inSharedFolder(one('nn/a/b.ts', 'nn/c.ts'))).toEqual(one('nn/a', 'nn/c.ts'));
  });
});
