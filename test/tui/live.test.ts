import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decide } from '../../inference/decisions/decide.js';
import type { Inference } from '../../inference/inference.js';
import { footerLine } from '../../tui/footer.js';
import { headerLines } from '../../tui/header.js';
import { modelOf } from '../../tui/laying-out.js';
import { textOf } from '../../tui/line.js';
import type { Command, Message } from '../../tui/messages.js';
import type { Model } from '../../tui/model.js';
import { decidedInference } from '../../tui/outcome.js';
import { outputLines } from '../../tui/output-lines.js';
import { isOpenAt, stateAt } from '../../tui/standing.js';
import type { ReviewSubject } from '../../tui/subject.js';
import type { Target } from '../../tui/target.js';
import { update } from '../../tui/update.js';
import { placeOfCursor } from '../../tui/window.js';
import { Random } from '../support/random.js';
import { gitFetch, inferenceOf, manyRules, readRule, subjectOf } from './subjects.js';

const size = { columns: 100, rows: 24 };
const running: Target = { kind: 'running', run: 1 };
const ended: Target = { kind: 'ended', run: 1, how: 'exited with status 0', known: true };
const deny: Message = { kind: 'decided', decision: 'deny' };
const write: Message = { kind: 'write-asked' };
const quit: Message = { kind: 'quit-asked' };

const growing = suite('a review that grows');

growing(
  'whatever was decided before, and came when, the outcome is that of deciding on all',
  () => {
    const random = new Random(3);
    for (let round = 0; round < 60; round++) {
      const whole = random.pick([gitFetch(), manyRules(60)]);
      let model = begun(part(whole, random, 0.3));
      for (let step = 0; step < 40; step++) {
        model = after(model, random.chance(0.15) ? grown(part(whole, random, 0.6)) : any(random));
      }
      model = after(model, { kind: 'dialog-left' }, { kind: 'dialog-left' }, grown(whole));
      const { decisions } = model.history.present;
      const { grounds } = model.subject;
      assert.equal(decidedInference(model), decide(whole, decisions, grounds));
      const afresh = modelOf({ ...live(whole), decisions: [...decisions.values()] }, size);
      assert.equal(rowsOf(model), rowsOf(afresh));
    }
  },
);

growing('undoing all gives what there is by now, and redoing all the decisions on that', () => {
  const random = new Random(4);
  for (let round = 0; round < 40; round++) {
    const whole = gitFetch();
    let model = begun(part(whole, random, 0.5));
    for (let step = 0; step < 30; step++) {
      model = after(model, random.chance(0.1) ? grown(part(whole, random, 0.7)) : any(random));
    }
    model = after(model, { kind: 'dialog-left' }, { kind: 'dialog-left' });
    const newest = repeat(model, { kind: 'redone' }, 'nothing-to-redo');
    const undone = repeat(newest, { kind: 'undone' }, 'nothing-to-undo');
    const more = after(undone, grown(whole));
    assert.equal(decidedInference(more), whole);
    const redone = repeat(more, { kind: 'redone' }, 'nothing-to-redo');
    assert.equal(decidedInference(redone), decidedInference(after(newest, grown(whole))));
  }
});

growing('the cursor stays on its row, and the row where it is on the screen', () => {
  const random = new Random(6);
  for (let round = 0; round < 100; round++) {
    const whole = manyRules(200);
    const few = part(whole, random, 0.5);
    const model = after(begun(few), { kind: 'moved', rows: 30 + random.below(30) });
    const more = after(model, grown(whole));
    assert.is(rowOf(more)?.id, rowOf(model)?.id);
    assert.is(more.cursor - more.top, model.cursor - model.top);
  }
});

growing('nothing moves while something is chosen from what was there', () => {
  const chosen = after(onRule(begun(gitFetch())), { kind: 'menu-asked', menu: 'bulk' });
  const held = after(chosen, grown(manyRules(20)));
  assert.is(held.outline, chosen.outline);
  const freed = after(held, { kind: 'dialog-left' });
  assert.equal(decidedInference(freed), manyRules(20));
});

