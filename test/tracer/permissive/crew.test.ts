import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { disbandCrew, gatherCrew, sendHome, takeCrew } from '../../../tracer/permissive/crew.js';

const crew = suite('the crew');

/** What Node says of a thread that is gone. */
const goneThread = -1;

crew('is gone once it was sent home, however far it had come with loading', async () => {
  for (const moments of [0, 10, 20, 40, 80, 160]) {
    const sent = takeCrew();
    await new Promise((resolve) => setTimeout(resolve, moments));
    await sendHome(sent);
    assert.is(sent.starter.threadId, goneThread);
    assert.is(sent.supervisor.threadId, goneThread);
  }
});

crew('is let go when nobody took it, and a taken one is not', async () => {
  gatherCrew();
  await disbandCrew();
  gatherCrew();
  const taken = takeCrew();
  await disbandCrew();
  assert.not(taken.supervisor.threadId === goneThread);
  await sendHome(taken);
});

crew.run();
