import { z } from 'zod';

export type JsonSchema = z.core.JSONSchema.BaseSchema;
type Direction = {
  /** `input`: what a caller may send; `output`: what is answered. */
  readonly io: 'input' | 'output';
  /** Whether answers may have no other fields than these. */
  readonly closed: boolean;
};

/** Where OpenAPI keeps schemas with a name. */
export const COMPONENTS = '#/components/schemas/';

/**
 * zod looks descriptions up in the registry it was handed, and ours has names only. Answers may gain fields without
 * notice, so the specification leaves them open; tests hold them closed.
 */
function adjust({ io, closed }: Direction) {
  return ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: JsonSchema }): void => {
    if (jsonSchema.$ref !== undefined) return;
    const { id, ...meta } = z.globalRegistry.get(zodSchema) ?? {};
    Object.assign(jsonSchema, meta);
    if (io === 'output' && !closed && jsonSchema.additionalProperties === false)
      delete jsonSchema.additionalProperties;
  };
}

/** zod schemas by name as JSON Schemas that refer to each other as OpenAPI's components do. */
export function jsonSchemasOf(
  schemas: ReadonlyMap<string, z.ZodType>,
  direction: Direction,
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of schemas) registry.add(schema, { id });
  const { schemas: converted } = z.toJSONSchema(registry, {
    io: direction.io,
    uri: (id) => COMPONENTS + id,
    unrepresentable: 'any',
    override: adjust(direction),
  });
  return Object.fromEntries(
    Object.entries(converted).map(([id, { $id, $schema, id: _, ...schema }]) => [id, schema]),
  );
}

/** One schema, written out where it stands. */
export function inlineJsonSchema(schema: z.ZodType, direction: Direction): JsonSchema {
  const { $schema, ...converted } = z.toJSONSchema(schema, {
    io: direction.io,
    unrepresentable: 'any',
    override: adjust(direction),
  });
  return converted;
}
