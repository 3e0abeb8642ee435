import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type ModelBehaviour,
  type ModelServer,
  says,
  startModelServer,
  status,
  writes,
} from '../../fakes/model-server.js';
import { cli } from '../../lib/cli-io.js';

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
});
afterEach(() => server.close());

it.each<[string, string, ModelBehaviour]>([
  [
    'fine',
    'answers, and its summary is accepted',
    writes('Copies pinned pages at fork, so that a device keeps its page.', [1, 2]),
  ],
  ['note', 'does not answer with the JSON', says('Hello!')],
  ['note', 'rejected (unknown-name)', writes('Copies 77 pinned pages at fork instead of sharing.', [2])],
  ['wrong', 'it rejects the key', status(401)],
  ['wrong', 'no such address or model', status(404)],
  ['wrong', 'HTTP 502', status(502)],
])('doctor asks the model once: %s, %s', async (verdict, found, behaviour) => {
  server.behave(behaviour);
  const env = { SUMMARY_LLM_URL: server.url, SUMMARY_LLM_MODEL: 'small', SUMMARY_LLM_KEY: 'sk-very-secret' };
  const { stdout, stderr } = await cli(['doctor', '--json'], { env });
  const checks = JSON.parse(stdout) as { name: string; verdict: string; found: string }[];
  const [check, ...others] = checks.filter(({ name }) => name === 'Summary model');
  expect(others).toEqual([]);
  expect(check).toMatchObject({ verdict, found: expect.stringContaining(found) });
  expect(stdout + stderr).not.toContain('sk-very-secret');
});

it('doctor does not speak of a model where none is configured', async () => {
  const { stdout } = await cli(['doctor', '--json'], { env: {} });
  expect(stdout).not.toContain('Summary model');
});
