import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { REFERENCE_HASH } from '../../unit/nn/reference-run.js';

const CHROMIUM = '/usr/bin/chromium';
const missing = !existsSync(CHROMIUM);
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

/** The library with the reference run, as a script that leaves both in `reference`. */
async function script(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as nn from './src/nn/index.ts';
        import { referenceRun } from './test/unit/nn/reference-run.ts';
        export const run = async () => {
          const { bytes, epochs } = await referenceRun(nn);
          const model = nn.residualAutoencoder({ inputSize: 3, hiddenSizes: [4] });
          const { steps } = nn.explainPlan(model, nn.tensor([[1, 2, 3]]));
          return { bytes: Array.from(bytes), engines: epochs.map(({ engine }) => engine), kernel: steps[0].kernel };
        };`,
      resolveDir: fileURLToPath(new URL('../../..', import.meta.url)),
    },
    bundle: true,
    format: 'iife',
    globalName: 'reference',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]!.text;
}

it('has a browser, where one is required', () => {
  if (process.env.CLUSTERLENS_BROWSER === 'required') expect(missing, CHROMIUM).toBe(false);
});

// The reason stands in the name, where whoever reads "skipped" sees it.
describe.skipIf(missing)(`training in Chromium${missing ? ` (skipped: no ${CHROMIUM})` : ''}`, () => {
  it('gives the weights that Node gives, to the last bit', async () => {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, timeout: 0 });
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(0);
      await page.addScriptTag({ content: await script() });
      const { bytes, engines, kernel } = (await page.evaluate('reference.run()')) as {
        bytes: number[];
        engines: string[];
        kernel: string;
      };
      expect({ engines, kernel }).toEqual({ engines: ['plan', 'plan', 'plan'], kernel: 'simd' });
      expect(createHash('sha256').update(Uint8Array.from(bytes)).digest('hex')).toBe(REFERENCE_HASH);
    } finally {
      await browser.close();
    }
  });
});
