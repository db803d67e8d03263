import { readdirSync } from 'node:fs';

/** What one process tests: some of a directory's suites. */
export interface Part {
  readonly directory: string;
  /** The suites' files in there. */
  readonly files: readonly string[];
  /** What the end-to-end suites learn with. */
  readonly tracer: 'permissive' | 'strace';
}

/**
 * Every suite, and those end to end once a tracer. The parts that take the longest come first, so
 * that none of them ends alone; what is left of a directory is a part of its own.
 */
export function allParts(): readonly Part[] {
  const taken = new Set<string>();
  return shares.map(({ directory, tracer, files }) => {
    const own = suitesIn(directory).filter(
      (file) => files.test(file) && !taken.has(`${tracer} ${directory} ${file}`),
    );
    for (const file of own) taken.add(`${tracer} ${directory} ${file}`);
    return { directory, tracer, files: own };
  });
}

/** The suites of a directory, but for those end to end, which are apart. */
export function suitesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file) && !file.startsWith('end-to-end/'))
    .sort();
}

/** These share what each workload teaches, so that it is learned once. */
const lessons = /^(denies|exported-launcher|learn-and-enforce|tracers-agree)\./;

/** Each takes its files of what those before it have left. */
const shares: readonly (Omit<Part, 'files'> & { readonly files: RegExp })[] = [
  endToEnd('permissive', lessons),
  endToEnd('strace', lessons),
  room(/^cli\/(?!(infer-many|usage|verify)\.)/),
  room(/^(inference|landlock)\//),
  endToEnd('permissive', /^check-agrees\./),
  room(/^cli\//),
  endToEnd('strace', /./),
  room(/./),
  endToEnd('permissive', /^(how-a-target-ends|integrity|killed|operations)\./),
  endToEnd('permissive', /^(another-user|check-spelling|dangers|denials)\./),
  endToEnd('permissive', /./),
  { directory: 'tracer/strace-parser/test', files: /./, tracer: 'permissive' },
];

function endToEnd(tracer: Part['tracer'], files: RegExp) {
  return { directory: 'test/end-to-end', tracer, files };
}

function room(files: RegExp) {
  return { directory: 'test', tracer: 'permissive', files } as const;
}
