'use strict';
// Mocha's dots, closed by one plain line: "N passed, N failed". Where CHECK_SUMMARY names a file, the line goes there, so that whoever
// started the tests can print it last.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

class PlainEnd extends Mocha.reporters.Dot {
  epilogue() {
    super.epilogue();
    const { passes = 0, failures = 0, pending = 0 } = this.stats;
    const line = `${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}\n`;
    const file = process.env.CHECK_SUMMARY;
    if (file === undefined) process.on('exit', () => process.stdout.write(line));
    else writeFileSync(file, line);
  }
}

module.exports = PlainEnd;
