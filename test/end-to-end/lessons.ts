import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ended } from '../support/command.js';
import { llLearnInProcess } from '../support/in-process.js';
import type { Performer } from './performers.js';
import { freePort } from './ports.js';
import { enforcing, learning, Stage, withoutOurWords } from './stage.js';
import type { Workload } from './workloads.js';

/** What a workload did with nobody looking, while it was learned, and under what was learned. */
export interface Lesson {
  readonly stage: Stage;
  /** The file of the first profile. */
  readonly profile: string;
  /** The first run, and one more on what that left behind. */
  readonly bare: readonly [Performance, Performance];
  /** Two times from the same state. */
  readonly learned: readonly [Learned, Learned];
  readonly enforced: readonly [Performance, Performance];
  /** The file of what the last learning saw. */
  readonly trace: string;
  /** That for which a workload asked. */
  readonly port: number;
  /** Under exact rules, and under broad ones, each from the first state. */
  readonly otherwise: readonly Performance[];
}

export interface Performance extends Ended {
  /** What the other end of a connection got. */
  readonly other: string;
}

export interface Learned extends Performance {
  /** The profile's text; undefined when none was written. */
  readonly text: string | undefined;
}

/** Each workload is learned once a user, however many tests ask for it. */
export function lessonOf(workload: Workload, performer: Performer): Promise<Lesson> {
  const key = `${workload.name} ${performer.name}`;
  const lesson = lessons.get(key) ?? teach(workload, performer);
  lessons.set(key, lesson);
  return lesson;
}

const lessons = new Map<string, Promise<Lesson>>();

async function teach(workload: Workload, performer: Performer): Promise<Lesson> {
  const stage = stageFor(workload, performer);
  const port = await freePort();
  const command = workload.command(port);
  const perform = (words: readonly string[]) => performOn(stage, workload, port, words);
  const twice = async (words: readonly string[]): Promise<[Performance, Performance]> => {
    stage.reset();
    return [await perform(words), await perform(words)];
  };
  const trace = join(stage.directory, 'trace.jsonl');
  const learn = async (profile: string): Promise<Learned> => {
    stage.reset();
    const performance = await perform(learning(profile, command, '--trace', trace));
    return { ...performance, text: textOf(profile) };
  };
  const bare = await twice(command);
  const profile = stage.profile('learned');
  const learned: [Learned, Learned] = [await learn(profile), await learn(stage.profile('again'))];
  const enforced = await twice(enforcing(profile, command));
  const otherwise: Performance[] = [];
  for (const fold of ['exact', 'broad']) {
    const folded = stage.profile(fold);
    await inferFrom(trace, folded, fold);
    stage.reset();
    otherwise.push(await perform(enforcing(folded, command)));
  }
  return { stage, profile, bare, learned, enforced, trace, port, otherwise };
}

async function inferFrom(trace: string, profile: string, fold: string): Promise<void> {
  const words = ['infer', '--fold', fold, '-o', profile, trace];
  const { status, stderr } = await llLearnInProcess(words);
  if (status !== 0) throw new Error(`no profile of a kept trace: ${stderr}`);
}

/** A place to do a workload in. */
export function stageFor({ name, files }: Workload, performer: Performer, what = ''): Stage {
  return new Stage(`${name}${what}`.replaceAll(/[^\w]+/g, '-'), performer, files);
}

/** Runs a workload's command, in whatever words, with the other end of its connection. */
export async function performOn(
  stage: Stage,
  { environment, meanwhile }: Workload,
  port: number,
  words: readonly string[],
): Promise<Performance> {
  const ended = { status: 'not run' as number | string, stdout: '', stderr: '' };
  const act = async () => {
    Object.assign(ended, await stage.perform(words, environment));
  };
  const other = meanwhile === undefined ? await act().then(() => '') : await meanwhile(port, act);
  return { ...ended, other };
}

/** What of a performance is to be the same however it comes about. */
export function visible({ other, ...ended }: Performance): Performance {
  return { ...withoutOurWords(ended), other };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