growing('a filter holds for what comes', () => {
  const filtered = after(
    begun(inferenceOf({ paths: [readRule('/srv/one')] })),
    { kind: 'prompt-asked', prompt: 'filter' },
    { kind: 'typed', text: 'two' },
    grown(inferenceOf({ paths: [readRule('/srv/one'), readRule('/srv/two')] })),
  );
  const labels = filtered.outline.map(({ label }) => label);
  assert.ok(labels.some((label) => label.endsWith('two')));
  assert.not.ok(labels.some((label) => label.endsWith('one')));
});

growing('what is being read is what there is by now', () => {
  const reading = after(begun(inferenceOf({})), { kind: 'pager-asked', pager: 'preview' });
  const more = after(reading, grown(inferenceOf({ paths: [readRule('/srv/new')] })));
  assert.ok(more.pager?.lines.some((line) => textOf(line).includes('/srv/new')));
});

const fates = suite('what becomes of the target');

fates('is asked before a review is left, and each answer is handed on', () => {
  for (const [leaving, kind] of [
    [quit, 'quit'],
    [write, 'write'],
  ] as const) {
    const asked = after(begun(gitFetch()), leaving);
    assert.match(textOf(footerLine(asked)), /s stop it and .*k .* let it run/);
    const [kept] = commandsOf(asked, press('k'));
    assert.is(kept?.kind, kind);
    assert.is(kept?.kind === kind && kept.target, 'keep');
    assert.equal(commandsOf(after(asked, press('Escape')), { kind: 'moved', rows: 1 }), []);
    assert.is(after(asked, press('Escape')).live?.leaving, undefined);
  }
  const asked = after(begun(gitFetch()), quit);
  assert.equal(commandsOf(asked, press('s')), [{ kind: 'quit', target: 'stop' }]);
  assert.equal(commandsOf(asked, press('Ctrl-c')), [{ kind: 'quit', target: 'stop' }]);
});

fates('where it is to be stopped, the file waits for what it does while it ends', () => {
  const asked = after(begun(gitFetch()), write);
  assert.equal(commandsOf(asked, press('s')), [{ kind: 'stop' }]);
  const stopping = after(asked, press('s'), changed({ kind: 'stopping', run: 1 }));
  const done = update(after(stopping, grown(gitFetch())), changed(ended));
  assert.equal(
    done.commands.map(({ kind }) => kind),
    ['write'],
  );
  const paths = [...gitFetch().paths, readRule('/var/last')];
  const more = update(after(stopping, grown({ ...gitFetch(), paths })), changed(ended));
  assert.equal(more.commands, []);
  assert.is(more.model.notice, 'did-more');
});

fates('is not asked when it has ended, and not of a terminal that hangs up', () => {
  const over = after(begun(gitFetch()), changed(ended));
  assert.equal(commandsOf(over, quit), [{ kind: 'quit' }]);
  assert.equal(commandsOf(begun(gitFetch()), { kind: 'hung-up' }), [
    { kind: 'quit', target: 'stop' },
  ]);
});

fates('unsaved decisions are asked about first', () => {
  const model = after(onRule(begun(gitFetch())), deny, quit);
  assert.is(model.notice, 'unsaved');
  assert.is(after(model, quit).live?.leaving, 'quit');
});

fates('S stops what runs, R runs it again, and both say so where nothing does', () => {
  const model = begun(gitFetch());
  assert.equal(commandsOf(model, press('S')), [{ kind: 'stop' }]);
  assert.equal(commandsOf(model, press('R')), [{ kind: 'restart' }]);
  const over = after(model, changed(ended));
  assert.equal(commandsOf(over, press('S')), []);
  assert.equal(commandsOf(over, press('R')), [{ kind: 'restart' }]);
  const still = modelOf(subjectOf(gitFetch()), size);
  for (const key of ['S', 'R', 'o']) assert.is(after(still, press(key)).notice, 'no-target');
});

