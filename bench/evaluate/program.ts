/** Files by their paths; those that begin with `#!` are made executable. */
export type Files = Readonly<Record<string, string>>;

/** A use of a program. */
export interface Task {
  /** In the working directory, beside what every working directory here holds. */
  readonly files?: Files;
  /** In the home, likewise. */
  readonly home?: Files;
  /** @param port - a free one, for those that need one: in both tasks the same. */
  readonly command: (port: number) => readonly string[];
}

/** A program of the corpus: what its profile is learned by, and other work that is to pass then. */
export interface Program {
  readonly name: string;
  /** What has to be installed. */
  readonly needs: readonly string[];
  readonly training: Task;
  readonly test: Task;
  /** The other end of a connection, there while the command runs; tells what it got. */
  readonly meanwhile?: (port: number, command: () => Promise<void>) => Promise<string>;
}

/** The words that have a shell do a task, which ends where something fails. */
export function shell(script: string): Task['command'] {
  return () => ['/bin/sh', '-ec', script];
}
