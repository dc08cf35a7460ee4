// Compiles the kernels from AssemblyScript to WebAssembly and writes each as a TypeScript file that
// holds the binary, so that users install and load nothing beside the JavaScript:
//   node scripts/build-kernels.mjs [name ...]
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = {
  distance: 'src/kernels/wasm',
  labeling: 'src/kernels/wasm',
  product: 'src/kernels/wasm',
  training: 'src/nn/kernels/wasm',
};

/** One separate binary each: assembly/<name>.ts in its folder becomes <name>-binary.ts beside that. */
export const MODULES = Object.keys(FOLDERS);

/** The binary of one module. */
export async function compileKernels(name) {
  const scratch = mkdtempSync(join(tmpdir(), 'clusterlens-kernels-'));
  const out = join(scratch, `${name}.wasm`);
  try {
    const { error, stderr } = await main([
      join(root, FOLDERS[name], 'assembly', `${name}.ts`),
      ...['--outFile', out, '--runtime', 'stub', '--importMemory', '--noExportMemory', '--noAssert'],
      ...['--enable', 'simd', '--enable', 'bulk-memory'],
      ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge'],
    ]);
    if (error) throw new Error(`${name}: ${error.message}\n${stderr.toString()}`);
    return readFileSync(out);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The TypeScript file that holds a binary. */
export function embedded(name, binary) {
  return `// Made from assembly/${name}.ts by scripts/build-kernels.mjs: do not edit.
/** ${binary.length} bytes of WebAssembly, in hexadecimal digits. */
// biome-ignore format: one long string
export const ${name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}Binary =
  '${binary.toString('hex')}';
`;
}

export function embeddedPath(name) {
  return join(root, FOLDERS[name], `${name}-binary.ts`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  for (const name of asked.length > 0 ? asked : MODULES) {
    const binary = await compileKernels(name);
    writeFileSync(embeddedPath(name), embedded(name, binary));
    console.log(`${name}: ${binary.length} bytes`);
  }
}
