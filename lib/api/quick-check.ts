import * as z from 'zod';

/** Says of a value whether it is certainly accepted. */
export type Check = (value: unknown) => boolean;

/**
 * A quick way to the usual verdict: true = the schema accepts the value, false = ask the schema. Most of a first load is a million
 * rows that all are as they should be, and a schema makes a result and a copy of each.
 * @param schema made of objects that let unknown fields pass, lists, plain types and refinements; other parts are asked as they are
 */
export function quickCheck(schema: z.core.$ZodType): Check {
  if (schema instanceof z.ZodOptional) return orElse(undefined, schema.unwrap());
  if (schema instanceof z.ZodNullable) return orElse(null, schema.unwrap());
  const refinements = refinementsOf(schema);
  const isOfType = refinements === null ? null : typeCheck(schema);
  if (refinements === null || isOfType === null) return (value) => z.safeParse(schema, value).success;
  return refinements.reduce<Check>((isFine, isTrue) => (value) => isFine(value) && isTrue(value), isOfType);
}

function typeCheck(schema: z.core.$ZodType): Check | null {
  if (schema instanceof z.ZodString) return (value) => typeof value === 'string';
  if (schema instanceof z.ZodNumber) return Number.isFinite;
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === 'boolean';
  if (schema instanceof z.ZodArray) {
    const isElement = quickCheck(schema.element);
    return (value) => Array.isArray(value) && value.every(isElement);
  }
  return schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodUnknown ? objectCheck(schema.shape) : null;
}

function objectCheck(shape: Readonly<Record<string, z.core.$ZodType>>): Check {
  const fields = Object.entries(shape).map(([name, field]) => [name, quickCheck(field)] as const);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const body = value as Readonly<Record<string, unknown>>; // any object can be asked for any name
    for (const [name, isFine] of fields) if (!isFine(body[name])) return false;
    return true;
  };
}

/** @returns null when there are checks of another kind */
function refinementsOf(schema: z.core.$ZodType): readonly Check[] | null {
  const { checks = [] } = schema._zod.def;
  const refinements = checks.map((check) => (check instanceof z.ZodCustom ? (check.def.fn as Check | undefined) : undefined)); // any
  return refinements.every((check) => check !== undefined) ? refinements : null;
}

function orElse(nothing: null | undefined, schema: z.core.$ZodType): Check {
  if (nothing === undefined && schema instanceof z.ZodNullable) {
    const isFine = quickCheck(schema.unwrap());
    return (value) => value === null || value === undefined || isFine(value); // the common `nullish`, in one step
  }
  const isFine = quickCheck(schema);
  return (value) => value === nothing || isFine(value);
}
