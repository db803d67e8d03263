import { join } from 'node:path';
import { straceArguments } from '../tracer/strace/invocation.js';

/** One way of watching a command. */
export interface Contestant {
  readonly name: string;
  /** The words that watch a command. */
  readonly wrap: (command: readonly string[], directory: string) => readonly string[];
}

const built = (file: string) => new URL(`../dist/${file}`, import.meta.url).pathname;
const emptySupervisor = new URL('./empty-supervisor.ts', import.meta.url).pathname;

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
];

/** Those that answer from Node, and can do a million events in a time that one waits for. */
export const quick = ['permissive', 'll-learn by strace', 'only answering'];

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
