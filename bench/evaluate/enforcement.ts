import { chmodSync, createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Inference } from '../../inference/inference.js';
import type { AuditMessage } from '../../kernel/audit.js';
import { profileOf } from '../../profiles/from-inference.js';
import { writeToml } from '../../profiles/write-toml.js';
import { ownProgram } from '../../test/support/command.js';
import { aboutDomainOf } from '../../tracer/audit/domain-messages.js';
import { type CountedDenial, readDenials } from '../../tracer/audit/read-denials.js';
import { type Performance, performTask } from './perform.js';
import type { Program } from './program.js';
import type { Stage } from './stage.js';
import { TaskFailed } from './task-failed.js';

/** What became of a test task under a profile. */
export interface Enforced {
  /** Whether it did what it does unrestricted. */
  readonly passed: boolean;
  /** What was denied, each thing once. */
  readonly denials: readonly CountedDenial[];
}

/** What the kernel's audit told since it was last asked; undefined where it cannot be read. */
export type Records = (() => readonly AuditMessage[]) | undefined;

/** Runs a program's test task under what was inferred, as many times as asked. */
export class TestBench {
  readonly #program: Program;
  readonly #stage: Stage;
  readonly #port: number;
  readonly #records: Records;
  readonly #free: Performance;

  private constructor(
    program: Program,
    stage: Stage,
    port: number,
    records: Records,
    free: Performance,
  ) {
    this.#program = program;
    this.#stage = stage;
    this.#port = port;
    this.#records = records;
    this.#free = free;
  }

  /** @throws TaskFailed where the task fails although nothing restricts it. */
  static async prepare(
    program: Program,
    stage: Stage,
    port: number,
    records: Records,
  ): Promise<TestBench> {
    stage.set(program.test.files, program.test.home);
    const free = await performTask(program, stage, port, program.test.command(port));
    if (free.status !== 0)
      throw new TaskFailed(`the test task failed (${free.status}): ${free.stderr}`);
    return new TestBench(program, stage, port, records, free);
  }

  async enforce(inference: Inference): Promise<Enforced> {
    const profile = this.#written(inference);
    const ended = await this.#perform('run', '--log-denials', profile);
    const passed = ended.status === this.#free.status && ended.stdout === this.#free.stdout;
    return {
      passed: passed && ended.other === this.#free.other,
      denials:
        this.#records === undefined
          ? await this.wouldDeny(inference)
          : await denialsIn(aboutDomainOf(ended.process, this.#records())),
    };
  }

  /** What would be denied if nothing failed for it: all of it, as the task goes on to its end. */
  async wouldDeny(inference: Inference): Promise<readonly CountedDenial[]> {
    const profile = this.#written(inference);
    const log = join(this.#stage.directory, 'tmp', 'denials.log');
    await this.#perform('check', '--log', log, profile);
    const lines = createInterface({ input: createReadStream(log, 'latin1') });
    return (await readDenials(lines, log)).denials;
  }

  #written(inference: Inference): string {
    const profile = join(this.#stage.directory, 'profile.landlock.toml');
    writeFileSync(profile, writeToml(profileOf(inference, noHistory)));
    chmodSync(profile, 0o644);
    return profile;
  }

  #perform(...words: readonly string[]): Promise<Performance> {
    const { test } = this.#program;
    this.#stage.set(test.files, test.home);
    const ours = [process.execPath, ownProgram, ...words, '--'];
    return performTask(this.#program, this.#stage, this.#port, [
      ...ours,
      ...test.command(this.#port),
    ]);
  }
}

const noHistory = { tool: '', tracer: '', commands: [], gaps: [] };

async function denialsIn(messages: readonly AuditMessage[]): Promise<readonly CountedDenial[]> {
  const lines = messages.map(({ type, text }) => `type=UNKNOWN[${type}] msg=${text}`);
  return (await readDenials(Readable.from(lines), 'the audit')).denials;
}
