'use strict';
// Mocha's spec report, closed by one plain line: "N passed, N failed".
const Mocha = require('mocha');

class PlainEnd extends Mocha.reporters.Dot {
  epilogue() {
    super.epilogue();
    const { passes = 0, failures = 0, pending = 0 } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    process.on('exit', () => process.stdout.write(`${passes} passed, ${failures} failed${skipped}\n`));
  }
}

module.exports = PlainEnd;
