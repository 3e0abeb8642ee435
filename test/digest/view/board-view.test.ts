import { expect, it } from 'vitest';
import { myBoard } from '../../../src/digest/plan/my-board.js';
import { board } from '../../../src/digest/plan/waiting.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { boardView } from '../../../src/digest/view/board-view.js';
import { myBoardView } from '../../../src/digest/view/my-board-view.js';
import { aSeries } from '../../fixtures/series-record.js';

const NOW = '2026-11-30T08:00:00Z';
const waiting = board([aSeries()], NOW);
const rows = myBoard([aSeries()], { emails: ['ada@example.org'], catalog: emptyCatalog() }, NOW);

it.each([
  [0, false, 0],
  [1_000, false, 1],
  [0, true, 1],
  [1_000, true, 2],
])('says what was not checked: %i, %s', (cut, decidedCut, notes) => {
  const texts = [
    boardView({ waiting, cut, decidedCut }, 'mm'),
    myBoardView(rows, { snoozed: null, cut, decidedCut }),
  ].map((view) => JSON.stringify(view));
  expect(texts.map((text) => text.match(/were checked/g)?.length ?? 0)).toEqual([notes, notes]);
});

it('does not speak of what newer work may have replaced where nothing is listed', () => {
  const bounds = { cut: 0, decidedCut: true };
  expect(JSON.stringify(boardView({ waiting: [], ...bounds }, ''))).not.toContain('checked');
  expect(JSON.stringify(myBoardView([], { snoozed: null, ...bounds }))).not.toContain('checked');
});
