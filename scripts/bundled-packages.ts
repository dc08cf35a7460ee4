// Which packages went into a build, and the notice that their licences ask for.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

const FOLDER = 'dist/.bundled';
const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\//g;

/** The packages whose code is in the outputs of a build. What was read and then shaken out does not count. */
function packagesIn(metafile: Metafile): string[] {
  const found = new Set<string>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const last = [...path.matchAll(PACKAGE)].at(-1);
      if (bytesInOutput > 0 && last !== undefined) found.add(path.slice(0, last.index + last[0].length));
    }
  }
  return [...found];
}

/** Leaves a list of the packages of one build beside the others. */
export function recordPackages(name: string, metafile: Metafile): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.json`), JSON.stringify(packagesIn(metafile)));
}

/** An esbuild plugin that records what its build bundles. */
export const recordingPackages = (name: string): Plugin => ({
  name: 'record-packages',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      if (metafile) recordPackages(name, metafile);
    });
  },
});

const LICENCE = /^(licen[cs]e|copying|notice)(\.|$|-)/i;

/** The notice: name, version and licence text of every package that some build recorded. */
export function noticeOfPackages(): string {
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const folders = new Set<string>(readdirSync(FOLDER).flatMap((file) => read(join(FOLDER, file))));
  const parts = [...folders].map((folder) => {
    const { name, version, license } = read(join(folder, 'package.json'));
    // Apache asks for LICENSE and NOTICE both.
    const files = readdirSync(folder).filter((entry) => LICENCE.test(entry));
    if (files.length === 0 && license === undefined) throw new Error(`${name} ${version} says nothing of its licence`);
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
    const text = files.length === 0 ? `Licence: ${license}` : texts.join('\n\n');
    return { name, text: `${name} ${version} (${license})\n\n${text}\n` };
  });
  parts.sort((a, b) => (a.name < b.name ? -1 : 1));
  const head = `The packages whose code is bundled into clusterlens, each with its licence.\n`;
  return [head, ...parts.map(({ text }) => text)].join(`\n${'-'.repeat(80)}\n\n`);
}
