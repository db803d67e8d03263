import type { Inference } from '../../inference/inference.js';
import type { Profile } from '../../profiles/profile.js';
import { writeToml } from '../../profiles/write-toml.js';
import { CommandError } from '../errors.js';
import type { ParsedWords } from '../options.js';
import { print } from '../output.js';
import { mayReplace } from '../overwrite.js';
import { type ProgramNeeds, programNeedsText } from '../program-needs.js';
import { resultDocument } from '../result.js';
import { switchOption, textOption } from '../values.js';
import { writeFileWhole } from '../write-file.js';
import type { Inputs } from './inputs.js';
import { unionDocument } from './union-document.js';

/** Writes the profile where it is wanted, and tells what was asked for. */
export function deliver(
  parsed: ParsedWords,
  { traces, profiles }: Inputs,
  inference: Inference,
  { profile, programs }: Delivery,
): void {
  const output = textOption(parsed, 'output');
  const text = writeToml(profile);
  if (output !== undefined) {
    if (output.length === 0) throw new CommandError('--output is empty: expected a file');
    mayReplace(output);
    writeFileWhole(output, [text], 'the profile');
  }
  if (switchOption(parsed, 'json')) {
    const files = profiles.map(({ file }) => file);
    print(
      files.length > 0
        ? unionDocument(profile, files, output ?? null)
        : resultDocument(traces, inference, output ?? null, {
            decisions: profile.decisions,
            programs,
          }),
    );
  } else if (programs !== undefined) print(programNeedsText(programs));
  else if (output === undefined) print(text);
}

/** What `infer` has made. */
export interface Delivery {
  readonly profile: Profile;
  readonly programs: readonly ProgramNeeds[] | undefined;
}
