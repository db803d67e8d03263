import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  heeded,
  ignoredByNodeAlone,
  inheritedIgnored,
  inheritedOpenFiles,
  inheritedVariable,
  inheritedWords,
  takeInherited,
} from '../../kernel/inherited.js';

const inherited = suite('what Node changes of what it inherits');
const [SIGHUP, SIGPIPE, SIGXFSZ] = [1, 13, 25];

inherited('is what the launcher tells, which is taken out of the environment', () => {
  take('0000000000001001 1024');
  assert.is(process.env[inheritedVariable], undefined);
  assert.equal(inheritedIgnored(), [SIGHUP, SIGPIPE]);
  assert.equal([heeded('SIGHUP'), heeded('SIGINT')], [false, true]);
  assert.equal(ignoredByNodeAlone(), [SIGXFSZ]);
  assert.is(inheritedOpenFiles(), 1024n);
});

inherited('is told on to another Node, where there is something to tell', () => {
  take('0000000000000001 1024');
  const [env = '', variable = ''] = inheritedWords();
  assert.is(env, '/usr/bin/env');
  take(variable.slice(variable.indexOf('=') + 1));
  assert.equal([inheritedIgnored(), inheritedOpenFiles()], [[SIGHUP], 1024n]);
  take('0000000000000000 1024');
  assert.equal(inheritedWords(), []);
});

inherited('is nothing where nobody tells, or in words that are none of the launcher', () => {
  for (const told of ['', ' ', 'x y', '0x1 -1', '1e3z 1e3']) {
    take(told);
    assert.equal(inheritedIgnored(), []);
    assert.is(inheritedOpenFiles(), undefined);
    assert.equal(ignoredByNodeAlone(), [SIGPIPE, SIGXFSZ]);
  }
  take('8000000000000000 unlimited');
  assert.equal(inheritedIgnored(), [64]);
  assert.is(inheritedOpenFiles(), 2n ** 64n - 1n);
});

inherited.run();

function take(told: string): void {
  process.env[inheritedVariable] = told;
  takeInherited();
}
