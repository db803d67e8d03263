import { constants } from 'node:fs';
import { messageQueues } from '../../message-queues.js';
import type { AskedCall } from '../asked-call.js';
import type { Observer } from '../observer.js';
import type { Thread } from '../threads.js';
import { accessMode, wishesOf } from './open.js';

const { O_CREAT, O_EXCL } = constants;

/** mq_open(2). Its name is that of a file, without the slash that the C library takes away. */
export function askedMessageQueue(observer: Observer, thread: Thread, call: AskedCall): void {
  const name = call.path(0);
  if (name === null || name === '' || name.includes('/')) return; // EFAULT, ENOENT, EACCES
  const flags = call.unsigned(1);
  const queues = messageQueues(thread.id);
  if (queues === undefined) {
    const where = 'as no file system of type mqueue is mounted,';
    return observer.gap(
      'unresolved',
      `the message queue ${name} of ${thread.executable}, ${where}`,
    );
  }
  const found = observer.findNamed(thread, undefined, `${queues}/${name}`, { followLast: false });
  if (found === undefined) return;
  const { path, real, type } = found;
  const access = accessMode(flags);
  if (type === 'missing') {
    if ((flags & O_CREAT) === 0 || !observer.mayChangeNames(thread, found)) return; // ENOENT, EACCES
    observer.recording.disk.made(path, 'regular');
  } else {
    if ((flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0) return; // EEXIST
    if (!observer.may(thread, real, ...wishesOf(access))) return; // EACCES
    observer.recording.disk.found(path, type);
  }
  const opened = { path, type: 'regular', truncate: false, create: 'no' } as const;
  observer.record(thread, 'mq_open', { kind: 'open', ...opened, ...access });
}
