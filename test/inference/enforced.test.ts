import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { infer } from '../../inference/infer.js';
import { rulesetOf } from '../../inference/ruleset.js';
import type { FileType } from '../../landlock/operation.js';
import { emptyRuleset, type Ruleset } from '../../landlock/ruleset.js';
import { askKernel, plant } from '../landlock/kernel-oracle.js';
import { inDirectory } from '../support/command.js';
import { Random } from '../support/random.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { type RandomProgram, randomProgram } from './random-program.js';

const enforced = suite('inference, enforced by the kernel');
const abi = 7;

testWhere(
  enforced,
  lacksLandlock(abi),
  'a program runs under what was learned of it as it does without, where it ran first and again',
  () =>
    inDirectory((directory) => {
      const count = 600;
      const confined = planted(join(directory, 'confined'), count);
      const free = planted(join(directory, 'free'), count);
      const ruleset = together(confined);
      const first = outcomes(confined, [ruleset]);
      const freeFirst = outcomes(free, []);
      assert.equal(differences(confined, first, freeFirst), [], 'where it ran first');
      for (const [number, ends] of freeFirst.entries()) {
        // Only a directory that was created beforehand may be in its way.
        assert.ok(
          ends.every((end) => end === 'ok' || end === 'EEXIST'),
          `program ${number}`,
        );
      }
      // What fails either way may fail for another reason; and that a name stands for something
      // of another kind by then, so that it is another operation, no run tells of the next.
      const again = outcomes(confined, [ruleset]).map(succeeded);
      const freeAgain = outcomes(free, []).map(succeeded);
      const same = confined.map((program, number) =>
        keepsKinds(program) ? freeAgain[number] : again[number],
      );
      assert.ok(confined.filter(keepsKinds).length > count / 2);
      assert.equal(
        differences(
          confined,
          again,
          same.map((ends) => ends ?? []),
        ),
        [],
        'again',
      );
    }),
);

enforced.run();

/** A program with what was learned of it. */
interface Learned extends RandomProgram {
  readonly ruleset: Ruleset;
}

/** Programs by their number, in trees that stand as before they ran, with what is created first. */
function planted(directory: string, count: number): readonly Learned[] {
  return Array.from({ length: count }, (_, seed) => {
    const root = join(directory, String(seed));
    const random = new Random(seed);
    const program = randomProgram(random, root, 1 + random.below(8));
    plant(root, [...program.before].map(([path, type]) => marked(root, path, type)).join(' '));
    const inference = infer([program.run], abi);
    for (const { path, kind } of inference.creations) {
      if (kind === 'directory') mkdirSync(path);
      else writeFileSync(path, '');
    }
    return { ...program, ruleset: rulesetOf(inference) };
  });
}

/** As `plant` takes it. */
function marked(root: string, path: string, type: FileType): string {
  const name = path.slice(root.length + 1);
  return type === 'directory' ? `${name}/` : type === 'fifo' ? `${name}|` : name;
}

/** One ruleset for all: their trees are apart. */
function together(programs: readonly Learned[]): Ruleset {
  return { ...emptyRuleset(abi), paths: programs.flatMap(({ ruleset }) => ruleset.paths) };
}

/** How each step of each program ends. */
function outcomes(
  programs: readonly RandomProgram[],
  layers: readonly Ruleset[],
): readonly (readonly string[])[] {
  const attempts = programs.flatMap(({ steps }) => steps.map(({ attempt }) => attempt));
  const ends = askKernel({ abi, layers, attempts });
  let at = 0;
  return programs.map(({ steps }) => {
    at += steps.length;
    return ends.slice(at - steps.length, at);
  });
}

/** Whether every name stands for things of one kind, whatever comes and goes there. */
function keepsKinds({ before, after, steps }: RandomProgram): boolean {
  const kinds = new Map(before);
  const named = steps.flatMap(({ operation }): [string, FileType][] => {
    switch (operation.kind) {
      case 'open':
      case 'make':
      case 'remove':
        return [[operation.path, operation.type]];
      case 'rename':
      case 'link':
        return [
          [operation.from, operation.type],
          [operation.to, operation.type],
        ];
      default:
        return [];
    }
  });
  for (const [path, type] of [...named, ...after]) {
    if ((kinds.get(path) ?? type) !== type) return false;
    kinds.set(path, type);
  }
  return true;
}

function succeeded(ends: readonly string[]): readonly string[] {
  return ends.map((end) => (end === 'ok' ? end : 'fails'));
}

/** The programs that end in another way, the shortest first, and a few of them. */
function differences(
  programs: readonly RandomProgram[],
  confined: readonly (readonly string[])[],
  free: readonly (readonly string[])[],
): readonly string[] {
  return programs
    .flatMap(({ steps }, number) => {
      const [ends = [], freeEnds = []] = [confined[number], free[number]];
      if (ends.join() === freeEnds.join()) return [];
      const told = steps.map(({ attempt }, step) => {
        const [end, freeEnd] = [ends[step], freeEnds[step]];
        return `${attempt.join(' ')}: ${end}${end === freeEnd ? '' : `, and without: ${freeEnd}`}`;
      });
      return [told.join('\n')];
    })
    .sort((one, other) => one.length - other.length)
    .slice(0, 3);
}
