import type { Event } from './event.js';
import { createParser } from './parser.js';

/** The events of a log that arrives in chunks, cut anywhere. */
export async function* parse(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Event> {
  let events: Event[] = [];
  const parser = createParser((event) => events.push(event));
  for await (const chunk of source) {
    parser.write(chunk);
    yield* events;
    events = [];
  }
  parser.end();
  yield* events;
}
