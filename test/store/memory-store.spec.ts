import assert from 'node:assert/strict';
import { createMemoryStore } from '../../lib/store/memory-store';
import { personStoreContract } from './contract/person-store';
import { context, daily } from './support/build';

describe('memory store', () => {
  personStoreContract(() => createMemoryStore());

  it('says that it is in memory and takes no space on disk', () => {
    const store = createMemoryStore();
    assert.deepEqual([store.kind, store.stats().sizeBytes], ['memory', 0]);
  });

  it('goes on counting where an older log ended', () => {
    const store = createMemoryStore({ firstSeq: 41 });
    assert.equal(store.changes.head(), 40);
    const changes = store.documents.upsert('sleep', 'start', [daily('a', '2026-02-01')], context());
    assert.deepEqual(
      changes.map(({ seq }) => seq),
      [41],
    );
  });
});
