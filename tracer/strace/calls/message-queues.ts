import type { Call } from 'strace-parser';
import { messageQueues } from '../../message-queues.js';
import { argument, flagNames, pathArgument } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';
import { accessMode } from './open.js';

/** mq_open(2). Its name is that of a file, without the slash that the C library takes away. */
export function readMessageQueue(scene: Scene, thread: TracedThread, call: Call): void {
  const name = pathArgument(argument(call, 0));
  const queues = messageQueues('self');
  if (name === undefined || queues === undefined) {
    const where = queues === undefined ? ', as no file system of type mqueue is mounted,' : '';
    const whose = `of ${thread.image.executable}${where}`;
    return scene.gap('unresolved', `the message queue ${name ?? ''} ${whose}`);
  }
  const path = `${queues}/${name}`;
  const flags = flagNames(argument(call, 1));
  const type = 'regular';
  if (flags.has('O_CREAT') && !scene.disk.knows(path)) scene.disk.made(path, type);
  else scene.disk.found(path, type);
  scene.record(thread, call, {
    kind: 'open',
    ...{ path, type, ...accessMode(flags), truncate: false, create: 'no' },
  });
}
