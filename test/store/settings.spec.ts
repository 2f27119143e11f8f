import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createMemorySettings } from '../../lib/store/memory-settings';
import { openSettingsFile } from '../../lib/store/settings-file';
import { valuesContract } from './contract/values';
import { MemoryLogger } from './support/memory-logger';
import { temporaryFolder } from './support/temporary-folder';

describe('settings in memory', () => {
  valuesContract(createMemorySettings);
});

describe('settings in a file', () => {
  const path = temporaryFolder();
  let logger: MemoryLogger;
  beforeEach(() => {
    logger = new MemoryLogger();
  });

  valuesContract(() => openSettingsFile(path('person.json'), logger));

  it('are there again after a restart, whatever the keys', () => {
    const settings = openSettingsFile(path('person.json'), logger);
    const keys = ['slug', '__proto__', 'ä "quoted"\n', 'null'];
    keys.forEach((key) => {
      settings.save(key, { of: key });
    });
    settings.save('null', null);
    settings.save('gone', 1);
    settings.save('gone', undefined);
    const again = openSettingsFile(path('person.json'), logger);
    assert.deepEqual(
      keys.map((key) => again.load(key)),
      [...keys.slice(0, 3).map((key) => ({ of: key })), null],
    );
    assert.equal(again.load('gone'), undefined);
    assert.deepEqual(logger.lines, []);
  });

  it('are JSON that a person can read, for the owner only, with no temporary file left', () => {
    const settings = openSettingsFile(path('oura/person.json'), logger);
    settings.save('slug', 'anna');
    settings.save('budget', { day: '2026-02-01', spent: 3 });
    assert.equal(readFileSync(path('oura/person.json'), 'utf8'), '{\n  "slug": "anna",\n  "budget": {"day":"2026-02-01","spent":3}\n}\n');
    assert.deepEqual(readdirSync(path('oura')), ['person.json']);
    if (process.platform === 'win32') return; // has no such modes
    assert.deepEqual([statSync(path('oura')).mode & 0o777, statSync(path('oura/person.json')).mode & 0o777], [0o700, 0o600]);
  });

  it('are replaced as a whole: a crash in the middle of a save leaves the old ones', () => {
    openSettingsFile(path('person.json'), logger).save('slug', 'anna');
    writeFileSync(path('person.json.tmp'), '{ "slug": "be'); // what a crash leaves behind
    const settings = openSettingsFile(path('person.json'), logger);
    assert.equal(settings.load('slug'), 'anna');
    const { ino } = statSync(path('person.json'));
    settings.save('slug', 'berta');
    assert.notEqual(statSync(path('person.json')).ino, ino); // a new file took the name
    assert.deepEqual(readdirSync(path('.')), ['person.json']);
  });

  it('are not written when nothing changed', () => {
    const settings = openSettingsFile(path('person.json'), logger);
    settings.save('slug', 'anna');
    const { ino } = statSync(path('person.json'));
    settings.save('slug', 'anna');
    assert.equal(statSync(path('person.json')).ino, ino);
  });

  ['{ "slug": "an', '', '[1, 2]', 'null', '"text"'].forEach((content) => {
    it(`start empty and set the file aside when it holds ${JSON.stringify(content)}`, () => {
      writeFileSync(path('person.json'), content);
      const settings = openSettingsFile(path('person.json'), logger);
      assert.equal(settings.load('slug'), undefined);
      settings.save('slug', 'anna');
      const [aside = '', ...others] = readdirSync(path('.')).filter((name) => name !== 'person.json');
      assert.match(aside, /^person\.json\.corrupt-\d{13}$/);
      assert.deepEqual(others, []);
      assert.equal(readFileSync(path(aside), 'utf8'), content);
      assert.deepEqual(logger.lines, [
        `warn: The settings cannot be read (no JSON object): person.json was set aside as ${aside}; the settings start empty.`,
      ]);
      assert.equal(openSettingsFile(path('person.json'), logger).load('slug'), 'anna');
    });
  });

  it('live on in memory while the disk refuses, and are all there when it does no more', () => {
    writeFileSync(path('oura'), 'a file where the folder should be');
    const settings = openSettingsFile(path('oura/person.json'), logger);
    logger.lines.length = 0;
    settings.save('slug', 'anna');
    settings.save('budget', 1);
    assert.deepEqual([settings.load('slug'), settings.load('budget')], ['anna', 1]);
    assert.equal(logger.lines.length, 1);
    assert.match(
      logger.lines[0] ?? '',
      /^warn: The settings cannot be saved \((EEXIST|ENOTDIR)\): person\.json\. They are kept in memory\.$/,
    );
    rmSync(path('oura'));
    settings.save('slug', 'anna'); // not new, but not on disk yet
    assert.deepEqual(logger.lines.slice(1), ['info: The settings can be saved again: person.json.']);
    const again = openSettingsFile(path('oura/person.json'), logger);
    assert.deepEqual([again.load('slug'), again.load('budget')], ['anna', 1]);
  });

  it('do not replace something at their place that is no file', () => {
    mkdirSync(path('person.json/inside'), { recursive: true });
    const settings = openSettingsFile(path('person.json'), logger);
    settings.save('slug', 'anna');
    const aside = readdirSync(path('.')).find((name) => name.includes('corrupt')) ?? '';
    assert.deepEqual(readdirSync(path(aside)), ['inside']);
    assert.match(logger.lines[0] ?? '', /^warn: The settings cannot be read \(EISDIR\)/);
  });
});
