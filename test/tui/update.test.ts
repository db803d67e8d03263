import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modelOf } from '../../tui/laying-out.js';
import type { Command, Message } from '../../tui/messages.js';
import type { Model } from '../../tui/model.js';
import { decidedInference } from '../../tui/outcome.js';
import { stateAt } from '../../tui/standing.js';
import { update } from '../../tui/update.js';
import { placeOfCursor } from '../../tui/window.js';
import { Random } from '../support/random.js';
import {
  directoryRule,
  gitFetch,
  inferenceOf,
  manyRules,
  readRule,
  subjectOf,
} from './subjects.js';

const size = { columns: 80, rows: 24 };
const deny: Message = { kind: 'decided', decision: 'deny' };
const allow: Message = { kind: 'decided', decision: 'allow' };
const cycle: Message = { kind: 'decided', decision: 'other' };
const quit: Message = { kind: 'quit-asked' };
const write: Message = { kind: 'write-asked' };

const deciding = suite('deciding');

deciding('denying a rule leaves it out of what is written', () => {
  const model = after(atLabel(start(), 'passwd'), deny);
  const paths = decidedInference(model).paths.map((rule) => rule.path);
  assert.is(paths.includes('/etc/passwd'), false);
  assert.is(paths.length, gitFetch().paths.length - 1);
});

deciding('denying and allowing again gives back the same inference', () => {
  const model = after(atLabel(start(), 'passwd'), deny, allow);
  assert.equal(decidedInference(model), gitFetch());
});

deciding('a heading decides for everything beneath it', () => {
  const model = after(atLabel(start(), '/etc/'), deny);
  const paths = decidedInference(model).paths.map((rule) => rule.path);
  assert.is(
    paths.some((path) => path.startsWith('/etc')),
    false,
  );
  assert.is(stateOfCursor(model), 'denied');
});

deciding('a heading of which a part is denied is mixed, and space allows all of it', () => {
  const model = atLabel(after(atLabel(start(), 'passwd'), deny), '/etc/');
  assert.is(stateOfCursor(model), 'mixed');
  assert.equal(decidedInference(after(model, cycle)), gitFetch());
});

deciding('a rule with rules beneath it decides for itself alone', () => {
  const paths = [directoryRule('/srv', ['read_dir'], []), readRule('/srv/a')];
  const model = after(atLabel(modelOf(subjectOf(inferenceOf({ paths })), size), '/srv/'), deny);
  assert.equal(
    decidedInference(model).paths.map((rule) => rule.path),
    ['/srv/a'],
  );
});

deciding('ports and scopes can be denied', () => {
  const noPort = after(atLabel(start(), 'connect tcp 443'), deny);
  assert.equal(decidedInference(noPort).ports, []);
  const scoped = after(atLabel(start(), 'signals to other processes'), deny);
  assert.equal(decidedInference(scoped).unscoped, []);
});

deciding('nothing is made for rules that are denied', () => {
  const model = after(atLabel(start(), '.git/'), deny);
  assert.equal(decidedInference(model).creations, []);
  assert.equal(decidedInference(after(model, allow)).creations, gitFetch().creations);
});

deciding('where there is nothing to decide, it says so', () => {
  const model = after(atLabel(start(), 'git called mount, which no rule can allow.'), deny);
  assert.is(model.notice, 'nothing-to-decide');
  assert.equal(decidedInference(model), gitFetch());
});

const undoing = suite('undoing');

undoing('undo goes back and redo forth, with the cursor on what changed', () => {
  const denied = after(atLabel(start(), 'passwd'), deny);
  const undone = after(denied, { kind: 'jumped', to: 'last' }, { kind: 'undone' });
  assert.equal(decidedInference(undone), gitFetch());
  assert.is(labelOfCursor(undone), 'passwd');
  assert.equal(decidedInference(after(undone, { kind: 'redone' })), decidedInference(denied));
});

undoing('undo shows what a fold hides', () => {
  const denied = after(atLabel(start(), 'passwd'), deny);
  const folded = after(
    denied,
    { kind: 'folded' },
    { kind: 'folded' },
    { kind: 'jumped', to: 'first' },
  );
  assert.is(labelOfCursor(after(folded, { kind: 'undone' })), 'passwd');
});

undoing('a decision that changes nothing is no step', () => {
  const denied = after(atLabel(start(), 'passwd'), deny, deny, { kind: 'undone' });
  assert.is(after(denied, { kind: 'undone' }).notice, 'nothing-to-undo');
});

undoing('a new decision forgets what was undone', () => {
  const model = after(atLabel(start(), 'passwd'), deny, { kind: 'undone' }, deny, {
    kind: 'redone',
  });
  assert.is(model.notice, 'nothing-to-redo');
});

undoing('undoing all of any history gives the start, and redoing all of it the end', () => {
  const random = new Random(11);
  for (let round = 0; round < 50; round++) {
    const decided = wander(start(), random, 60);
    const undone = repeat(decided, { kind: 'undone' }, 'nothing-to-undo');
    assert.equal(decidedInference(undone), gitFetch());
    const newest = repeat(decided, { kind: 'redone' }, 'nothing-to-redo');
    const redone = repeat(undone, { kind: 'redone' }, 'nothing-to-redo');
    assert.equal(decidedInference(redone), decidedInference(newest));
  }
});

const leaving = suite('leaving');

leaving('without decisions, q quits', () => {
  assert.equal(commandsOf(start(), quit), [{ kind: 'quit' }]);
});

