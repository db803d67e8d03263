import type { Inference, PathRule } from '../inference/inference.js';
import { basename } from '../inference/names.js';
import { ofProgram, type Program, programsOf } from '../inference/programs.js';
import { remainingFamilies } from '../inference/remaining-families.js';
import type { Run } from '../inference/run.js';
import { accessNames, formatAccess } from '../landlock/access-set.js';
import { printable } from '../tui/printable.js';
import { CommandError } from './errors.js';

/** What one of the programs needed itself, without those that it started. */
export interface ProgramNeeds extends Program {
  readonly inference: Inference;
}

/** What each program of the runs needed. @param infer - makes rules of runs. */
export function programNeeds(
  runs: readonly Run[],
  infer: (runs: readonly Run[]) => Inference,
): readonly ProgramNeeds[] {
  return programsOf(runs).map((program) => ({
    ...program,
    inference: infer(ofProgram(runs, program.executable)),
  }));
}

/**
 * The executable that a person means by its path or its name.
 *
 * @throws CommandError when none or several are meant, with those that there are.
 */
export function programNamed(runs: readonly Run[], name: string): string {
  const all = programsOf(runs).map(({ executable }) => executable);
  const [meant, ...others] = all.filter((each) => each === name || basename(each) === name);
  if (meant !== undefined && others.length === 0) return meant;
  const what = meant === undefined ? 'no program' : 'more than one program';
  throw new CommandError(`${what} that ran is called ${name}: there are ${all.join(', ')}`);
}

/** For people: a block for each program, its own rules each on a line. */
export function programNeedsText(needs: readonly ProgramNeeds[]): string {
  return needs
    .map((each) => [heading(each), ...ruleLines(each.inference)].map(printable).join('\n'))
    .map((block) => `${block}\n`)
    .join('\n');
}

/** For `--json`. */
export function programNeedsDocument(needs: readonly ProgramNeeds[]) {
  return needs.map(({ executable, starts, inference }) => ({
    executable,
    starts,
    rules: inference.paths.map(({ path, access }) => ({ path, access: accessNames('fs', access) })),
    ports: inference.ports.map(({ port, access }) => ({
      port,
      access: accessNames('net', access),
    })),
    unscoped: inference.unscoped.map(({ scope }) => scope),
    findings: inference.findings,
  }));
}

function heading({ executable, starts }: ProgramNeeds): string {
  return starts.length === 0 ? executable : `${executable}, which starts ${starts.join(', ')}`;
}

/** What many programs need is told by its name. */
function ruleLines(inference: Inference): readonly string[] {
  const families = remainingFamilies(inference);
  const common = new Set(families.flatMap(({ paths }) => paths));
  return [
    ...inference.paths.filter(({ path }) => !common.has(path)).map(ruleLine),
    ...inference.ports.map(({ port, access }) => `  port ${port} ${formatAccess('net', access)}`),
    ...inference.unscoped.map(({ scope }) => `  without the scope ${scope}`),
    ...(families.length === 0
      ? []
      : [`  and of ${families.map(({ name, paths }) => `${name} ${paths.length}`).join(', ')}`]),
  ];
}

function ruleLine({ path, access }: PathRule): string {
  return `  ${path} ${formatAccess('fs', access)}`;
}
