import { type Line, line } from './line.js';
import { legend } from './rights.js';
import { fit, wrap } from './width.js';

/** The help, laid out for a width. */
export function helpLines(columns: number): readonly Line[] {
  return [
    ...keyHelp.flatMap((group) => [
      line(group.title, 'heading'),
      ...group.keys.flatMap((told) => twoColumns(told, columns)),
      line(''),
    ]),
    line('Marks', 'heading'),
    ...marks.flatMap((told) => twoColumns(told, columns)),
    line(''),
    line('Rights, in the order of their places', 'heading'),
    ...legend.flatMap((told) => twoColumns(told, columns)),
    line('  ports: b bind, c connect (or send), each with its protocol'),
    line(''),
    ...wrap(enforcement, Math.max(columns, 20)).map((text) => line(text)),
  ];
}

/** A word and what it means, which goes on below itself where it is long. */
function twoColumns([word, meaning]: readonly [string, string], columns: number): readonly Line[] {
  const pieces = wrap(meaning, Math.max(columns - indent - wordWidth, 20));
  return pieces.map((piece, at) =>
    line(`${' '.repeat(indent)}${fit(at === 0 ? word : '', wordWidth)}${piece}`),
  );
}

const indent = 2;
const wordWidth = 22;

const keyHelp: readonly {
  readonly title: string;
  readonly keys: readonly (readonly [string, string])[];
}[] = [
  {
    title: 'Moving',
    keys: [
      ['up down, k j', 'one row'],
      ['PageUp PageDown', 'one screen'],
      ['Home End, g G', 'first row, last row'],
      ['left, h', 'fold, or go to the heading above'],
      ['right, l', 'unfold, or go to the first row below'],
      ['Enter', 'all the evidence for the row'],
    ],
  },
  {
    title: 'Deciding',
    keys: [
      [
        '/',
        'only rows that hold what you type: a path, also one that a fold has swallowed, a program, a right; Escape: all',
      ],
      ['s', 'order: by path, program, family, what may come of it, what it opens unused'],
      ['n N', 'the next or the last row that wants a decision'],
      ['space', 'allow, deny, ignore in turn; on a heading, all beneath it'],
      ['a', 'allow, and say so'],
      ['d', 'deny: it is to fail, and no fold grants it'],
      ['i', 'ignore: it is not worth a rule'],
      ['r', 'decide on single rights of the rule'],
      ['b', 'decide on a program, a right or a subtree at once'],
      ['[ ]', 'fold all rules less or more, by what each opens'],
      ['f F', 'fold onto the directory, unfold again'],
      ['+', 'add a rule by hand'],
      ['v', 'write the path with a variable'],
      ['e', 'give a reason, which the file keeps'],
      ['u', 'undo, without limit'],
      ['U, Ctrl-R', 'redo'],
    ],
  },
  {
    title: 'While the command runs (--live)',
    keys: [
      ['o', 'what it has written'],
      ['S', 'stop it; again: at once'],
      ['R', 'run it again: what several runs did is reviewed together'],
    ],
  },
  {
    title: 'Leaving',
    keys: [
      ['p', 'preview of the file, as the decisions leave it; t T: in another format'],
      ['D', 'difference to the file on the disk'],
      ['w', 'write the file and leave'],
      ['q, Ctrl-C', 'leave without writing'],
      ['Ctrl-Z', 'suspend'],
      ['Escape, q', 'close whatever is open'],
    ],
  },
];

const marks: readonly (readonly [string, string])[] = [
  ['+', 'allowed: it will be in the file'],
  ['-', 'denied: it will not'],
  ['.', 'ignored: it will not, unless another rule grants it'],
  ['?', 'offered: it was looked for and not there; it will be once you allow it'],
  ['~', 'some of it, or of what is beneath, will not'],
  ['!', 'wants a decision: a finding, or a guarded place'],
  ['+214', 'objects that the rule opens, although nothing used them'],
];

const enforcement =
  'What no rule allows, the kernel denies. A rule on a directory covers everything beneath it, ' +
  'also what is made there later.';
