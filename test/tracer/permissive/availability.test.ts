import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { knowsUserNotification } from '../../../kernel/seccomp.js';
import { isKnownArchitecture } from '../../../kernel/syscall-numbers.js';
import { permissiveAvailability } from '../../../tracer/permissive/availability.js';
import { testWhere } from '../../support/requirements.js';

const availability = suite('the permissive tracer');
const known = isKnownArchitecture();
const lack = known && knowsUserNotification() ? undefined : 'there is no user notification here';

testWhere(availability, lack, 'is not for kernels that let no notified call go on', () => {
  for (const release of ['5.0.0', '5.4.0-216-generic']) {
    const found = permissiveAvailability(release);
    assert.ok(!found.usable && found.reason.includes('lets no system call go on'), release);
  }
  for (const release of ['5.5.0', '5.10.0-46-amd64', '7.3.4+deb13-amd64']) {
    assert.ok(permissiveAvailability(release).usable, release);
  }
});

availability.run();
