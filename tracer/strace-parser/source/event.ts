import type { FdValue, PidValue, Value } from './value.js';

/** What one line of the log says, or the two lines of a call that was cut in two. */
export type Event =
  | Call
  | SignalDelivery
  | Stop
  | Exit
  | Killed
  | Superseded
  | Notice
  | Frame
  | Dump
  | Unparsed;

/** A system call, emitted when its result is known, or when it is known that none will come. */
export interface Call {
  readonly kind: 'call';
  /** 1-based number of the line where the call completed. */
  readonly line: number;
  /** Line where it began: `line` itself unless strace printed `<unfinished ...>`. */
  readonly startLine: number;
  /** Undefined when strace printed none, as it does while it traces one process. */
  readonly pid: number | undefined;
  /** When the call began. */
  readonly time: Time | undefined;
  readonly name: string;
  readonly args: readonly Value[];
  readonly result: Result;
  /** Seconds spent in the call (`-T`). */
  readonly duration: number | undefined;
  /** System call number (`-n`). */
  readonly number: number | undefined;
  /** Instruction pointer (`-i`), in hexadecimal digits, or a row of `?`. */
  readonly pointer: string | undefined;
}

export type Result = ValueResult | ErrorResult | RestartResult | UnknownResult;

/** `= 3</etc/passwd>`, `= 0x7f0000`, `= 0 (Timeout)`. */
export interface ValueResult {
  readonly kind: 'value';
  /** A number while it is a safe integer. */
  readonly value: number | bigint;
  /** The number as printed. */
  readonly text: string;
  /** The descriptor the call returned, when `-y` or `-yy` annotated it. */
  readonly fd: FdValue | undefined;
  /** The process the call returned, when `-Y` annotated it. */
  readonly process: PidValue | undefined;
  /** What strace added in parentheses, without them: `Timeout`, `flags O_RDWR`. */
  readonly note: string | undefined;
}

/** `= -1 ENOENT (No such file or directory)`. */
export interface ErrorResult {
  readonly kind: 'error';
  readonly errno: string;
  readonly message: string | undefined;
  /** A second parenthesis: `INJECTED`, `DELAYED`. */
  readonly note: string | undefined;
}

/** `= ? ERESTARTSYS (To be restarted if SA_RESTART is set)`: the kernel will do it again. */
export interface RestartResult {
  readonly kind: 'restart';
  readonly errno: string;
}

/** `= ?`, and calls which never resumed. */
export interface UnknownResult {
  readonly kind: 'unknown';
}

/** `--- SIGCHLD {si_signo=SIGCHLD, ...} ---`. */
export interface SignalDelivery extends Located {
  readonly kind: 'signal';
  readonly signal: string;
  readonly info: Value | undefined;
}

/** `--- stopped by SIGTSTP ---`. */
export interface Stop extends Located {
  readonly kind: 'stop';
  readonly signal: string;
}

/** `+++ exited with 0 +++`. */
export interface Exit extends Located {
  readonly kind: 'exit';
  readonly code: number;
}

/** `+++ killed by SIGSEGV (core dumped) +++`. */
export interface Killed extends Located {
  readonly kind: 'killed';
  readonly signal: string;
  readonly coreDumped: boolean;
}

/**
 * `+++ superseded by execve in pid 7 +++`: thread `by` executes a program, and goes on under the
 * pid of this event. Its `execve` is emitted later, under this pid as well.
 */
export interface Superseded extends Located {
  readonly kind: 'superseded';
  readonly by: number;
}

/** What strace says about itself: `strace: Process 7 attached`. */
export interface Notice {
  readonly kind: 'notice';
  readonly line: number;
  readonly what: 'attached' | 'detached' | 'other';
  /** The process that was attached or detached. */
  readonly pid: number | undefined;
  readonly text: string;
  /** Whether it came in the middle of a call's line, which goes on on the following line. */
  readonly inside: boolean;
}

/** A line of a stack trace (`-k`), which belongs to the call before it. */
export interface Frame {
  readonly kind: 'frame';
  readonly line: number;
  /** Without the leading ` > `. */
  readonly text: string;
}

/** A line of a hex dump (`-e read=`, `-e write=`), which belongs to the call before it. */
export interface Dump {
  readonly kind: 'dump';
  readonly line: number;
  /** Without the leading ` | `. */
  readonly text: string;
}

/** A line that is none of the above, whole: a program's own output, a table of `-c`, damage. */
export interface Unparsed {
  readonly kind: 'unparsed';
  readonly line: number;
  readonly text: string;
}

/** A point in time, exact to the nanosecond. */
export interface Time {
  /** What it counts from: midnight (`-t`, `-tt`), 1970 (`-ttt`), the previous line (`-r`). */
  readonly since: 'midnight' | '1970' | 'previous';
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Seconds since the previous line (`-r`), also when there is an absolute time. */
  readonly delta: number | undefined;
}

interface Located {
  readonly line: number;
  readonly pid: number | undefined;
  readonly time: Time | undefined;
}
