// Uses the packed archive in the tools that people build with, each without settings:
// Jest (CommonJS), Yarn Plug'n'Play, Rollup without plug-ins, Parcel, and an import map in a page.
// `node scripts/check-consumers.mjs ARCHIVE` expects the archive that `npm pack` makes.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';

const archive = resolve(process.argv[2]);
const home = mkdtempSync(join(tmpdir(), 'clusterlens-consumers-'));
const quiet = ['ignore', 'pipe', 'pipe'];
const env = { ...process.env, NO_UPDATE_NOTIFIER: '1' };

/** A folder with files, the archive installed in it, and `tools` from the registry. */
function project(name, files, tools = [], settings = {}) {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  const about = { name: `with-${name}`, version: '1.0.0', private: true, ...settings };
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify(about), ...files })) {
    writeFileSync(join(folder, path), text);
  }
  const install = ['install', '--silent', '--no-audit', '--no-fund', archive, ...tools];
  execFileSync('npm', install, { cwd: folder, env, stdio: quiet });
  return folder;
}
const run = (folder, command, ...args) =>
  execFileSync(command, args, { cwd: folder, env, stdio: quiet, encoding: 'utf8' });
function expectAnswer(text) {
  if (!text.includes('0.5 0.5 function')) throw new Error(`expected "0.5 0.5 function", got ${JSON.stringify(text)}`);
}

// Lorentzian comes from a bundled package, train from an entry of its own.
const USE = `
const points = [[0], [1], [1], [2], [3], [3]];
const labels = [0, 1, 1, 1, 2, 2];
const answer = [
  silhouette(points, labels).score,
  silhouette(points, labels, { metric: 'lorentzian' }).score > 0 ? 0.5 : 'wrong',
  typeof train,
].join(' ');
`;
const ESM = `import { silhouette } from 'clusterlens';\nimport { train } from 'clusterlens/nn';\n${USE}`;
const CJS = `const { silhouette } = require('clusterlens');\nconst { train } = require('clusterlens/nn');\n${USE}`;

const checks = {
  'Jest, CommonJS': () => {
    const test = `${CJS}\ntest('scores', () => expect(answer).toBe('0.5 0.5 function'));\n`;
    const folder = project('jest', { 'use.test.js': test }, ['jest@30']);
    run(folder, 'npx', 'jest', '--silent');
  },
  "Yarn Plug'n'Play, require": () => {
    const folder = project('yarn-tool', {}, ['@yarnpkg/cli-dist@4']);
    const yarn = join(folder, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');
    const plain = join(home, 'yarn');
    mkdirSync(plain);
    copyFileSync(archive, join(plain, 'clusterlens.tgz'));
    const about = { name: 'with-yarn', private: true, dependencies: { clusterlens: 'file:./clusterlens.tgz' } };
    writeFileSync(join(plain, 'package.json'), JSON.stringify(about));
    writeFileSync(join(plain, 'yarn.lock'), '');
    writeFileSync(
      join(plain, '.yarnrc.yml'),
      'enableTelemetry: false\nenableGlobalCache: false\nenableImmutableInstalls: false\nnodeLinker: pnp\n',
    );
    writeFileSync(join(plain, 'use.cjs'), `${CJS}\nconsole.log(answer);\n`);
    run(plain, 'node', yarn, 'install');
    expectAnswer(run(plain, 'node', yarn, 'node', 'use.cjs'));
  },
  'Rollup without plug-ins': () => {
    // Rollup reads relative paths only, unless a plug-in finds packages.
    const entry = ESM.replace("'clusterlens'", "'./node_modules/clusterlens/dist/index.js'").replace(
      "'clusterlens/nn'",
      "'./node_modules/clusterlens/dist/nn/index.js'",
    );
    const folder = project('rollup', { 'use.mjs': `${entry}\nconsole.log(answer);\n` }, ['rollup@4']);
    run(folder, 'npx', 'rollup', 'use.mjs', '--file', 'out.mjs', '--format', 'es', '--failAfterWarnings');
    expectAnswer(run(folder, 'node', 'out.mjs'));
  },
  'Parcel by default': () => {
    const folder = project('parcel', { 'use.js': `${ESM}\nconsole.log(answer);\n` }, ['parcel@2'], {
      main: 'out/use.js',
      targets: { main: { includeNodeModules: true } },
    });
    run(folder, 'npx', 'parcel', 'build', 'use.js', '--no-cache', '--log-level', 'error');
    expectAnswer(run(folder, 'node', 'out/use.js'));
  },
  'an import map in a page': async () => {
    const imports = {
      clusterlens: '/node_modules/clusterlens/dist/index.js',
      'clusterlens/nn': '/node_modules/clusterlens/dist/nn/index.js',
    };
    const page = `<!doctype html><title>page</title><script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">${ESM}\ndocument.body.textContent = answer;</script><body></body>`;
    const folder = project('page', { 'index.html': page });
    await inBrowser(folder, async (tab) => {
      await tab.waitForFunction(() => document.body.textContent.includes('function'));
      expectAnswer(await tab.evaluate(() => document.body.textContent));
    });
  },
};

async function inBrowser(folder, act) {
  const { chromium } = await import('playwright-core');
  const types = { '.html': 'text/html', '.js': 'text/javascript' };
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : new URL(request.url, 'http://localhost').pathname;
    try {
      const body = readFileSync(join(folder, path));
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  });
  try {
    const tab = await browser.newPage();
    const faults = [];
    tab.on('pageerror', (error) => faults.push(error.message));
    tab.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await act(tab).catch((error) => {
      throw new Error([error.message, ...faults].join('\n'));
    });
  } finally {
    await browser.close();
    server.close();
  }
}

let failed = 0;
try {
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok   ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${name}\n${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
    }
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
console.log(`consumers: ${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
