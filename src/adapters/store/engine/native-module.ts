import { UserError } from '../../../digest/failure/failure.js';

/** The one package whose native part is compiled for one version of Node. */
const PACKAGE = 'better-sqlite3';

/**
 * Explains why the native part of better-sqlite3 could not be loaded: most often Node was updated after `npm ci`, or install scripts
 * were blocked. null for any other error.
 */
export function nativeModuleFailure(error: unknown): UserError | null {
  if (!(error instanceof Error)) return null;
  const say = (code: string, message: string) =>
    new UserError(
      code,
      message,
      `Run \`npm rebuild ${PACKAGE}\` in the folder of covernote with this Node, then try again.`,
      { cause: error },
    );
  if ('code' in error && error.code === 'ERR_DLOPEN_FAILED')
    return say(
      'native-module-mismatch',
      `${PACKAGE} was built for another version of Node or another system than this one (Node ${process.versions.node}, ${process.platform} ${process.arch}).`,
    );
  // What `bindings` throws when the compiled file is in none of the folders it tried.
  if ('tries' in error && Array.isArray(error.tries))
    return say('native-module-missing', `${PACKAGE} was installed without its native part.`);
  return null;
}
