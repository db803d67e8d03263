import { createParser } from 'strace-parser';
import type { Trace } from '../trace.js';
import { StraceInterpreter } from './interpreter.js';

export interface LogOptions {
  /** Our own name and version, for the trace's header. */
  readonly tool: string;
  readonly abi: number;
  /** The log's name, for the trace's header and its gaps. */
  readonly file: string;
}

/**
 * Reads a log that strace wrote elsewhere, or at another time. Where a program started is not in
 * such a log, nor what existed then: relative paths need `-y`, and the disk of now is looked at.
 */
export async function readStraceLog(
  chunks: AsyncIterable<Buffer>,
  { tool, abi, file }: LogOptions,
): Promise<Trace> {
  const interpreter = new StraceInterpreter({ directory: undefined, start: undefined });
  let calls = 0;
  const parser = createParser((event) => {
    if (event.kind === 'call') calls += 1;
    interpreter.accept(event);
  });
  for await (const chunk of chunks) parser.write(chunk);
  parser.end();
  if (calls === 0) interpreter.gap('unparsed', `any line of ${file}: it holds no call of strace's`);
  const { operations, objects, lookups, outcome, gaps } = interpreter.finish();
  return {
    header: {
      tool,
      tracer: 'strace-log',
      command: [file],
      directory: '/',
      kernel: '',
      abi,
      environment: {},
    },
    operations,
    objects,
    lookups,
    outcome,
    integrity: gaps,
  };
}
