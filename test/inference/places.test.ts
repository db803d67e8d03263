import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Places } from '../../inference/places.js';
import { hierarchiesOf } from '../../landlock/hierarchy.js';
import { Random } from '../support/random.js';

const places = suite('places');

places('a place holds itself and what lies beneath it, and nothing else', () => {
  const said = holding('/etc/cron.d', '/etc/cron.d');
  assert.equal(said, ['/etc/cron.d']);
  assert.equal(holding('/etc/cron.d', '/etc/cron.d/x/y'), ['/etc/cron.d']);
  assert.equal(holding('/etc/cron.d', '/etc/cron.daily'), []);
  assert.equal(holding('/etc/cron.d', '/etc'), []);
  assert.equal(holding('/etc/cron.d', '/srv/etc/cron.d'), []);
});

places('a star is any part of one name', () => {
  assert.equal(holding('/home/*/.ssh/id_*', '/home/me/.ssh/id_rsa'), ['/home/me/.ssh/id_rsa']);
  assert.equal(holding('/home/*/.ssh/id_*', '/home/me/you/.ssh/id_rsa'), []);
  assert.equal(holding('/home/*/.ssh/id_*', '/home/me/.ssh/known_hosts'), []);
  assert.equal(holding('/a.b', '/axb'), []);
});

places('several stars match as they would in an expression', () => {
  const random = new Random(2);
  const text = (of: string, most: number) =>
    Array.from({ length: random.below(most) }, () => random.pick([...of])).join('');
  for (let round = 0; round < 5000; round++) {
    const pattern = `x${text('ab*', 6)}`;
    const name = `x${text('ab', 8)}`;
    const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
    const expected = expression.test(name) ? [`/${name}`] : [];
    assert.equal(holding(`/${pattern}`, `/${name}`), expected, `${pattern} and ${name}`);
  }
});

places('names that are not UTF-8, or hold a line break, are names as others are', () => {
  assert.equal(holding('/home/*/.ssh', '/home/\udcff\udc80/.ssh'), ['/home/\udcff\udc80/.ssh']);
  assert.equal(holding('/srv/a*', '/srv/a\n\udcff'), ['/srv/a\n\udcff']);
});

places('a floating place may be in any directory', () => {
  assert.equal(holding('**/.git/hooks', '/srv/a/.git/hooks/x'), ['/srv/a/.git/hooks']);
  assert.equal(holding('**/.git/hooks', '/.git/hooks'), ['/.git/hooks']);
  assert.equal(holding('**/.git/hooks', '/srv/.git/objects'), []);
});

places('what lies beneath is known as far as the names tell', () => {
  assert.equal(beneath('/home/*/.ssh', '/home'), ['/home/*/.ssh']);
  assert.equal(beneath('/home/*/.ssh', '/home/me'), ['/home/*/.ssh']);
  assert.equal(beneath('/home/*/.ssh', '/'), ['/home/*/.ssh']);
  assert.equal(beneath('/home/*/.ssh', '/home/me/.ssh'), []);
  assert.equal(beneath('/home/*/.ssh', '/srv'), []);
  assert.equal(beneath('**/.git/hooks', '/srv/.git'), ['**/.git/hooks']);
  assert.equal(beneath('**/.git/hooks', '/srv'), []);
});

places('what holds a path, and what lies beneath its hierarchies, agree', () => {
  const random = new Random(1);
  const names = ['a', 'b', 'ab', '.git'];
  const path = (length: number) => Array.from({ length }, () => `/${random.pick(names)}`).join('');
  for (let round = 0; round < 2000; round++) {
    const pattern = path(1 + random.below(4)).replace(/b/, () => random.pick(['b', '*', 'b*']));
    const target = path(1 + random.below(5));
    const table = new Places<string>();
    table.add(pattern, pattern);
    for (const { hierarchy } of table.holding(target)) {
      const above = [...hierarchiesOf(hierarchy)].slice(1);
      assert.ok([...hierarchiesOf(target)].includes(hierarchy));
      for (const each of above) {
        assert.is(table.beneath(each).length, 1, `${pattern} lies beneath ${each}`);
      }
      assert.is(table.beneath(hierarchy).length, 0);
    }
  }
});

places.run();

function holding(pattern: string, path: string): readonly string[] {
  const table = new Places<string>();
  table.add(pattern, pattern);
  return table.holding(path).map(({ hierarchy }) => hierarchy);
}

function beneath(pattern: string, path: string): readonly string[] {
  const table = new Places<string>();
  table.add(pattern, pattern);
  return table.beneath(path).map((found) => found.pattern);
}
