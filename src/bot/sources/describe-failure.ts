import type { SourceFailure } from '../../adapters/store/source-states.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';

/** A failure of a source, as it is stored and shown. */
export function describeFailure(failure: unknown): SourceFailure {
  if (failure instanceof UserError) {
    const { code, message, remedy } = failure;
    return { code, message, remedy };
  }
  if (failure instanceof TransientFailure)
    return { code: failure.code, message: failure.message, remedy: '' };
  return {
    code: 'bug',
    message: `covernote failed on it: ${failure instanceof Error ? failure.message : String(failure)}`,
    remedy: 'Please report this; the log has more.',
  };
}
