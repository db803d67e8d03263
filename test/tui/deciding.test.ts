import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decide } from '../../inference/decisions/decide.js';
import { decisionsOf } from '../../inference/decisions/decisions.js';
import { accessNames } from '../../landlock/access-set.js';
import { readToml } from '../../profiles/read-toml.js';
import { writeToml } from '../../profiles/write-toml.js';
import { modelOf } from '../../tui/laying-out.js';
import type { Model } from '../../tui/model.js';
import { decidedInference, decidedProfileOf, presentDecisions } from '../../tui/outcome.js';
import { stateAt } from '../../tui/standing.js';
import { update } from '../../tui/update.js';
import { placeOfCursor } from '../../tui/window.js';
import { Random } from '../support/random.js';
import { gitFetch, readRule, subjectOf } from './subjects.js';

const deciding = suite('deciding by keys');

deciding('r cuts single rights of a rule', () => {
  const model = on('tty', 'r', 'j', 'j', 'd', 'Enter');
  assert.equal(rightsOn(model, '/dev/tty'), ['write_file', 'read_file']);
  assert.is(presentDecisions(model).length, 1);
});

deciding('space goes around: allowed, denied, ignored, and undecided again', () => {
  const states = ['deny', 'ignore', undefined].map((_, times) => {
    const model = on('passwd', ...Array.from({ length: times + 1 }, () => ' '));
    return presentDecisions(model).map(({ action }) => action);
  });
  assert.equal(states, [['deny'], ['ignore'], []]);
});

deciding('what is offered is off, counts for nothing above it, and is on with one key', () => {
  const offer = { ...readRule('/etc/gitconfig'), offered: true };
  const { paths, ...rest } = gitFetch();
  const subject = subjectOf({ ...rest, paths, offers: [offer] });
  const start = modelOf(subject, { columns: 100, rows: 40 });
  const row = (model: Model) => model.outline.findIndex(({ id }) => id === 'path /etc/gitconfig');
  const etc = start.outline.findIndex(({ id }) => id === 'path /etc');
  assert.is(stateAt(start.outline, start.tally, row(start)), 'offered');
  assert.is(stateAt(start.outline, start.tally, etc), 'allowed');
  assert.equal(decidedInference(start).paths, paths);
  const { model } = update(start, { kind: 'moved', rows: row(start) });
  const taken = pressing(model, ' ');
  assert.is(stateAt(taken.outline, taken.tally, row(taken)), 'allowed');
  assert.equal(
    presentDecisions(taken).map(({ action, subject }) => [
      action,
      'path' in subject && subject.path,
    ]),
    [['allow', '/etc/gitconfig']],
  );
  assert.equal(decidedInference(taken).paths.length, paths.length + 1);
});

deciding('space goes around on what is offered as well: allowed, denied, ignored, offered', () => {
  const offer = { ...readRule('/etc/gitconfig'), offered: true };
  const start = modelOf(subjectOf({ ...gitFetch(), offers: [offer] }), { columns: 80, rows: 24 });
  const rows = start.outline.findIndex(({ id }) => id === 'path /etc/gitconfig');
  const moved = update(start, { kind: 'moved', rows }).model;
  const states = ['', ' ', '  ', '   ', '    '].map((keys) => {
    const { outline, tally, history } = pressing(moved, ...keys);
    return [stateAt(outline, tally, rows), history.present.decisions.size];
  });
  assert.equal(states, [
    ['offered', 0],
    ['allowed', 1],
    ['denied', 1],
    ['ignored', 1],
    ['offered', 0],
  ]);
});

deciding('b decides on a program at once', () => {
  const model = pressing(on('ssh/', 'b'), ...toItem('all that /usr/bin/ssh did'), 'd', 'Enter');
  const paths = decidedInference(model).paths.map(({ path }) => path);
  assert.ok(!paths.includes('/etc/ssh/ssh_config'));
  assert.ok(paths.includes('/etc/passwd'), 'git needs it, too');
});

deciding('b decides on a right wherever it is', () => {
  const model = pressing(start(), 'b', 'End', 'd', 'Enter');
  assert.is(model.menu, undefined);
  const refused = presentDecisions(model)[0]?.subject;
  assert.is(refused?.kind === 'path' && refused.path, '/');
});

deciding('f folds onto the directory, F unfolds again', () => {
  const folded = on('passwd', 'f');
  assert.equal(rightsOn(folded, '/etc'), ['read_file', 'read_dir']);
  assert.is(label(folded), '/etc/');
  const unfolded = pressing(folded, 'F');
  assert.equal(decidedInference(unfolded), gitFetch());
  assert.equal(presentDecisions(unfolded), []);
});

