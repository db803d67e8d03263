import { writeToml } from '../profiles/write-toml.js';
import { differenceLines } from './difference-lines.js';
import { textOf } from './line.js';
import { decidedInference, decidedProfileOf, presentDecisions } from './outcome.js';
import { decidables, endless, evidenceOf, listed, placesOf } from './plain-rows.js';
import { printable } from './printable.js';
import { did, judged, left, say, type Talk } from './talk.js';
import { reveal } from './travel.js';
import { verdictWords } from './verdict-words.js';

/** What a line of words asks for, done. */
export function commanded(talk: Talk, [word = '', ...rest]: readonly string[]): Talk {
  const { model } = talk;
  const verdict = verdictWords[word];
  if (verdict !== undefined) {
    const places = rest.flatMap((text) => placesOf(model, text));
    return places.length === 0
      ? say(talk, `Which? Expected numbers of the list, as ${word} 3 or ${word} 5-9.`)
      : judged(talk, places, verdict);
  }
  if (/^\d+$/.test(word)) {
    const [at] = placesOf(model, word);
    return at === undefined
      ? say(talk, `There is no ${word}.`)
      : say(talk, ...evidenceOf(model, at));
  }
  switch (word) {
    case '':
      return talk;
    case 'list':
      return say(talk, ...decidables(model).map((at) => listed(model, at)));
    case 'fold':
    case 'unfold': {
      const [at] = placesOf(model, rest[0] ?? '');
      if (at === undefined) return say(talk, `Which? Expected a number of the list, as ${word} 3.`);
      const moved = { ...talk, model: reveal(model, at) };
      return did(moved, { kind: word === 'fold' ? 'rule-folded' : 'rule-unfolded' });
    }
    case 'u':
    case 'undo':
      return did(talk, { kind: 'undone' });
    case 'redo':
      return did(talk, { kind: 'redone' });
    case 'p':
    case 'preview':
      return say(talk, ...writeToml(decidedProfileOf(model)).trimEnd().split('\n').map(printable));
    case 'difference': {
      const wanted = decidedProfileOf(model);
      return say(talk, ...differenceLines(model.subject.differences(wanted), endless).map(textOf));
    }
    case 'w':
    case 'write':
      return {
        ...talk,
        result: {
          kind: 'write',
          inference: decidedInference(model),
          decisions: presentDecisions(model),
        },
      };
    case 'q':
    case 'quit':
      return left(talk);
    case '?':
    case 'help':
      return say(talk, ...help);
    default:
      return say(talk, `${printable(word)} is no answer. ? for help.`);
  }
}

const help: readonly string[] = [
  'list: all that is granted or not, with numbers.',
  'A number: the evidence for it.',
  'a, d, i with numbers, as d 3 5-9: allow, deny (it is to fail), ignore (it is not worth a rule).',
  'What is offered was looked for and not there: a with its number grants it.',
  'fold, unfold with a number: one rule on its directory, or again those that it stands for.',
  'u, redo: take back, and take that back.',
  'preview, difference: the file as it would be, what changes on the disk.',
  'w: write and leave. q: leave without writing; decisions are kept in a file.',
];
