import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { RunMerger } from '../../inference/merge-runs.js';
import type { Run } from '../../inference/run.js';
import { loadAlone, loadProfile } from '../../profiles/load.js';
import type { Profile } from '../../profiles/profile.js';
import { commonSurroundings, Relocation } from '../../profiles/relocate.js';
import { resolveProfile } from '../../profiles/resolve.js';
import type { AmbientVariables } from '../../tracer/ambient-names.js';
import type { TraceSummary } from '../../tracer/trace.js';
import { readHeader } from '../../tracer/trace-file.js';
import { isProfile } from '../is-profile.js';
import { readAnyTrace } from '../read-any-trace.js';
import { runOf } from '../run-of.js';

/** What `infer` was given to read. */
export interface Inputs {
  readonly traces: readonly NamedTrace[];
  /** What the traces showed, put together where there are several. */
  readonly runs: readonly Run[];
  readonly profiles: readonly NamedProfile[];
  /** What variables stood for where the traces were made, or would have been: see `Relocation`. */
  readonly variables: AmbientVariables;
}

export interface NamedTrace extends TraceSummary {
  readonly file: string;
}

export interface NamedProfile {
  readonly file: string;
  readonly profile: Profile;
}

/**
 * Reads traces and profiles, one after the other: of the traces no more is kept than what they
 * differ in. A trace that is there twice, by its bytes, is one run.
 *
 * @param output - to be written: the additions beside it stay there, and those of others count.
 * @param here - the surroundings to which traces are moved, where they are to be these.
 */
export async function readInputs(
  files: readonly string[],
  tool: string,
  output: string | undefined,
  here: AmbientVariables | undefined,
): Promise<Inputs> {
  const variables = here ?? commonSurroundings(files.map(surroundingsIn)) ?? {};
  const relocation = new Relocation(variables);
  const traces: NamedTrace[] = [];
  const profiles: NamedProfile[] = [];
  const runs = new Runs();
  const known = new Set<string>();
  const environments = new Map<string, TraceSummary['header']['environment']>();
  for (const file of files) {
    if (isProfile(file)) {
      profiles.push({ file, profile: profileAt(file, output) });
      continue;
    }
    const trace = await readAnyTrace(file, tool);
    const digest = digestOf(file);
    if (known.has(digest)) continue;
    known.add(digest);
    const { operations, objects, lookups = [], ...summary } = relocation.of(trace);
    runs.add(runOf({ ...summary, operations, objects, lookups }));
    const key = JSON.stringify(summary.header.environment);
    const environment = environments.get(key) ?? summary.header.environment;
    environments.set(key, environment);
    const { denials: _, ...rest } = summary;
    traces.push({ ...rest, header: { ...rest.header, environment }, file });
  }
  return { traces, runs: runs.all(), profiles, variables };
}

/** Of a trace of ours; nobody knows those of logs. What cannot be read is told when it is. */
function surroundingsIn(file: string): AmbientVariables | undefined {
  if (isProfile(file) || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    return undefined;
  }
  try {
    return readHeader(file)?.variables;
  } catch {
    return undefined;
  }
}

/** A single run stays as it is: there is nothing to put together. */
class Runs {
  #first: Run | undefined;
  #merger: RunMerger | undefined;

  add(run: Run): void {
    if (this.#first === undefined) {
      this.#first = run;
      return;
    }
    if (this.#merger === undefined) {
      this.#merger = new RunMerger();
      this.#merger.add(this.#first);
    }
    this.#merger.add(run);
  }

  all(): readonly Run[] {
    if (this.#merger !== undefined) return this.#merger.merged();
    return this.#first === undefined ? [] : [this.#first];
  }
}

function profileAt(file: string, output: string | undefined): Profile {
  const own = output !== undefined && resolve(output) === resolve(file);
  const profile = own ? loadAlone(file) : loadProfile(file);
  resolveProfile(profile, file);
  return profile;
}

/** By its bytes, some at a time. */
function digestOf(file: string): string {
  const hash = createHash('sha256');
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(bytesAtOnce);
    for (;;) {
      const length = readSync(descriptor, bytes);
      if (length === 0) return hash.digest('base64');
      hash.update(bytes.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
}

const bytesAtOnce = 1 << 20;
