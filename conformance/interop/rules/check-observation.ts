import type { Finding, Observation } from '../observation.ts';
import type { SwarmModel } from '../swarm-model.ts';
import { checkRefused, checkUnanswered } from './no-answer.ts';
import { checkRequest } from './request.ts';
import { checkResponse } from './response.ts';

/** Checks one observation against those before it. */
export function checkObservation(observation: Observation, model: SwarmModel): Finding | undefined {
  switch (observation.kind) {
    case 'request':
      return checkRequest(observation, model);
    case 'response':
      return checkResponse(observation, model);
    case 'unanswered':
      return checkUnanswered(observation, model);
    case 'refused':
      return checkRefused(observation, model);
  }
}
