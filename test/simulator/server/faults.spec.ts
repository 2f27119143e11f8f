import assert from 'node:assert/strict';
import { HandPerson } from './support/hand-person';
import { TestCloud } from './support/test-cloud';

const SLEEP = '/v2/usercollection/sleep';

describe('fault rules of the stand-in', () => {
  let cloud: TestCloud;
  beforeEach(async () => {
    cloud = await TestCloud.start([new HandPerson([])], '2026-11-24T08:00:00Z');
  });
  afterEach(() => cloud.close());

  it('answers a status with a body and headers, for the path, the method and the times given', async () => {
    cloud.control.fail({
      match: { path: SLEEP, method: 'get' },
      times: 2,
      status: 429,
      body: { detail: 'slow down' },
      headers: { 'retry-after': '7' },
    });
    const first = await cloud.get('sleep');
    assert.equal(first.status, 429);
    assert.deepEqual(first.body, { detail: 'slow down' });
    assert.equal(first.headers.get('retry-after'), '7');
    assert.equal((await cloud.get('workout')).status, 200);
    assert.equal((await cloud.get('sleep')).status, 429);
    assert.equal((await cloud.get('sleep')).status, 200);
  });

  it('matches the beginning of a path, lets some requests through first, and ends when cleared', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/*' }, after: 1, status: 500 });
    assert.equal((await cloud.get('sleep')).status, 200);
    assert.equal((await cloud.get('workout')).status, 500);
    assert.equal((await cloud.get('/v2/sandbox/usercollection/sleep')).status, 200);
    cloud.control.clearFaults();
    assert.equal((await cloud.get('sleep')).status, 200);
  });

  it('LESSON: "a proxy or firewall page answers": HTML with status 200', async () => {
    cloud.control.fail({ html: true, times: 1 });
    const got = await cloud.get('sleep');
    assert.equal(got.status, 200);
    assert.match(got.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(got.text, /^<!DOCTYPE html>/);
  });

  it('sends text that is no JSON as JSON', async () => {
    cloud.control.fail({ body: '{"data":[', times: 1 });
    await assert.rejects(cloud.get('sleep'), SyntaxError);
  });

  it('ends the connection in the middle of the body', async () => {
    cloud.control.fail({ truncate: true, times: 1 });
    await assert.rejects(cloud.get('sleep'), TypeError);
    assert.equal((await cloud.get('sleep')).status, 200);
  });

  it('drops the connection before or after the work', async () => {
    cloud.control.fail({ dropConnection: true, times: 1 });
    cloud.control.fail({ dropConnection: 'after', times: 1 });
    await assert.rejects(cloud.get('sleep'), TypeError);
    await assert.rejects(cloud.get('sleep'), TypeError);
    assert.equal((await cloud.get('sleep')).status, 200);
  });

  it('LESSON: "one endpoint hangs": answers late by the clock of the server, the others at once', async () => {
    cloud.control.fail({ match: { path: SLEEP }, hangMs: 300_000, times: 1 });
    const late = cloud.get('sleep');
    assert.equal((await cloud.get('workout')).status, 200);
    await cloud.base.untilWaiting();
    cloud.control.advance(300_000);
    assert.equal((await late).status, 200);
  });

  it('never answers, and closes all the same', async () => {
    cloud.control.fail({ match: { path: SLEEP }, hang: true });
    cloud.control.fail({ match: { path: '/v2/usercollection/workout' }, hangMs: 300_000 });
    const silent = [assert.rejects(cloud.get('sleep'), TypeError), assert.rejects(cloud.get('workout'), TypeError)];
    await cloud.base.untilWaiting();
    await cloud.close();
    await Promise.all(silent);
    assert.equal(cloud.base.waiting, 0);
  });

  it('adds headers to the real answer', async () => {
    cloud.control.fail({ headers: { 'x-extra': 'yes' } });
    const got = await cloud.get('sleep');
    assert.equal(got.status, 200);
    assert.equal(got.headers.get('x-extra'), 'yes');
  });
});
