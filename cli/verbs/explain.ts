import { loadProfile } from '../../profiles/load.js';
import { type PlacedProfile, placeProfile } from '../../profiles/placed.js';
import { UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { explanationDocument } from '../explain/document.js';
import { explain } from '../explain/explanation.js';
import { questionOf } from '../explain/question.js';
import { explanationText } from '../explain/text.js';
import { type OptionTable, parseWords } from '../options.js';
import { print, tell } from '../output.js';
import { profileNotes } from '../profile-notes.js';
import { switchOption, textOptions } from '../values.js';
import type { Invocation } from '../verb.js';

/** Tells which rule of a profile grants a right on something, or that none does. */
export async function explainVerb({ words }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'some', 'explain');
  const [file, thing, ...rights] = [...parsed.operands, ...parsed.command];
  if (file === undefined) throw new UsageError('no profile was given', 'explain');
  if (thing === undefined) {
    throw new UsageError('nothing was asked about: expected a path or a port', 'explain');
  }
  const question = questionOf(thing, rights);
  const layers = [file, ...textOptions(parsed, 'layer')].map(placed);
  for (const note of layers.flatMap(profileNotes)) tell(note);
  const explanation = explain(layers, question);
  const json = switchOption(parsed, 'json');
  print(json ? explanationDocument(explanation) : explanationText(explanation));
  const granted = explanation.answers.every((answer) => answer.granted);
  return granted ? exitStatus.clean : exitStatus.finding;
}

const options: OptionTable = {
  layer: { type: 'string', multiple: true },
  json: { type: 'boolean' },
};

function placed(file: string): PlacedProfile {
  return placeProfile(loadProfile(file), file);
}
