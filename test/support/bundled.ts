import { mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * A program of the tests as one file of JavaScript, made once in each process that runs it: what
 * lets Node run TypeScript takes longer to begin than most of these programs take.
 */
export function bundled(program: string): string {
  const known = made.get(program);
  if (known !== undefined) return known;
  const outfile = join(place(), `${basename(program, '.ts')}.js`);
  buildSync({
    ...{ entryPoints: [program], outfile, bundle: true, packages: 'external' },
    ...{ platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning' },
  });
  made.set(program, outfile);
  return outfile;
}

const made = new Map<string, string>();

/** In the tree, where the packages are found that they need. */
function place(): string {
  if (directory !== undefined) return directory;
  const own = mkdtempSync(new URL('../../dist/test-programs-', import.meta.url).pathname);
  process.on('exit', () => rmSync(own, { recursive: true, force: true }));
  directory = own;
  return own;
}

let directory: string | undefined;
