import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { architecture } from '../kernel/syscall-numbers.js';
import { filterFor } from '../tracer/permissive/filter.js';
import { hiddenMemory } from '../tracer/permissive/hidden-memory.js';
import { straceArguments } from '../tracer/strace/invocation.js';

/** One way of watching a command. */
export interface Contestant {
  readonly name: string;
  /** The words that watch a command. */
  readonly wrap: (command: readonly string[], directory: string) => readonly string[];
}

const built = (file: string) => new URL(`../dist/${file}`, import.meta.url).pathname;
const source = (file: string) => new URL(file, import.meta.url).pathname;
const emptySupervisor = source('./empty-supervisor.ts');

export const contestants: readonly Contestant[] = [
  { name: 'permissive', wrap: learning('permissive') },
  { name: 'll-learn by strace', wrap: learning('strace') },
  {
    name: 'strace --seccomp-bpf',
    wrap: ([program = '', ...rest]) => [
      'strace',
      ...straceArguments('/dev/null', { program, argv: [program, ...rest] }),
    ],
  },
  {
    name: 'strace %file,%network',
    wrap: (command) => ['strace', '-f', '-e', '%file,%network', '-o', '/dev/null', ...command],
  },
  {
    name: 'only answering',
    wrap: (command) => [process.execPath, '--import', 'tsx', emptySupervisor, ...command],
  },
  {
    name: 'only answering, in C',
    wrap: (command, directory) => [...emptySupervisorInC(directory), ...command],
  },
];

/** Those that answer from Node, and can do a million events in a time that one waits for. */
export const quick = ['permissive', 'll-learn by strace', 'only answering', 'only answering, in C'];

function learning(tracer: string): Contestant['wrap'] {
  return (command, directory) => [
    process.execPath,
    built('cli/main.js'),
    '--no-review',
    '--tracer',
    tracer,
    '--allow-incomplete',
    '-o',
    join(directory, 'bench.landlock.toml'),
    '--',
    ...command,
  ];
}

/** Compiled where it is not yet, with the very filter that ll-learn installs. */
function emptySupervisorInC(directory: string): readonly string[] {
  const [program, filter] = [join(directory, 'empty-supervisor'), join(directory, 'filter')];
  if (!existsSync(program)) {
    writeFileSync(filter, filterFor(architecture(), hiddenMemory()));
    const words = ['-O2', '-o', program, source('./empty-supervisor.c')];
    const { status, stderr } = spawnSync('gcc', words, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`gcc, which the bench needs, failed: ${stderr}`);
  }
  return [program, filter];
}
