import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aboutDomainOf } from '../../../tracer/audit/domain-messages.js';

const messages = suite('the audit’s messages about a domain');

/** Two domains of one process, of which the second is its program's own, and one of another. */
const all = [
  domain('a1', 41, '/usr/bin/node', 10),
  access('a1', 11),
  { type: 1300, text: 'audit(1.000:11): arch=c000003e syscall=257 exit=-13 pid=41' },
  domain('a2', 41, '/usr/bin/curl', 12),
  access('a2', 13),
  domain('b1', 4, '/usr/bin/node', 14),
  access('b1', 15),
  { type: 1300, text: 'audit(1.000:16): arch=c000003e syscall=2 exit=0 pid=41' },
];

messages('are those of every domain that the process made, with who asked', () => {
  assert.equal(serials(aboutDomainOf(41, all)), [10, 11, 11, 12, 13]);
});

messages('are those of the domain alone that it made as a certain program', () => {
  assert.equal(serials(aboutDomainOf(41, all, '/usr/bin/node')), [10, 11, 11]);
});

messages('are none for a process whose number merely begins alike', () => {
  assert.equal(serials(aboutDomainOf(1, all)), []);
});

messages.run();

function domain(id: string, pid: number, exe: string, serial: number) {
  const text = `audit(1.000:${serial}): domain=${id} status=allocated mode=enforcing pid=${pid} uid=0 exe="${exe}" comm="x"`;
  return { type: 1424, text };
}

function access(id: string, serial: number) {
  const text = `audit(1.000:${serial}): domain=${id} blockers=fs.read_file path="/x" dev="vda" ino=1`;
  return { type: 1423, text };
}

function serials(found: readonly { readonly text: string }[]): readonly number[] {
  return found.map(({ text }) => Number(/:(\d+)\)/.exec(text)?.[1]));
}
