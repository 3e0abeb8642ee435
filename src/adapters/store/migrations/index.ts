/** Every migration in the order of its making; a new one is a file here and a line below, and none is ever changed. */
import * as mailAndSeries from './0001-mail-and-series.js';
import * as search from './0002-search.js';
import * as chat from './0003-chat.js';
import * as source from './0004-source.js';
import * as documentsApart from './0005-documents-apart.js';
import * as postingFacts from './0006-posting-facts.js';
import * as quarantine from './0007-quarantine.js';
import * as underived from './0008-underived.js';
import * as writtenSummaries from './0009-written-summaries.js';
import * as searchHeads from './0010-search-heads.js';
import * as placeLayout from './0012-place-layout.js';
import * as atOnce from './0013-at-once.js';
import * as shortPendingLists from './0014-short-pending-lists.js';
import * as people from './0015-people.js';
import * as titlesByAge from './0016-titles-by-age.js';
import * as repliesByAge from './0017-replies-by-age.js';
import * as secondChances from './0018-second-chances.js';
import * as pullsByAge from './0019-pulls-by-age.js';
import * as pullKeys from './0020-pull-keys.js';
import * as backportsSection from './0021-backports-section.js';

export const migrations = {
  '0001-mail-and-series': mailAndSeries,
  '0002-search': search,
  '0003-chat': chat,
  '0004-source': source,
  '0005-documents-apart': documentsApart,
  '0006-posting-facts': postingFacts,
  '0007-quarantine': quarantine,
  '0008-underived': underived,
  '0009-written-summaries': writtenSummaries,
  '0010-search-heads': searchHeads,
  '0012-place-layout': placeLayout,
  '0013-at-once': atOnce,
  '0014-short-pending-lists': shortPendingLists,
  '0015-people': people,
  '0016-titles-by-age': titlesByAge,
  '0017-replies-by-age': repliesByAge,
  '0018-second-chances': secondChances,
  '0019-pulls-by-age': pullsByAge,
  '0020-pull-keys': pullKeys,
  '0021-backports-section': backportsSection,
};