deciding('a guarded place is folded onto when that is asked for, and then wants a decision', () => {
  const subject = subjectOf(gitFetch());
  const guardedAt = (path: string) => (path === '/home/ann' ? 'a home directory' : undefined);
  const guarded = { ...subject, grounds: { ...subject.grounds, guardedAt } };
  const first = modelOf(guarded, { columns: 80, rows: 24 });
  const rows = first.outline.findIndex((row) => row.label === '.ssh/');
  const folded = pressing(update(first, { kind: 'moved', rows }).model, 'f');
  assert.is(label(folded), '/home/ann/');
  assert.is(label(pressing(folded, 'g', 'n')), '/home/ann/');
});

deciding('+ adds a rule, with rights that are chosen', () => {
  const model = pressing(start(), '+', ...'/opt/x/', 'Enter', 'j', 'j', ' ', 'Enter');
  assert.equal(rightsOn(model, '/opt/x'), ['read_file']);
  assert.is(label(model), '/opt/x/');
  assert.equal(decidedInference(pressing(model, 'u')), gitFetch());
});

deciding('a path that is none is refused, and stays to be corrected', () => {
  const model = pressing(start(), '+', ...'opt/x', 'Enter');
  assert.is(model.notice, 'no-absolute-path');
  assert.is(model.prompt?.text, 'opt/x');
});

deciding('v writes a path by its variable', () => {
  const model = on('.ssh/', 'v', 'Enter');
  const { variables, paths } = decidedProfileOf(model);
  assert.equal(variables, [{ name: 'HOME', values: ['/home/ann'] }]);
  assert.ok(paths.some(({ parents }) => parents.includes('${HOME}/.ssh')));
});

deciding('e gives a reason to what was decided, also on a heading that a filter narrows', () => {
  const model = pressing(start(), '/', ...'passwd', 'Enter', 'g', 'd', 'e', ...'no', 'Enter');
  assert.equal(
    presentDecisions(model).map(({ action, reason }) => [action, reason]),
    [['deny', 'no']],
  );
});

deciding('whatever was pressed, undo inverts it and a replay gives the same', () => {
  const random = new Random(31);
  for (let round = 0; round < 150; round++) {
    const live = pressing(start(), ...randomPresses(random));
    const text = writeToml(decidedProfileOf(live));
    const stored = readToml(text, 'p').decisions ?? [];
    const { inference, grounds } = live.subject;
    assert.equal(decide(inference, decisionsOf(stored), grounds), decidedInference(live));
    let undone: Model = { ...live, pager: undefined, menu: undefined, prompt: undefined };
    while (undone.notice !== 'nothing-to-undo') undone = update(undone, { kind: 'undone' }).model;
    assert.equal(decidedInference(undone), gitFetch());
    while (undone.history.future !== undefined) undone = update(undone, { kind: 'redone' }).model;
    const last = { ...live };
    const redone = last.history.future === undefined ? decidedInference(live) : undefined;
    if (redone !== undefined) assert.equal(decidedInference(undone), redone);
  }
});

function randomPresses(random: Random): readonly string[] {
  const keys = [...'jjjjjkhl adifFrbvu/ns+e', 'Enter', 'Escape', 'Down', 'End', 'Home', 'U'];
  return Array.from({ length: random.below(40) }, () => random.pick(keys));
}

function toItem(start: string): readonly string[] {
  const menu = on('ssh/', 'b');
  const items = ['all beneath', 'all that /usr/bin/ssh did'];
  assert.ok(menu.menu !== undefined);
  return Array.from({ length: items.indexOf(start) }, () => 'j');
}

/** The model with the cursor on the row with this label, after some keys. */
function on(text: string, ...keys: readonly string[]): Model {
  const model = start();
  const rows = model.outline.findIndex((row) => row.label === text);
  assert.ok(rows >= 0, `no row ${text}`);
  return pressing(update(model, { kind: 'moved', rows }).model, ...keys);
}

function start(): Model {
  return modelOf(subjectOf(gitFetch()), { columns: 80, rows: 24 });
}

function pressing(model: Model, ...presses: readonly string[]): Model {
  return presses.reduce((before, press) => update(before, { kind: 'pressed', press }).model, model);
}

function rightsOn(model: Model, path: string): readonly string[] | undefined {
  const rule = decidedInference(model).paths.find((one) => one.path === path);
  return rule === undefined ? undefined : accessNames('fs', rule.access);
}

function label(model: Model): string | undefined {
  return model.outline[placeOfCursor(model)]?.label;
}

deciding.run();
