import { benchInference } from './inference.js';
import { benchMemory } from './memory.js';
import { benchMerging } from './merging.js';
import { benchReview } from './review.js';
import { benchParser } from './strace-parser.js';
import { benchTracing } from './tracing.js';

/** All comparisons: `npm run bench [-- tracing|memory|merging|parser|inference|review]`. */
const wanted = process.argv.slice(2);
const all = {
  tracing: benchTracing,
  memory: benchMemory,
  merging: benchMerging,
  parser: benchParser,
  inference: benchInference,
  review: benchReview,
};

for (const [name, bench] of Object.entries(all)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`## ${name}\n\n`);
  await bench();
}
