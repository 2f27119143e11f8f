import type { NodeAPI } from 'node-red';
import type { AlertTexts } from '../../lib/entities/alerts/alert-notices';
import type { Names } from '../../lib/entities/names';
import type { Wording } from '../../lib/sources/status-report';
import { sharedText } from './texts';

/** What Home Assistant is told in words. */
interface HomeTexts {
  readonly names: Names;
  readonly texts: AlertTexts;
  readonly wording: Wording;
}

/**
 * Names and texts from the node's locale files, which the build completes with the names of the metrics.
 * @param language of Home Assistant; empty = Node-RED's
 */
export function homeTexts(RED: NodeAPI, language: string): HomeTexts {
  const inLanguage = language === '' ? {} : { lng: language };
  const known = new Map<string, string>(); // asked for with every change, and slow to look up
  return {
    names: (kind, key) => {
      const path = `oura-entities.${kind}.${key}.name`;
      const name = known.get(path) ?? RED._(path, inLanguage);
      known.set(path, name);
      return name;
    },
    texts: (key, params) => RED._(`oura-entities.${key}`, { ...params, ...inLanguage }),
    wording: {
      text: (error) => sharedText(RED, error.messageKey, { ...error.params, ...inLanguage }),
      remedy: (error) => sharedText(RED, `remedy.${error.code}`, { ...error.params, ...inLanguage }),
    },
  };
}
