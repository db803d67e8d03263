import { join } from 'node:path';
import { succeeded } from '../../cli/result.js';
import { runOf } from '../../cli/run-of.js';
import { unfolded } from '../../inference/folding.js';
import { conclude } from '../../inference/infer.js';
import type { Inference } from '../../inference/inference.js';
import { type Observed, observe } from '../../inference/observe.js';
import { landlockSupport } from '../../landlock/support.js';
import { ownProgram } from '../../test/support/command.js';
import { describeGap } from '../../tracer/trace.js';
import { readTrace } from '../../tracer/trace-file.js';
import { performTask } from './perform.js';
import type { Program } from './program.js';
import type { Stage } from './stage.js';
import { TaskFailed } from './task-failed.js';

/** What a training run showed: all contestants judge by the same. */
export interface Lesson {
  readonly observed: Observed;
  /** What the trace could not see. */
  readonly gaps: readonly string[];
  /** A rule for each thing that was used, or for what will be there of it. */
  readonly exact: Inference;
}

/**
 * Watches a program's training task. The disk stays as that has left it, for what is counted there.
 *
 * @throws TaskFailed where it fails.
 */
export async function learn(program: Program, stage: Stage, port: number): Promise<Lesson> {
  const { training } = program;
  stage.set(training.files, training.home);
  const file = join(stage.directory, 'tmp', 'training.trace.jsonl');
  const record = [
    process.execPath,
    ownProgram,
    'record',
    '-o',
    file,
    '--',
    ...training.command(port),
  ];
  const { stderr } = await performTask(program, stage, port, record);
  const trace = await readTrace(file).catch(() => undefined);
  if (trace === undefined || !succeeded(trace.outcome)) {
    throw new TaskFailed(`the training task failed: ${stderr}`);
  }
  const support = landlockSupport();
  if (!support.available) throw new Error(`nothing can be enforced here: ${support.reason}`);
  const observed = observe([runOf(trace)], support.abi);
  const gaps = trace.integrity.map(describeGap);
  return { observed, gaps, exact: conclude(observed, unfolded) };
}
