import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditStatus } from '../../kernel/audit.js';
import { checked, libc } from '../../kernel/libc.js';
import { lacksAudit, withAudit } from '../support/audit.js';
import { testWhere } from '../support/requirements.js';
import { until } from '../support/waiting.js';

const audit = suite('the kernel’s audit');
const setitimer = libc<[number, Buffer, null], number>(
  'int setitimer(int which, void *value, void *old)',
);

testWhere(audit, lacksAudit(), 'signals do not keep it from answering', () =>
  withAudit(async () => {
    const asked = settings();
    let handled = 0;
    const handler = () => {
      handled += 1;
    };
    process.on('SIGALRM', handler);
    alarmEvery(30);
    try {
      for (let times = 0; times < 150; times++) {
        assert.equal(settings(), asked);
      }
    } finally {
      alarmEvery(0);
    }
    await until(() => handled > 0, 'a signal was handled');
    process.off('SIGALRM', handler);
  }),
);

audit.run();

/** What changes by nobody while the audit is held on. */
function settings() {
  const { enabled, backlogLimit } = auditStatus();
  return { enabled, backlogLimit };
}

/** Has SIGALRM sent to this process again and again; not any more for 0. */
function alarmEvery(microseconds: number): void {
  const interval = Buffer.alloc(32);
  interval.writeBigInt64LE(BigInt(microseconds), 8);
  interval.writeBigInt64LE(BigInt(microseconds), 24);
  checked('setitimer', setitimer(ITIMER_REAL, interval, null));
}

const ITIMER_REAL = 0;
