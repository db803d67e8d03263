import { PassThrough } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Decision } from '../../inference/decisions/decision.js';
import { answered, beginTalk } from '../../tui/plain.js';
import { reviewPlainly } from '../../tui/plain-review.js';
import type { Talk } from '../../tui/talk.js';
import { gitFetch, readRule, subjectOf } from './subjects.js';

const plain = suite('a review in lines');
const subject = subjectOf(gitFetch());

plain('asks about what has a finding, in words alone', () => {
  const { lines } = beginTalk(subject);
  assert.is(lines.at(-2), '1 left. 6. /home/ann/.ssh and all beneath it: read_file, read_dir.');
  assert.match(lines.at(-1) ?? '', /^Allow, deny, ignore, or later\?/);
  assert.ok(lines.includes('Finding, git called mount, which no rule can allow..'));
});

plain('an answer decides, and the next question comes', () => {
  const talk = answering('d');
  assert.match(talk.lines[0] ?? '', /^Denied: 6\. denied: \/home\/ann\/\.ssh/);
  assert.is(talk.lines.at(-1), 'Command? (? for help)');
});

plain('numbers of the list decide on many, and undo takes it back', () => {
  const talk = answering('l', 'd 1 3-4');
  assert.is(talk.lines.filter((line) => line.startsWith('Denied')).length, 3);
  const { result } = answered(answered(talk, 'u'), 'w');
  assert.is(result?.kind === 'write' && result.inference.paths.length, gitFetch().paths.length - 2);
});

plain('what is offered says so, and is granted by its number', () => {
  const offer = { ...readRule('/etc/gitconfig'), offered: true };
  const offering = beginTalk(subjectOf({ ...gitFetch(), offers: [offer] }));
  const listed = answered(answered(offering, 'l'), 'list');
  const line = listed.lines.find((text) => text.includes('/etc/gitconfig')) ?? '';
  assert.match(line, /^\d+\. offered: \/etc\/gitconfig: read_file/);
  const taken = answered(listed, `a ${Number.parseInt(line, 10)}`);
  assert.match(taken.lines[0] ?? '', /allowed: \/etc\/gitconfig/);
});

plain('a name cannot write to the terminal', () => {
  const said = [answering('list'), answering('preview'), answering('8')].flatMap(
    ({ lines }) => lines,
  );
  assert.not.match(said.join(''), /[\p{Cc}\p{Cf}\p{Cs}]/u);
});

plain('what is no answer is told so', () => {
  assert.is(answering('l', 'fnord').lines[0], 'fnord is no answer. ? for help.');
  assert.match(answering('l', 'd x').lines[0] ?? '', /^Which\?/);
});

plain('the end of the input leaves without writing, and the decisions were told', async () => {
  const input = new PassThrough();
  let last: readonly Decision[] = [];
  const onDecided = (decisions: readonly Decision[]) => {
    last = decisions;
  };
  const result = reviewPlainly(subject, { input, output: new PassThrough() }, { onDecided });
  input.end('d\n');
  assert.equal(await result, { kind: 'quit' });
  assert.equal(
    last.map(({ action }) => action),
    ['deny'],
  );
});

function answering(...answers: readonly string[]): Talk {
  return answers.reduce(answered, beginTalk(subject));
}

plain.run();
