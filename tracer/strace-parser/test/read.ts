import { type Call, createParser, type Event, type Value } from '../source/index.js';

/** The events of a log, whose characters stand for a byte each. */
export function read(log: string): Event[] {
  return readChunks([bytes(log)]);
}

export function readChunks(chunks: Iterable<Uint8Array>): Event[] {
  const events: Event[] = [];
  const parser = createParser((event) => events.push(event));
  for (const chunk of chunks) parser.write(chunk);
  parser.end();
  return events;
}

/** The one event of a log. */
export function readOne(log: string): Event {
  const events = read(log);
  const [event] = events;
  if (!event || events.length > 1) throw new Error(`${events.length} events: ${log}`);
  return event;
}

/** The one call of a log. */
export function readCall(log: string): Call {
  const event = readOne(log);
  if (event.kind !== 'call') throw new Error(`${event.kind}, not a call: ${log}`);
  return event;
}

/** The value of an argument as strace prints it. */
export function readArgument(text: string): Value {
  const { args } = readCall(`call(${text}) = 0\n`);
  const [value] = args;
  if (!value || args.length > 1) throw new Error(`${args.length} arguments: ${text}`);
  return value;
}

export function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
