import { join } from 'node:path';
import { packageRoot } from '../../launch/package-root.ts';
import { conformanceSuite } from './mocha.ts';

for (const name of ['reference', 'python']) {
  describe(`conformance of impl/${name}`, await conformanceSuite(join(packageRoot, 'impl', name)));
}
