import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { ENDPOINT_KEYS, endpointOf } from '../../../lib/catalogue/endpoints';
import { LIMITS } from '../../../lib/catalogue/limits';
import { personIdOf } from '../../../lib/sync/person-id';
import { WebhookGate, type Judgement } from '../../../lib/sync/webhooks/webhook-gate';

const NOW = Date.parse('2026-03-15T09:00:00Z');
const SECRET = 'legacy-secret';
const BODY = {
  event_type: 'update',
  data_type: 'sleep',
  object_id: 'd-1',
  event_time: '2026-03-15T10:00:00+02:00',
  user_id: 'person-1',
};

describe('the gate for posts of webhooks', () => {
  let gate: WebhookGate;
  beforeEach(() => {
    gate = new WebhookGate();
  });

  const sign = (timestamp: string, body: string, secret = SECRET): string =>
    createHmac('sha256', secret).update(timestamp).update(body).digest('hex').toUpperCase();
  const seconds = (ms: number): string => String(Math.floor(ms / 1000));
  const judge = (body: string | Buffer, headers: Readonly<Record<string, string>>, now = NOW): Judgement => {
    const judged = gate.judge(headers, Buffer.from(body), [SECRET], now);
    if (judged.refused === null) judged.accept();
    return judged;
  };
  const sent = (body: string, timestamp = seconds(NOW), now = NOW): Judgement =>
    judge(body, { 'x-oura-timestamp': timestamp, 'x-oura-signature': sign(timestamp, body) }, now);
  const refusal = (body: object | string, timestamp?: string, now?: number): string | null =>
    sent(typeof body === 'string' ? body : JSON.stringify(body), timestamp, now).refused;

  it('reads what a post tells', () => {
    const judged = sent(JSON.stringify({ ...BODY, more: 1 }));
    assert.ok(judged.refused === null);
    assert.deepEqual(judged.event, {
      personId: personIdOf('person-1'),
      endpoint: 'sleep',
      kind: 'update',
      id: 'd-1',
      at: Date.parse('2026-03-15T08:00:00Z'),
    });
  });

  for (const key of ENDPOINT_KEYS) {
    const { webhook } = endpointOf(key);
    if (webhook === null) continue;
    it(`knows ${webhook}`, () => {
      const judged = sent(JSON.stringify({ ...BODY, data_type: webhook }));
      assert.ok(judged.refused === null);
      assert.equal(judged.event.endpoint, key);
    });
  }

  it('lets kinds of data pass that have no documents', () => {
    for (const data_type of ['meal', 'heartrate', 'constructor', 'something_new']) {
      const judged = sent(JSON.stringify({ ...BODY, data_type }));
      assert.ok(judged.refused === null);
      assert.equal(judged.event.endpoint, null);
    }
  });

  it('takes a signature in capitals or not, over the body as it came', () => {
    const spaced = JSON.stringify(BODY, null, 2);
    assert.equal(refusal(spaced), null);
    const timestamp = seconds(NOW);
    const small = sign(timestamp, JSON.stringify(BODY)).toLowerCase();
    assert.equal(judge(JSON.stringify(BODY), { 'x-oura-timestamp': timestamp, 'x-oura-signature': small }).refused, null);
  });

  it('takes a signature over the body as JSON.stringify writes it, but of no other content', () => {
    const headers = { 'x-oura-timestamp': seconds(NOW), 'x-oura-signature': sign(seconds(NOW), JSON.stringify(BODY)) };
    assert.equal(judge(JSON.stringify({ ...BODY, object_id: 'other' }, null, 2), headers).refused, 'signature');
    assert.equal(judge(JSON.stringify(BODY, null, 2), headers).refused, null);
  });

  it('takes the signature of any of the secrets', () => {
    const body = JSON.stringify(BODY);
    const headers = { 'x-oura-timestamp': seconds(NOW), 'x-oura-signature': sign(seconds(NOW), body, 'old') };
    assert.equal(gate.judge(headers, Buffer.from(body), [SECRET, 'old'], NOW).refused, null);
    assert.equal(gate.judge(headers, Buffer.from(body), [], NOW).refused, 'signature');
  });

  it('refuses what is not signed, wrongly signed, or signed for another time', () => {
    const body = JSON.stringify(BODY);
    const [timestamp, signature] = [seconds(NOW), sign(seconds(NOW), body)];
    for (const headers of [
      {},
      { 'x-oura-timestamp': timestamp },
      { 'x-oura-signature': signature },
      { 'x-oura-timestamp': timestamp, 'x-oura-signature': '' },
      { 'x-oura-timestamp': timestamp, 'x-oura-signature': signature.slice(1) },
      { 'x-oura-timestamp': timestamp, 'x-oura-signature': `${signature}0` },
      { 'x-oura-timestamp': timestamp, 'x-oura-signature': 'z'.repeat(64) },
      { 'x-oura-timestamp': timestamp, 'x-oura-signature': sign(timestamp, body, 'guess') },
      { 'x-oura-timestamp': seconds(NOW - 1000), 'x-oura-signature': signature },
      { 'x-oura-timestamp': 'soon', 'x-oura-signature': sign('soon', body) },
      { 'x-oura-timestamp': '', 'x-oura-signature': sign('', body) },
      { 'x-oura-timestamp': `-${timestamp}`, 'x-oura-signature': sign(`-${timestamp}`, body) },
    ] as Readonly<Record<string, string>>[])
      assert.equal(judge(body, headers).refused, 'signature', JSON.stringify(headers));
  });

  it('takes five minutes of difference either way, in seconds or milliseconds, and no more', () => {
    for (const write of [seconds, (ms: number) => String(ms), (ms: number) => (ms / 1000).toFixed(3)]) {
      gate = new WebhookGate();
      for (const off of [-300_000, 0, 300_000]) assert.equal(refusal(BODY, write(NOW + off)), null, write(NOW + off));
      for (const off of [-301_000, 301_000, -86_400_000]) assert.equal(refusal(BODY, write(NOW + off)), 'stale', write(NOW + off));
    }
  });

  it('takes a post once, however its signature is written, and another one of the same content', () => {
    const body = JSON.stringify(BODY);
    const headers = { 'x-oura-timestamp': seconds(NOW), 'x-oura-signature': sign(seconds(NOW), body) };
    assert.equal(judge(body, headers).refused, null);
    assert.equal(judge(body, headers, NOW + 300_000).refused, 'replayed');
    assert.equal(judge(body, { ...headers, 'x-oura-signature': headers['x-oura-signature'].toLowerCase() }).refused, 'replayed');
    assert.equal(refusal(BODY, seconds(NOW + 1000)), null);
  });

  it('knows a post that came as early as it may until it is too old', () => {
    const timestamp = seconds(NOW + 300_000);
    assert.equal(refusal(BODY, timestamp, NOW), null);
    assert.equal(refusal(BODY, timestamp, NOW + 600_000), 'replayed');
    assert.equal(refusal(BODY, timestamp, NOW + 601_000), 'stale');
  });

  it('forgets a post that nobody accepted', () => {
    const body = JSON.stringify(BODY);
    const headers = { 'x-oura-timestamp': seconds(NOW), 'x-oura-signature': sign(seconds(NOW), body) };
    assert.equal(gate.judge(headers, Buffer.from(body), [SECRET], NOW).refused, null);
    assert.equal(gate.judge(headers, Buffer.from(body), [SECRET], NOW).refused, null);
  });

  for (const [what, body] of [
    ['no JSON', '{"event_type":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['an event of no kind', JSON.stringify({ ...BODY, event_type: 'explode' })],
    ['an event without a person', JSON.stringify({ ...BODY, user_id: undefined })],
    ['an event of no document', JSON.stringify({ ...BODY, object_id: '' })],
    ['a document named by a number', JSON.stringify({ ...BODY, object_id: 7 })],
    ['a name without end', JSON.stringify({ ...BODY, object_id: 'x'.repeat(201) })],
    ['an event at no time', JSON.stringify({ ...BODY, event_time: 'yesterday' })],
  ] as const) {
    it(`refuses ${what}, though it is signed`, () => {
      assert.equal(refusal(body), 'malformed');
    });
  }

  it('takes the time of an event without a zone as UTC', () => {
    const judged = sent(JSON.stringify({ ...BODY, event_time: '2026-03-15T08:00:00' }));
    assert.ok(judged.refused === null);
    assert.equal(judged.event.at, Date.parse('2026-03-15T08:00:00Z'));
  });

  it('refuses what is larger than the limit, and takes what is as large', () => {
    const sized = (size: number): string =>
      JSON.stringify({ ...BODY, note: 'x'.repeat(size - JSON.stringify({ ...BODY, note: '' }).length) });
    assert.equal(refusal(sized(LIMITS.webhookMaxBytes)), null);
    assert.equal(refusal(sized(LIMITS.webhookMaxBytes + 1)), 'oversized');
  });

  it('judges whatever comes without failing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.uint8Array(), (timestamp, signature, bytes) => {
        const headers = { 'x-oura-timestamp': timestamp, 'x-oura-signature': signature };
        assert.equal(judge(Buffer.from(bytes), headers).refused, 'signature');
      }),
    );
    fc.assert(
      fc.property(fc.json(), (body) => {
        assert.ok(['malformed', 'replayed'].includes(refusal(body) ?? ''));
      }),
    );
  });
});
