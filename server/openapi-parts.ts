/** The small change that the description of the HTTP interface is made of. */

export type Schema = Record<string, unknown>
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
export const json = (schema: Schema, description = 'OK') => ({ description, content: { 'application/json': { schema } } })
export const object = (properties: Record<string, Schema>, optional: string[] = []): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter(name => !optional.includes(name)),
})
export const text: Schema = { type: 'string' }
export const maybe = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
export const whole: Schema = { type: 'integer' }
export const flag: Schema = { type: 'boolean' }
export const time: Schema = { type: 'string', format: 'date-time' }
export const list = (items: Schema): Schema => ({ type: 'array', items })
export const choice = (values: readonly string[]): Schema => ({ type: 'string', enum: [...values] })

export const query = (name: string, schema: Schema, description?: string) => ({
  name,
  in: 'query',
  schema,
  ...(description ? { description } : {}),
})
export const failed = { default: json(ref('Error'), 'An error of the closed list.') }
export const read = (summary: string, schema: Schema, parameters: object[] = []) => ({
  summary,
  parameters,
  responses: { 200: json(schema), 304: { description: 'Not modified' }, ...failed },
})
export const write = (summary: string, body: Schema | null, created: Schema, parameters: object[] = [], status = 201) => ({
  summary,
  parameters,
  security: [{ token: [] }, { session: [] }],
  ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
  responses: { [status]: json(created), ...(status === 201 ? { 200: json(created, 'Known already.') } : {}), ...failed },
})

/** A placeholder of a path. */
export const placeholder = (name: string) => ({ name, in: 'path', required: true, schema: text })
