import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { toOuraError } from '../../lib/errors/to-oura-error';
import type { Runtime } from '../../lib/runtime';
import { CALLBACK_PATH } from '../support/callback-path-of';
import { sharedText } from '../support/texts';
import { callbackPage, type CallbackTexts } from './callback-page';

/** Serves the way back from Oura on the public root. It needs no login: nothing happens without a state that we gave out. */
export function registerCallback(RED: NodeAPI, runtime: Runtime): void {
  const { lang = 'en-US' } = RED.settings as { readonly lang?: string }; // chosen for the runtime's texts
  RED.httpNode.get(CALLBACK_PATH, (request: Request, response: Response) => {
    if (request.method !== 'GET') {
      response.sendStatus(405); // a look ahead must not use up the state
      return;
    }
    void (async () => {
      const texts = await textsOf(RED, runtime, request.originalUrl.slice(request.originalUrl.indexOf('?') + 1));
      response
        .status(texts.good ? 200 : 400)
        .set({
          'Cache-Control': 'no-store',
          'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
          'Referrer-Policy': 'no-referrer',
          'X-Content-Type-Options': 'nosniff',
        })
        .type('html')
        .send(callbackPage({ ...texts, lang }));
    })();
  });
}

type Texts = Omit<CallbackTexts, 'lang'>;

async function textsOf(RED: NodeAPI, runtime: Runtime, query: string): Promise<Texts> {
  const words = (key: string): string => sharedText(RED, `callback.${key}`);
  try {
    const { phase, error } = await runtime.signIns.answer(query, null);
    if (phase === 'signed_in') return { title: words('done'), text: words('close'), remedy: '', good: true };
    if (phase === 'other_person') return { title: words('other'), text: words('back'), remedy: '', good: true };
    return failed(RED, error ?? { code: 'unexpected', params: { reason: phase } });
  } catch (cause) {
    return failed(RED, toOuraError(cause));
  }
}

function failed(
  RED: NodeAPI,
  { code, params }: { readonly code: string; readonly params: Readonly<Record<string, string | number>> },
): Texts {
  return {
    title: sharedText(RED, 'callback.failed'),
    text: sharedText(RED, `error.${code}`, params),
    remedy: sharedText(RED, `remedy.${code}`, params),
    good: false,
  };
}
