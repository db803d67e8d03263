import { GlobError, type PathGlob, pathGlob } from '../../inference/path-glob.js';
import type { Protocol } from '../../kernel/try-port.js';
import { variablesOf } from '../../tracer/variables.js';
import { UsageError } from '../errors.js';
import { onlyProfile } from '../only-profile.js';
import { type OptionTable, type ParsedWords, parseWords } from '../options.js';
import { switchOption, textOption, textOptions } from '../values.js';
import { type WatchedCommand, watchedCommand } from '../watched-command.js';
import { workingDirectory } from '../written-wishes.js';

/** What somebody wants verified, and how it is to be told. */
export interface VerifyRequest {
  readonly file: string;
  readonly watched: WatchedCommand;
  /** The exit status that the command should have. */
  readonly expected: number;
  readonly mustDeny: readonly MustDeny[];
  readonly mayAllow: readonly PathGlob[];
  readonly fix: boolean;
  readonly minimise: boolean;
  /** Where the fixed profile goes. */
  readonly output: string;
  readonly sarif: string | undefined;
  readonly junit: string | undefined;
  readonly json: boolean;
  readonly allowIncomplete: boolean;
}

/** Something that the user wants denied. */
export type MustDeny =
  | { readonly kind: 'path'; readonly glob: PathGlob }
  | {
      readonly kind: 'port';
      readonly wish: string;
      readonly port: number;
      /** None: whichever the profile restricts. */
      readonly protocol: Protocol | undefined;
    };

/** Reads a command line. @throws UsageError for one that is none of ours. */
export function verifyRequest(words: readonly string[]): VerifyRequest {
  const parsed = parseWords(words, options, 'some', 'verify');
  const file = onlyProfile(parsed, 'verify');
  const watched = watchedCommand(parsed, 'verify');
  const fix = switchOption(parsed, 'fix');
  const output = textOption(parsed, 'output');
  if (output !== undefined && !fix)
    throw usage('--output is where --fix writes, and there is no --fix');
  if (output === '-') throw usage('--output -: a profile that is run again is a file');
  return {
    file,
    watched,
    expected: statusOption(parsed),
    mustDeny: textOptions(parsed, 'must-deny').map(mustDenied),
    mayAllow: textOptions(parsed, 'may-allow').map((source) => globOf(source, '--may-allow')),
    fix,
    minimise: switchOption(parsed, 'minimise'),
    output: output ?? file,
    sarif: textOption(parsed, 'sarif'),
    junit: textOption(parsed, 'junit'),
    json: switchOption(parsed, 'json'),
    allowIncomplete: switchOption(parsed, 'allow-incomplete'),
  };
}

const options: OptionTable = {
  fix: { type: 'boolean' },
  minimise: { type: 'boolean' },
  output: { type: 'string', short: 'o' },
  'must-deny': { type: 'string', multiple: true },
  'may-allow': { type: 'string', multiple: true },
  status: { type: 'string' },
  sarif: { type: 'string' },
  junit: { type: 'string' },
  wait: { type: 'string' },
  'allow-incomplete': { type: 'boolean' },
  json: { type: 'boolean' },
};

function usage(message: string): UsageError {
  return new UsageError(message, 'verify');
}

function statusOption(parsed: ParsedWords): number {
  const text = textOption(parsed, 'status') ?? '0';
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  throw usage(`--status ${text}: expected an exit status, from 0 to 255`);
}

/** A number, or `tcp:` or `udp:` and a number, is a port, as `explain` has it; `./443` is a file. */
function mustDenied(wish: string): MustDeny {
  const [, protocol, digits] = /^(?:(tcp|udp):)?(\d+)$/.exec(wish) ?? [];
  if (digits === undefined) return { kind: 'path', glob: globOf(wish, '--must-deny') };
  const port = Number(digits);
  if (port > 65535) throw usage(`--must-deny ${wish}: a port is from 0 to 65535`);
  const named = protocol === 'tcp' || protocol === 'udp' ? protocol : undefined;
  return { kind: 'port', wish, port, protocol: named };
}

function globOf(source: string, from: string): PathGlob {
  const surroundings = { environment: variablesOf(process.env), directory: workingDirectory() };
  try {
    return pathGlob({ source, from }, surroundings);
  } catch (error) {
    if (error instanceof GlobError) throw usage(error.message);
    throw error;
  }
}
