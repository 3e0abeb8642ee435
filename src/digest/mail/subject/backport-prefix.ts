/** Whether a prefix of a title says that work was posted elsewhere before: `6.1`, `6.1.y`, `v5.10.y`, `AUTOSEL`. */
export function isBackportPrefix(prefix: string): boolean {
  return /^(?:v?\d{1,2}\.\d{1,3}(?:\.y|\.\d{1,3})?|autosel|stable|backport|\d\.\d{1,3}-stable)$/i.test(
    prefix,
  );
}
