import { existsSync, readFileSync } from 'node:fs';
import { buildCatalog, type Catalog } from '../../../src/digest/subsystem/catalog.js';
import { parseMaintainers } from '../../../src/digest/subsystem/parse-maintainers.js';

const SHARED = new URL('../../../../shared/corpora/MAINTAINERS', import.meta.url);
const EXAMPLE = new URL('../../../examples/MAINTAINERS', import.meta.url);

/** The kernel's own file is next to some checkouts of the repository. */
export const hasKernelMaintainers = existsSync(SHARED);

export const kernelMaintainers = (): string => readFileSync(SHARED, 'utf8');
export const exampleMaintainers = (): string => readFileSync(EXAMPLE, 'utf8');

let kernel: Catalog | null = null;
let example: Catalog | null = null;

export function kernelCatalog(): Catalog {
  kernel ??= buildCatalog(parseMaintainers(kernelMaintainers()).entries);
  return kernel;
}

/** The catalog of the MAINTAINERS file that ships with the example mail. */
export function exampleCatalog(): Catalog {
  example ??= buildCatalog(parseMaintainers(exampleMaintainers()).entries);
  return example;
}