fates('how it stands is at the top', () => {
  const [, facts = []] = headerLines(begun(gitFetch()));
  assert.match(textOf(facts), /the command still runs/);
  const [, over = []] = headerLines(after(begun(gitFetch()), changed(ended)));
  assert.not.match(textOf(over), /the command/);
  const lost: Target = { kind: 'ended', run: 1, how: 'cannot be run', known: false };
  const [, failed = []] = headerLines(after(begun(gitFetch()), changed(lost)));
  assert.match(textOf(failed), /the command cannot be run/);
  const again = after(begun(gitFetch()), changed({ kind: 'running', run: 2 }));
  const [, more = []] = headerLines(again);
  assert.match(textOf(more), /the command run 2 still runs|run 2/);
});

const output = suite('what the target writes');

output('is shown without its powers over the terminal', () => {
  const raw = ['\x1b[31mred\x1b[0m', 'a\tb', '10%\r20%\r', '\x1b]0;title\x07', '\x1b[2J\x9b2J'];
  assert.equal(
    outputLines(raw, 80).map((line) => textOf(line)),
    ['red', 'a       b', '20%', '\\x1b]0;title\\x07', '\\x1b[2J\\u{9b}2J'],
  );
});

output('is followed at its end, and stays where a person has scrolled to', () => {
  const lines = Array.from({ length: 100 }, (_, at) => `line ${at}`);
  const open = after(begun(gitFetch()), came(lines.slice(0, 50)), press('o'));
  const [last = ''] = shown(open).slice(-1);
  assert.is(last, 'line 49');
  assert.is(shown(after(open, came(lines))).at(-1), 'line 99');
  const scrolled = after(open, press('g'), came(lines));
  assert.is(shown(scrolled)[0], 'line 0');
});

growing.run();
fates.run();
output.run();

function live(inference: Inference): ReviewSubject {
  return { ...subjectOf(inference), target: running };
}

function begun(inference: Inference): Model {
  return modelOf(live(inference), size);
}

function grown(inference: Inference): Message {
  return { kind: 'grown', growth: { subject: live(inference), slider: undefined } };
}

function changed(target: Target): Message {
  return { kind: 'target-changed', target };
}

function came(lines: readonly string[]): Message {
  return { kind: 'output-came', lines };
}

function press(key: string): Message {
  return { kind: 'pressed', press: key };
}

/** Some of the rules, in their order. */
function part(whole: Inference, random: Random, share: number): Inference {
  return { ...whole, paths: whole.paths.filter(() => random.chance(share)) };
}

function any(random: Random): Message {
  return random.pick<Message>([
    { kind: 'moved', rows: random.below(9) - 4 },
    { kind: 'jumped', to: random.pick(['first', 'last'] as const) },
    { kind: 'folded' },
    { kind: 'unfolded' },
    { kind: 'decided', decision: 'other' },
    deny,
    { kind: 'decided', decision: 'allow' },
    { kind: 'rule-folded' },
    { kind: 'rule-unfolded' },
    { kind: 'undone' },
    { kind: 'redone' },
    { kind: 'menu-asked', menu: 'rights' },
    { kind: 'pager-asked', pager: random.pick(['help', 'preview', 'output'] as const) },
    { kind: 'dialog-left' },
  ]);
}

function after(model: Model, ...messages: readonly Message[]): Model {
  return messages.reduce((before, message) => update(before, message).model, model);
}

function commandsOf(model: Model, message: Message): readonly Command[] {
  return update(model, message).commands;
}

function repeat(model: Model, message: Message, until: Model['notice']): Model {
  let current = model;
  do current = after(current, message);
  while (current.notice !== until);
  return current;
}

/** The rows that can be decided on, and how they stand. */
function rowsOf({ outline, tally }: Model) {
  return outline.flatMap(({ item, decidable, depth }, at) =>
    decidable
      ? [{ item, depth, state: stateAt(outline, tally, at), open: isOpenAt(tally, at) }]
      : [],
  );
}

function onRule(model: Model): Model {
  const place = model.visible.findIndex((at) => model.outline[at]?.item.kind === 'rule');
  return after(model, { kind: 'moved', rows: place - model.cursor });
}

function rowOf(model: Model) {
  return model.outline[placeOfCursor(model)];
}

function shown({ pager }: Model): readonly string[] {
  return (pager?.lines ?? [])
    .slice(pager?.top ?? 0, (pager?.top ?? 0) + 20)
    .map((line) => textOf(line));
}
