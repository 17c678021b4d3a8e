/** A way to meet a program that does not work with a sound partner; `conformance/judge/accommodations.ts` describes each. */
export type AccommodationId =
  | 'newline-after-request'
  | 'half-close-after-request'
  | 'request-in-one-segment'
  | 'announcement-unanswered'
  | 'known-fields-only'
  | 'spaces-in-messages'
  | 'ascii-only'
  | 'initial-data-inline'
  | 'keep-alive-granted'
  | 'base64-granted'
  | 'metadata-offered'
  | 'some-block-designated'
  | 'some-peer-listed'
  | 'others-registered';

/** The accommodations that the suite makes; without any, it does what a sound program expects. */
export type Manner = ReadonlySet<AccommodationId>;

export const usualManner: Manner = new Set();
