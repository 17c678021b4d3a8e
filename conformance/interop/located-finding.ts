import type { LoggedMessage } from './message-log.ts';
import type { Finding } from './observation.ts';

/** A finding, and the message that it is about. */
export interface LocatedFinding extends Finding {
  readonly message: LoggedMessage;
}
