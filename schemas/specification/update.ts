// Renews the field tables of PROTOCOL.md from the message schemas.
import { readFileSync, writeFileSync } from 'node:fs';
import { withMessageReference } from './message-reference.ts';

const file = new URL('../../PROTOCOL.md', import.meta.url);
writeFileSync(file, withMessageReference(readFileSync(file, 'utf8')));
