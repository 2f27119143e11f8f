import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { webhookRefusal } from '../../lib/accounts/webhook-refusal';
import type { Runtime } from '../../lib/runtime';
import { WEBHOOK_PATH } from '../../lib/sync/webhooks/callback-address';
import { captureBody } from '../support/capture-body';
import { readBody } from '../support/read-body';

const OK = 200;

/** Serves Oura's events and challenges on the public root. It needs no login: every post is signed, every challenge carries our word. */
export function registerWebhook({ httpNode }: Pick<NodeAPI, 'httpNode'>, { webhooks }: Pick<Runtime, 'webhooks'>): void {
  captureBody({ httpNode }, new RegExp(`${WEBHOOK_PATH}/[^/]+/?$`));
  const path = `${WEBHOOK_PATH}/:application`;
  httpNode.get(path, (request: Request<{ application: string }>, response: Response) => {
    const query = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
    const { status, body } = webhooks.challenge(request.params.application, query);
    answer(response, status, body);
  });
  httpNode.post(path, (request: Request<{ application: string }>, response: Response) => {
    void readBody(request).then((body) => {
      if (body === null) return; // the caller has gone
      const headers = { 'x-oura-timestamp': request.get('x-oura-timestamp'), 'x-oura-signature': request.get('x-oura-signature') };
      const { status } = webhooks.receive(request.params.application, headers, body);
      answer(response, status, status === OK ? {} : webhookRefusal('refused'));
    });
  });
}

function answer(response: Response, status: number, body: unknown): void {
  response.status(status).set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }).json(body);
}
