import assert from 'node:assert/strict';
import type { EventQueue, WebhookEvent } from '../../../lib/ports/event-queue';

const EVENT: WebhookEvent = { endpoint: 'sleep', kind: 'create', id: 'a', at: 1000, receivedAt: 2000 };

/** What every queue of waiting events must do. */
export function eventQueueContract(open: () => EventQueue): void {
  let queue: EventQueue;
  beforeEach(() => {
    queue = open();
  });
  const seqs = (): readonly number[] => queue.list().map(({ seq }) => seq);
  const ids = (): readonly string[] => queue.list().map(({ id }) => id);

  it('is empty at first', () => {
    assert.deepEqual([queue.list(), queue.count()], [[], 0]);
  });

  it('gives events back as they came, in the order they came', () => {
    const events: readonly WebhookEvent[] = [
      EVENT,
      { endpoint: 'vo2_max', kind: 'update', id: 'ä "quoted"', at: 0, receivedAt: 2001 },
      { endpoint: 'sleep', kind: 'delete', id: '', at: 500, receivedAt: 2002 },
    ];
    for (const event of events) assert.equal(queue.add(event), true);
    assert.deepEqual(
      queue.list().map(({ seq: _seq, ...event }) => event),
      events.map((event) => ({ ...event, tries: 0, notBefore: 0 })),
    );
    assert.deepEqual(
      seqs(),
      seqs().toSorted((a, b) => a - b),
    );
    assert.equal(new Set(seqs()).size, events.length);
  });

  it('takes an event that is waiting already only once, however late it comes again', () => {
    assert.equal(queue.add(EVENT), true);
    assert.equal(queue.add({ ...EVENT, receivedAt: 9000 }), false);
    assert.deepEqual(
      queue.list().map(({ receivedAt }) => receivedAt),
      [2000],
    );
    const others = [{ at: 1001 }, { id: 'b' }, { kind: 'update' }, { endpoint: 'workout' }] as const;
    for (const other of others) assert.equal(queue.add({ ...EVENT, ...other }), true);
    assert.equal(queue.list().length, 5);
  });

  it('takes it again when it waits no longer', () => {
    queue.add(EVENT);
    queue.remove(seqs());
    assert.deepEqual(queue.list(), []);
    assert.equal(queue.add(EVENT), true);
    assert.deepEqual(ids(), ['a']);
  });

  it('counts tries that found nothing, and keeps the place in the order', () => {
    queue.add(EVENT);
    queue.add({ ...EVENT, id: 'b' });
    const [first] = queue.list();
    assert.ok(first !== undefined);
    queue.postpone(first.seq, 60_000);
    queue.postpone(first.seq, 90_000);
    assert.deepEqual(queue.list()[0], { ...first, tries: 2, notBefore: 90_000 });
    assert.deepEqual(ids(), ['a', 'b']);
  });

  it('removes what it is told, and minds no event that is gone already', () => {
    for (const id of ['a', 'b', 'c']) queue.add({ ...EVENT, id });
    const [a = 0, , c = 0] = seqs();
    queue.remove([a, c]);
    queue.remove([a]);
    queue.remove([]);
    queue.postpone(a, 60_000);
    assert.deepEqual([ids(), queue.count()], [['b'], 1]);
  });

  it('never gives a seq twice', () => {
    queue.add(EVENT);
    const [first = 0] = seqs();
    queue.remove([first]);
    queue.add({ ...EVENT, id: 'b' });
    const [second = 0] = seqs();
    assert.ok(second > first);
  });

  it('shows what waits at the moment of asking', () => {
    queue.add(EVENT);
    const before = queue.list();
    queue.add({ ...EVENT, id: 'b' });
    queue.remove(seqs());
    assert.deepEqual(
      before.map(({ id }) => id),
      ['a'],
    );
  });
}
