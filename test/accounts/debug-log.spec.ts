import assert from 'node:assert/strict';
import { DebugLog } from '../../lib/accounts/debug-log';
import { FakeClock } from '../support/fake-clock';
import { MemoryLogger } from '../store/support/memory-logger';

const HOUR = 3_600_000;

describe('the debug log of one account', () => {
  let clock: FakeClock;
  let logger: MemoryLogger;
  let log: DebugLog;
  beforeEach(() => {
    clock = new FakeClock();
    logger = new MemoryLogger();
    log = new DebugLog(logger, clock);
  });

  it('is off until it is wanted: every line keeps its level', () => {
    for (const level of ['error', 'warn', 'info', 'debug'] as const) log[level](level);
    assert.deepEqual(logger.lines, ['error: error', 'warn: warn', 'info: info', 'debug: debug']);
    assert.equal(log.until, null);
  });

  it('shows debug lines as info for an hour, then ends by itself', async () => {
    log.turn(true);
    assert.equal(log.until, clock.now() + HOUR);
    log.debug('one');
    await clock.advance(HOUR - 1);
    log.debug('two');
    await clock.advance(1);
    assert.equal(log.until, null);
    log.debug('three');
    assert.deepEqual(logger.lines, ['info: one', 'info: two', 'debug: three']);
  });

  it('ends when it is switched off, and begins anew when it is switched on again', async () => {
    log.turn(true);
    await clock.advance(HOUR / 2);
    log.turn(true);
    assert.equal(log.until, clock.now() + HOUR);
    log.turn(false);
    log.debug('one');
    assert.deepEqual([log.until, logger.lines], [null, ['debug: one']]);
  });

  it('does not run on when the clock of the machine is set back', () => {
    log.turn(true);
    clock.setNow(clock.now() - 10 * HOUR);
    assert.equal(log.until, null);
  });
});
