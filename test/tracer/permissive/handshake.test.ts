import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Handshake, type Offer } from '../../../tracer/permissive/handshake.js';

const handshake = suite('the handshake of our threads');

const offer: Offer = { listener: 7, installer: 8, guard: 9, live: 'growth', restricted: true };

handshake('hands over what was offered', () => {
  const starter = new Handshake();
  const supervisor = new Handshake(starter.memory);
  starter.offer(offer);
  assert.equal(supervisor.awaitOffer(), offer);
  assert.ok(supervisor.accept());
  assert.ok(starter.awaitAcceptance());
});

handshake('that is refused before an offer gives the supervisor nothing to wait for', () => {
  const starter = new Handshake();
  assert.ok(starter.refuse());
  assert.is(new Handshake(starter.memory).awaitOffer(), null);
});

handshake('that is refused between offer and acceptance starts nothing', () => {
  const starter = new Handshake();
  const supervisor = new Handshake(starter.memory);
  starter.offer(offer);
  assert.ok(new Handshake(starter.memory).refuse());
  assert.not(supervisor.accept());
  assert.not(starter.awaitAcceptance());
});

handshake('that is over is refused by nobody', () => {
  const starter = new Handshake();
  starter.offer(offer);
  assert.ok(starter.accept());
  assert.not(starter.refuse());
  assert.ok(starter.awaitAcceptance());
});

handshake.run();
