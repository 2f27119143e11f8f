import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, ResponseSchema>> }>>>>;
}
interface ResponseSchema {
  readonly content?: Readonly<
    Record<string, { readonly schema: { readonly anyOf?: readonly { readonly $ref: string }[]; readonly $ref?: string } }>
  >;
}

/** Oura's own description of its API, specification 1.39. */
const SPECIFICATION = JSON.parse(readFileSync(join(__dirname, '../../../fixtures/openapi-1.39.json'), 'utf8')) as OpenApi; // the published document

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat('uuid4', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
ajv.addSchema(SPECIFICATION, 'openapi');

/**
 * Compares an answer with the specification.
 * @param path as in the specification, `{document_id}` included
 * @param alternative which of the two shapes of a collection: whole documents or those of `fields`
 * @returns what is wrong; empty when it conforms
 */
export function specificationErrors(
  path: string,
  body: unknown,
  { alternative = 'whole', method = 'get', status = '200' }: { alternative?: 'whole' | 'fields'; method?: string; status?: string } = {},
): readonly string[] {
  const schema = SPECIFICATION.paths[path]?.[method]?.responses[status]?.content?.['application/json']?.schema;
  if (schema === undefined) return [`the specification has no ${method} ${path} ${status}`];
  const local = schema.anyOf?.[alternative === 'whole' ? 0 : 1] ?? schema;
  const validate = ajv.compile(JSON.parse(JSON.stringify(local).replaceAll('"#/', '"openapi#/')) as object); // a schema is an object
  return validate(body) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
