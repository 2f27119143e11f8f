'use strict';
// Settings of the demo project: local only, no login, quiet.
module.exports = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  credentialSecret: false,
  telemetry: { enabled: false },
  diagnostics: { enabled: false, ui: false },
  editorTheme: { tours: false, header: { title: 'Oura demo' } },
  logging: { console: { level: 'info', metrics: false, audit: false } },
};
