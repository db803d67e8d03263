import { exitStatus } from './exit-status.js';

/** A failure that is told in one line, without a trace of our own code. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly status: number;

  /** @param message - what happened, what was expected, what to do. */
  constructor(message: string, status: number = exitStatus.failure) {
    super(message);
    this.status = status;
  }
}

/** A command line that cannot be understood. */
export class UsageError extends CommandError {
  constructor(message: string, verb?: string) {
    const help = verb === undefined ? 'll-learn --help' : `ll-learn ${verb} --help`;
    super(`${message}\nSee ${help}.`, exitStatus.usage);
  }
}
