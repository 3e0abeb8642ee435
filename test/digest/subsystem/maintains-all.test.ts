import { describe, expect, it } from 'vitest';
import { buildCatalog } from '../../../src/digest/subsystem/catalog.js';
import { maintainsAll } from '../../../src/digest/subsystem/maintainers-of.js';
import { parseMaintainers } from '../../../src/digest/subsystem/parse-maintainers.js';

const catalog = buildCatalog(
  parseMaintainers(`
IO_URING
M:	Ada Quill <ada@example.org>
R:	Bo Reviewer <bo@example.org>
L:	io-uring@vger.kernel.org
F:	io_uring/

NETWORKING DRIVERS
M:	Nell Driver <nell@example.org>
L:	netdev@vger.kernel.org
F:	drivers/net/

FROB ETHERNET DRIVER
M:	Ada Quill <ada@example.org>
L:	netdev@vger.kernel.org
F:	drivers/net/frob/

THE REST
M:	Lin Rest <lin@example.org>
L:	linux-kernel@vger.kernel.org
F:	*
F:	*/
`).entries,
);
const ada = { name: 'Ada Quill', email: 'ada@example.org' };

describe('whether a person maintains all of a work', () => {
  it.each<[string, typeof ada, string[], boolean]>([
    ['all of it', ada, ['io_uring/net.c', 'io_uring/rw.c'], true],
    ['all of it, from another address', { ...ada, email: 'ada@example.com' }, ['io_uring/net.c'], true],
    ['a driver in a subsystem of others', ada, ['drivers/net/frob/main.c'], false],
    ['a part of it', ada, ['io_uring/net.c', 'drivers/net/a.c'], false],
    ['beside what only everything holds', ada, ['io_uring/net.c', 'init/Kconfig'], true],
    ['mostly what only everything holds', ada, ['io_uring/net.c', 'init/Kconfig', 'init/main.c'], false],
    ['what only everything holds, sent to their list', ada, ['MAINTAINERS'], true],
    ['a reviewer', { name: 'Bo Reviewer', email: 'bo@example.org' }, ['io_uring/net.c'], false],
    ['the same of a reviewer', { name: 'Bo Reviewer', email: 'bo@example.org' }, ['MAINTAINERS'], false],
  ])('%s', (_, person, paths, expected) => {
    const home = catalog.bySlug.get('io_uring')?.entries ?? [];
    expect(maintainsAll(catalog, person, paths, home)).toBe(expected);
  });
});
