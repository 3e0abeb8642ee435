/** What all Message-IDs of one run of a sending tool share; how the id was made is known for a few tools. */
const FORMS: readonly RegExp[] = [
  /** git send-email: `20191209201932.14259-1-name@host`. */
  /^(\d{14}\.\d{1,9})-\d{1,4}-/,
  /** Older git send-email: `1593974870-18919-1-git-send-email-name@host`. */
  /^(\d{9,11}-\d{1,9})-\d{1,4}-git-send-email-/,
  /** git format-patch --thread: `cover.1588253029.git.name@host`, `<hash>.1588253029.git.name@host`. */
  /^(?:cover|[0-9a-f]{7,64})\.(\d{9,11}\.git\.)/,
  /** StGit: `172547884995.206112.808619042206173396.stgit@host`; the number in the middle is that of the run. */
  /^\d{9,14}\.(\d{1,9})\.\d{1,20}\.stgit@/,
  /** b4: `20230422-uring-getdents-v1-0-14c1db36e98c@host`. */
  /^(\d{8}-[^@\s]{1,120}-v\d{1,4})-\d{1,4}-[0-9a-f]{8,16}@/,
];

/** The stem of a Message-ID, null for one that says nothing (quilt and stgit make unrelated ids). */
export function sendingStem(id: string): string | null {
  const head = id.slice(0, 200);
  for (const form of FORMS) {
    const found = form.exec(head)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}
