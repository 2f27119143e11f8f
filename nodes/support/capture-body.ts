import type { Application, NextFunction, Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { readBody } from './read-body';

/** What Express keeps to itself: the applications it is mounted in, and its middleware in order. Node-RED's `http in` relies on both. */
interface Inside {
  readonly parent?: Inside;
  readonly _router?: { readonly stack: { readonly handle: unknown }[] };
}

/**
 * Keeps the bodies of posts to some paths as they came, before any other middleware reads them: the admin API of Node-RED parses all JSON
 * when it is served at the same root, and a signature is about bytes. What is kept waits in `request.body`.
 */
export function captureBody({ httpNode }: Pick<NodeAPI, 'httpNode'>, paths: RegExp): void {
  const root = rootOf(httpNode) as unknown as Inside & Pick<Application, 'use'>; // the same object
  // Express has not prepared the request yet: there is no `path`.
  const capture = (request: Request, _response: Response, next: NextFunction): void => {
    if (request.method !== 'POST' || !paths.test(request.url.split('?')[0] ?? '')) {
      next();
      return;
    }
    void readBody(request).then((body) => {
      if (body === null) return; // the caller has gone
      Object.assign(request, { body, _body: true, skipRawBodyParser: true }); // the marks of body-parser and of Node-RED
      next();
    });
  };
  root.use(capture);
  const stack = root._router?.stack ?? [];
  const at = stack.findIndex(({ handle }) => handle === capture);
  stack.unshift(...stack.splice(Math.max(at, 0), at < 0 ? 0 : 1)); // before all that was there
}

function rootOf(app: Inside): Inside {
  return app.parent === undefined ? app : rootOf(app.parent);
}
