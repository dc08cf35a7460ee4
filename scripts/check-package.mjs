// Packs the library as it would be published, and uses the packed archive as strangers would:
// from an ES module, from CommonJS, and from TypeScript under both module resolutions.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (command, args, cwd = root) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

let passed = 0;
let failed = 0;
function check(name, act) {
  try {
    act();
    passed++;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}\n${error.stdout ?? ''}${error.message}`);
  }
}
function expectOutput(actual, expected) {
  if (actual.trim() !== expected) throw new Error(`expected ${expected}, got ${actual.trim()}`);
}

run('npm', ['run', 'build']);
const home = mkdtempSync(join(tmpdir(), 'clusterlens-package-'));
run('npm', ['pack', '--silent', '--pack-destination', home]);
const archive = readdirSync(home).find((name) => name.endsWith('.tgz'));
check('publint', () => run('npx', ['publint', '--strict']));
check('are the types wrong', () =>
  run('npx', ['attw', join(home, archive), '--profile', 'node16', '--format', 'ascii']),
);

const consumer = join(home, 'consumer');
mkdirSync(consumer);
writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true }');
const install = (...names) => run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...names], consumer);
install(join(home, archive));
check('one package is installed', () => {
  const packages = readdirSync(join(consumer, 'node_modules')).filter((name) => !name.startsWith('.'));
  expectOutput(packages.join(' '), 'clusterlens');
});
check('the installed package takes 5.2 MB at most', () => {
  const bytes = Number(run('du', ['-sb', join(consumer, 'node_modules/clusterlens')]).split('\t')[0]);
  console.log(`     ${(bytes / 1e6).toFixed(2)} MB`);
  if (bytes > 5.2e6) throw new Error(`${bytes} bytes`);
});
check('the command runs', () =>
  expectOutput(
    run('npx', ['clusterlens', '--version'], consumer),
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
  ),
);
const program = `
const points = [[0], [1], [1], [2], [3], [3]];
const labels = [0, 1, 1, 1, 2, 2];
console.log(silhouette(points, labels).score, typeof train);
`;
const answers = '0.5 function';
writeFileSync(
  join(consumer, 'main.mjs'),
  `import { silhouette } from 'clusterlens';\nimport { train } from 'clusterlens/nn';\n${program}`,
);
writeFileSync(
  join(consumer, 'main.cjs'),
  `const { silhouette } = require('clusterlens');\nconst { train } = require('clusterlens/nn');\n${program}`,
);
writeFileSync(
  join(consumer, 'typed.mts'),
  `import { Matrix } from 'ml-matrix';
import { dataset, silhouette, type SilhouetteResult } from 'clusterlens';
const result: SilhouetteResult = silhouette(dataset(new Matrix([[0], [1], [2], [3]]), ['a', 'a', 'b', 'b']));
const score: number = result.score;
// @ts-expect-error a metric must be a known name or a function
silhouette([[0], [1], [2]], [0, 0, 1], { metric: 'euclidian' });
export { score };
`,
);
check('runs from an ES module', () => expectOutput(run('node', ['main.mjs'], consumer), answers));
check('runs from CommonJS', () => expectOutput(run('node', ['main.cjs'], consumer), answers));
install('ml-matrix@6');
const tsc = join(root, 'node_modules/typescript/bin/tsc');
for (const [module, resolution] of [
  ['node16', 'node16'],
  ['esnext', 'bundler'],
]) {
  check(`types hold under moduleResolution ${resolution}`, () =>
    run(
      'node',
      [
        tsc,
        '--noEmit',
        '--strict',
        '--exactOptionalPropertyTypes',
        '--target',
        'es2022',
        '--module',
        module,
        '--moduleResolution',
        resolution,
        'typed.mts',
      ],
      consumer,
    ),
  );
}
check('the archive holds the pictures of the README and the licences of what is bundled', () => {
  const held = run('tar', ['-tzf', join(home, archive)]).split('\n');
  const pictures = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g);
  const needed = [...Array.from(pictures, ([, path]) => path), 'dist/THIRD-PARTY-NOTICES.txt'];
  const missing = needed.filter((path) => !held.includes(`package/${path}`));
  if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
  const notice = readFileSync(join(consumer, 'node_modules/clusterlens/dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of ['ml-distance', 'simple-statistics', 'commander', 'hyparquet']) {
    if (!notice.includes(`\n${name} `)) throw new Error(`the notice lacks ${name}`);
  }
});
check('the archive holds no source, test or data', () => {
  const extra = run('tar', ['-tzf', join(home, archive)])
    .trim()
    .split('\n')
    .filter(
      (path) =>
        !/^package\/(dist\/|docs\/\w+\.svg$|(nn|parallel|plot|read|report)\/package\.json$|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/.test(
          path,
        ),
    );
  if (extra.length > 0) throw new Error(extra.join(', '));
});
check('its consumers', () => console.log(run('node', ['scripts/check-consumers.mjs', join(home, archive)]).trim()));
rmSync(home, { recursive: true });
console.log(`package: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
