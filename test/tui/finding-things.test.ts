import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { headerLines } from '../../tui/header.js';
import { modelOf } from '../../tui/laying-out.js';
import { textOf } from '../../tui/line.js';
import type { Message } from '../../tui/messages.js';
import type { Model } from '../../tui/model.js';
import { decidedInference } from '../../tui/outcome.js';
import { update } from '../../tui/update.js';
import { placeOfCursor } from '../../tui/window.js';
import { gitFetch, inferenceOf, readRule, subjectOf } from './subjects.js';

const tool = '/home/ann/src/tool';
const size = { columns: 80, rows: 24 };
const finding = suite('finding things');

finding('a filter holds as one types, and Escape shows all again', () => {
  const model = pressing(start(), '/', 's', 's', 'h', '_');
  assert.equal(labels(model), [
    'Files and directories',
    '/etc/',
    'ssh/',
    'ssh_config',
    'ssh_config.d/',
  ]);
  const kept = pressing(model, 'Enter', 'j');
  assert.is(labels(kept).length, 5);
  assert.equal(labels(pressing(kept, 'Escape')), labels(start()));
});

finding('words are looked for in paths, programs and rights, and all have to be there', () => {
  assert.equal(rules(pressing(start(), '/', ...'ioctl_dev')), ['/dev/tty']);
  assert.equal(rules(pressing(start(), '/', ...'usr/bin/ssh passwd')), ['/etc/passwd']);
  assert.equal(rules(pressing(start(), '/', ...'PASSWD')), []);
});

finding('a fold is found by what it has swallowed, and says by which', () => {
  const found = pressing(start(), '/', ...'objects/pack');
  assert.equal(rules(found), [`${tool}/.git`]);
  assert.ok(labels(found).includes('.git/ (objects/pack)'));
  assert.equal(rules(pressing(start(), '/', ...'.git/index.lock git make_reg')), [`${tool}/.git`]);
  assert.equal(rules(pressing(start(), '/', ...'index.lock objects')), [], 'no path holds both');
  const own = pressing(start(), '/', ...'tool/.git');
  assert.ok(labels(own).includes('.git/'), 'its own row says why');
});

finding('what a fold was found by is in its evidence, and what is folded is found as well', () => {
  const names = ['one', 'two', 'three'].map((name) => `/srv/data/${name}.csv`);
  const subject = subjectOf(inferenceOf({ paths: names.map(readRule) }));
  const folded = pressing(modelOf(subject, size), 'j', 'f');
  const found = pressing(folded, '/', ...'csv data', 'Enter');
  assert.equal(labels(found), ['Files and directories', '/srv/data/ (one.csv +2)']);
  const { pager } = pressing(found, 'j', 'Enter');
  const told = (pager?.lines ?? []).map((line) => textOf(line));
  const at = told.indexOf('Found beneath it');
  assert.equal(told.slice(at + 1, at + 5), ['one.csv', 'two.csv', 'three.csv', '']);
});

finding('the counts at the top are said to be of what is shown', () => {
  const top = (model: Model) => headerLines(model).map(textOf)[0] ?? '';
  assert.match(top(start()), / 1 to decide, 12 allowed, 0 denied/);
  assert.match(top(pressing(start(), '/', ...'passwd')), / shown: 1 allowed, 0 denied/);
});

finding('a heading decides for the rows that are shown', () => {
  const denied = pressing(start(), '/', ...'passwd', 'Enter', 'g', 'd', 'Escape');
  const { paths } = decidedInference(denied);
  assert.is(paths.length, gitFetch().paths.length - 1);
});

finding('rules can be put under their programs, families, severities and by what they open', () => {
  const headings = ['s', 's', 's', 's'].map((_, times) => {
    const model = pressing(start(), ...Array.from({ length: times + 1 }, () => 's'));
    assert.is(rules(model).length, gitFetch().paths.length);
    return model.outline.filter(({ item }) => item.kind === 'group').map(({ label }) => label);
  });
  assert.equal(headings, [
    ['git', 'ssh', 'cat'],
    ["the program's own"],
    ['nothing found'],
    ['100 objects and more', 'single files: nothing else', 'not counted'],
  ]);
});

finding('another order keeps the cursor on its row, and the last gives the tree again', () => {
  const model = pressing(start(), 'j', 'j', 'j', 's');
  assert.is(label(model), '/dev/tty');
  assert.equal(labels(pressing(model, 's', 's', 's', 's')), labels(start()));
});

finding('n goes to what wants a decision, until there is no more', () => {
  const model = pressing(start(), 'n');
  assert.is(label(model), '.ssh/');
  assert.is(pressing(model, 'a', 'n').notice, 'nothing-open');
  assert.is(label(pressing(model, 'u')), '.ssh/');
});

function start(): Model {
  return modelOf(subjectOf(gitFetch()), size);
}

function pressing(model: Model, ...presses: readonly string[]): Model {
  return presses
    .map((press): Message => ({ kind: 'pressed', press }))
    .reduce((before, message) => update(before, message).model, model);
}

function label(model: Model): string | undefined {
  return model.outline[placeOfCursor(model)]?.label;
}

function labels(model: Model): readonly string[] {
  return model.outline.map((row) => row.label);
}

function rules(model: Model): readonly string[] {
  return model.outline.flatMap(({ item }) => (item.kind === 'rule' ? [item.rule.path] : []));
}

finding.run();
