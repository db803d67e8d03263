import { rmSync } from 'node:fs';
import { build } from 'esbuild';

/**
 * The command line as few files, of which each verb loads only its own: to find and read the hundreds
 * of modules of ours, of Ink's and of React's takes most of a start.
 */
rmSync('dist/cli/parts', { recursive: true, force: true });
await build({
  entryPoints: ['cli/main.ts'],
  outdir: 'dist/cli',
  bundle: true,
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  jsx: 'automatic',
  sourcemap: true,
  allowOverwrite: true,
  logLevel: 'warning',
  // A native library finds itself by where it lies. Ink asks for React's tools only where it is told to.
  external: ['koffi', 'react-devtools-core'],
  define: {
    'process.env.NODE_ENV': '"production"', // React's development build is several times slower.
    'process.env.DEV': '"false"', // Ink's word for those tools, which may stand in anybody's environment.
    // Yoga would fetch its own bytes from a data: URL, for which Node loads its HTTP client (25 ms).
    fetch: 'undefined',
  },
  // CommonJS modules among them ask for Node's own.
  banner: {
    js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
  },
});
