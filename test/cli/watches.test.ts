import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchesPermissively } from '../../cli/watches.js';

const watches = suite('whether something will be watched');

watches('is guessed from the first words', () => {
  for (const words of ['-- true', 'true', 'learn -- true', '-o x -- run strace', './strace -f']) {
    assert.is(watchesPermissively(words.split(' ')), true, words);
  }
});

watches('is denied for verbs that run nothing under a tracer, for help and for strace', () => {
  const others = ['run x -- true', 'infer a', 'doctor', 'help learn', '--help', 'learn -h', '-V'];
  for (const words of [...others, 'learn', '--tracer strace -- x', 'learn --tracer=strace -- x']) {
    assert.is(watchesPermissively(words.split(' ')), false, words);
  }
  assert.is(watchesPermissively([]), false);
});

watches.run();
