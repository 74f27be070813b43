/** Makes dist/: the command (dist/cli.js), the library (dist/index.js) and its types. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const node = process.execPath;
const withTypes = !process.argv.includes('--no-types');

execFileSync(node, ['.config/schemas.mjs'], { stdio: 'inherit' });

const { metafile } = await build({
  entryPoints: ['src/cli.ts', 'src/index.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  sourcemap: false,
  metafile: true,
  // Packages in CommonJS use names that ES modules do not have.
  banner: {
    js: [
      "import { createRequire as salesiqCreateRequire } from 'node:module';",
      "import { fileURLToPath as salesiqFileURLToPath } from 'node:url';",
      'const require = salesiqCreateRequire(import.meta.url);',
      'const __filename = salesiqFileURLToPath(import.meta.url);',
    ].join(' '),
  },
  logLevel: 'warning',
});
chmodSync('dist/cli.js', 0o755);

// What an earlier build left goes last, so that a command which runs meanwhile finds its parts for as long as possible.
const made = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const name of readdirSync('dist')) if (name.endsWith('.js') && !made.has(name)) rmSync(join('dist', name), { force: true });

if (withTypes) {
  execFileSync(node, ['node_modules/typescript/bin/tsc', '-p', '.config/types.tsconfig.json'], { stdio: 'inherit' });
  // The compiler makes no copies of declarations that were written by hand.
  for (const folder of ['desired', 'callbacks']) copyFileSync(`src/${folder}/validators.d.ts`, `dist/${folder}/validators.d.ts`);
}
