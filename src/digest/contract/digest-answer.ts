import { digestSchema } from '../plan/digest.js';

/** `digest --json`: the digest as it was planned. */
export const digestAnswerSchema = digestSchema;
