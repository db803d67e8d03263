/** Something in a trace file that is not as it should be. `line` is 1-based. */
export class TraceFileError extends Error {
  override readonly name = 'TraceFileError';
  readonly file: string;
  readonly line: number;

  constructor(file: string, line: number, what: string) {
    super(`${file}:${line}: ${what}`);
    this.file = file;
    this.line = line;
  }
}