leaving('with decisions, q asks once', () => {
  const asked = after(atLabel(start(), 'passwd'), deny, quit);
  assert.is(asked.notice, 'unsaved');
  assert.equal(commandsOf(asked, quit), [{ kind: 'quit' }]);
  assert.equal(commandsOf(asked, { kind: 'interrupted' }), [{ kind: 'quit' }]);
});

leaving('whatever comes between, q asks again', () => {
  const asked = after(atLabel(start(), 'passwd'), deny, quit, { kind: 'moved', rows: 1 });
  assert.equal(commandsOf(asked, quit), []);
});

leaving('a resize does not answer for the person', () => {
  const asked = after(atLabel(start(), 'passwd'), deny, quit);
  const resized = after(asked, { kind: 'resized', size: { columns: 40, rows: 10 } });
  assert.is(resized.notice, 'unsaved');
});

leaving('decisions that were undone need no asking', () => {
  const model = after(atLabel(start(), 'passwd'), deny, { kind: 'undone' });
  assert.equal(commandsOf(model, quit), [{ kind: 'quit' }]);
});

leaving('w gives back the inference as decided', () => {
  assert.equal(commandsOf(start(), write), [
    { kind: 'write', inference: gitFetch(), decisions: [] },
  ]);
});

leaving('a terminal that hangs up is not asked', () => {
  const model = after(atLabel(start(), 'passwd'), deny);
  assert.equal(commandsOf(model, { kind: 'hung-up' }), [{ kind: 'quit' }]);
});

leaving('q closes a pager before it quits', () => {
  const model = after(start(), { kind: 'pager-asked', pager: 'help' });
  assert.equal(commandsOf(model, quit), []);
  assert.is(after(model, quit).pager, undefined);
});

const moving = suite('moving');

moving('folding hides what is beneath, unfolding shows it again', () => {
  const heading = atLabel(start(), '/etc/');
  const folded = after(heading, { kind: 'folded' });
  assert.is(folded.visible.length, heading.visible.length - 4);
  assert.is(labelOfCursor(folded), '/etc/');
  assert.equal(after(folded, { kind: 'unfolded' }).visible, heading.visible);
});

moving('folding a row with nothing beneath goes to its heading', () => {
  assert.is(labelOfCursor(after(atLabel(start(), 'passwd'), { kind: 'folded' })), '/etc/');
});

moving('in a pager the keys that decide do nothing', () => {
  const model = after(start(), { kind: 'pager-asked', pager: 'preview' }, deny);
  assert.equal(decidedInference(model), gitFetch());
});

moving('a pager scrolls no further than its last line', () => {
  const many = modelOf(subjectOf(manyRules(100)), size);
  const pages: Message[] = Array.from({ length: 50 }, () => ({ kind: 'paged', pages: 1 }));
  const model = after(many, { kind: 'pager-asked', pager: 'preview' }, ...pages);
  const { lines = [], top = 0 } = model.pager ?? {};
  assert.ok(lines.length > 100);
  assert.is(top, lines.length - 19);
});

moving('whatever happens, the cursor is on a row that is on the screen', () => {
  const random = new Random(23);
  for (const inference of [gitFetch(), manyRules(300), inferenceOf({})]) {
    for (let round = 0; round < 40; round++) {
      let model = modelOf(subjectOf(inference), size);
      for (let step = 0; step < 80; step++) {
        model = after(model, anyMessage(random));
        assert.ok(model.visible[model.cursor] !== undefined);
        assert.ok(model.top >= 0 && model.top <= model.cursor);
        assert.ok(model.outline[placeOfCursor(model)] !== undefined);
      }
    }
  }
});

function start(): Model {
  return modelOf(subjectOf(gitFetch()), size);
}

function after(model: Model, ...messages: readonly Message[]): Model {
  return messages.reduce((before, message) => update(before, message).model, model);
}

function commandsOf(model: Model, message: Message): readonly Command[] {
  return update(model, message).commands;
}

/** The model with the cursor on the first row with this label. */
function atLabel(model: Model, label: string): Model {
  const place = model.visible.findIndex((at) => model.outline[at]?.label === label);
  assert.ok(place >= 0, `no row ${label}`);
  return after(model, { kind: 'moved', rows: place - model.cursor });
}

function labelOfCursor(model: Model): string | undefined {
  return model.outline[placeOfCursor(model)]?.label;
}

function stateOfCursor(model: Model) {
  return stateAt(model.outline, model.tally, placeOfCursor(model));
}

function repeat(model: Model, message: Message, until: Model['notice']): Model {
  let current = model;
  do current = after(current, message);
  while (current.notice !== until);
  return current;
}

function wander(model: Model, random: Random, steps: number): Model {
  let current = model;
  for (let step = 0; step < steps; step++) current = after(current, anyMessage(random));
  return after(current, { kind: 'dialog-left' });
}

function anyMessage(random: Random): Message {
  return random.pick<Message>([
    { kind: 'moved', rows: random.below(9) - 4 },
    { kind: 'paged', pages: random.below(3) - 1 },
    { kind: 'jumped', to: random.pick(['first', 'last'] as const) },
    { kind: 'folded' },
    { kind: 'unfolded' },
    cycle,
    deny,
    allow,
    { kind: 'undone' },
    { kind: 'redone' },
    quit,
    {
      kind: 'pager-asked',
      pager: random.pick(['help', 'preview', 'evidence', 'difference'] as const),
    },
    { kind: 'dialog-left' },
    { kind: 'resized', size: { columns: random.below(200), rows: random.below(60) } },
  ]);
}

deciding.run();
undoing.run();
leaving.run();
moving.run();
