import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The licence texts of all packages that went into bundles, one after the other. */
export function licenceTexts(root, metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs)).filter((file) => file.startsWith('node_modules/'));
  const names = [...new Set(inputs.map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)[1]))].toSorted();
  return names.map((name) => licenceOf(path.join(root, 'node_modules', name), name)).join('\n\n');
}

function licenceOf(folder, name) {
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = existsSync(folder) ? readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry)) : undefined;
  if (file === undefined) throw new Error(`${name} has no licence file to include`);
  return `${name} ${version} (${license})\n${'='.repeat(60)}\n${readFileSync(path.join(folder, file), 'utf8').trim()}`;
}
