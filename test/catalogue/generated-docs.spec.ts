import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { METRIC_KEYS } from '../../lib/catalogue/metrics';
import { metricsDoc } from '../../scripts/docs/metrics-doc';
import { outdatedDocs } from '../../scripts/generate-docs';

describe('generated documentation', () => {
  it('says what the catalogue says', () => {
    assert.deepEqual(
      outdatedDocs(path.join(__dirname, '../..')).map(({ file }) => file),
      [],
    );
  });

  it('is reported as outdated where a file is missing', () => {
    const empty = mkdtempSync(path.join(os.tmpdir(), 'docs-'));
    try {
      assert.ok(outdatedDocs(empty).some(({ file }) => file === 'docs/metrics.md'));
    } finally {
      rmSync(empty, { recursive: true });
    }
  });

  it('has each metric in one row', () => {
    const rows = metricsDoc()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    for (const key of METRIC_KEYS) assert.equal(rows.filter((row) => row.startsWith(`| \`${key}\` `)).length, 1, key);
  });
});
